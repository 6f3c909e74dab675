"""Embeddings of long lists of texts, kept in files so that the next run reads what this one encoded."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from domain.language import Language
from embeddings import Encoder, Progress, detect_language, embed_missing, english_id, silent, text_hash
from embeddings.arrays import load_array, save_array


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
        kept = load_array(path)
        if kept is not None and len(kept) == len(texts):
            return kept
        vectors = self._encode(texts, hashes)
        save_array(path, vectors)
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
