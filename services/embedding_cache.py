"""Embeddings of long lists of texts, kept in files so that the next run reads what this one encoded."""

import hashlib
import io
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from domain.language import Language
from embeddings import Encoder, Progress, detect_language, embed_missing, english_id, silent, text_hash
from embeddings.atomic import write_whole

_DIGEST_BYTES = 32


class CachedEncoder:
    """An encoder that keeps each list of texts as one file, by encoder and content; a damaged file is encoded again.

    Parameters
    ----------
    folder
        Grows with every new list; it may be deleted at any time.
    """

    def __init__(self, encoder: Encoder, folder: Path, progress: Progress = silent) -> None:
        self._encoder, self._progress = encoder, progress
        self._folder = folder

    def __call__(self, texts: Sequence[str]) -> np.ndarray:
        """Return one unit row per text, shape (n, dim), float32."""
        hashes = [text_hash(text) for text in texts]
        path = self._folder_of(texts) / f"{hashlib.sha256(' '.join(hashes).encode()).hexdigest()}.npy"
        kept = _read(path)
        if kept is not None and len(kept) == len(texts):
            return kept
        vectors = self._encode(texts, hashes)
        _write(path, vectors)
        return vectors

    def _folder_of(self, texts: Sequence[str]) -> Path:
        """Return a folder by encoder; with and without a glossary English texts share one."""
        is_russian = any(detect_language(text) is Language.RU for text in texts)
        name = self._encoder.id if is_russian else english_id(self._encoder.id)
        return self._folder / hashlib.sha256(name.encode()).hexdigest()[:16]

    def _encode(self, texts: Sequence[str], hashes: Sequence[str]) -> np.ndarray:
        if not texts:
            return np.empty((0, self._encoder.dim), dtype=np.float32)
        vectors = embed_missing(self._encoder, texts, (), self._progress)
        return np.stack([vectors[digest] for digest in hashes])


def _write(path: Path, vectors: np.ndarray) -> None:
    buffer = io.BytesIO()
    np.save(buffer, vectors, allow_pickle=False)
    content = buffer.getvalue()
    write_whole(path, hashlib.sha256(content).digest() + content)


def _read(path: Path) -> np.ndarray | None:
    """Return the kept rows; None where there is no file or its checksum does not hold."""
    if not path.exists():
        return None
    content = path.read_bytes()
    if hashlib.sha256(content[_DIGEST_BYTES:]).digest() != content[:_DIGEST_BYTES]:
        return None
    return np.asarray(np.load(io.BytesIO(content[_DIGEST_BYTES:]), allow_pickle=False))
