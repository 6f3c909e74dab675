"""Any sentence-transformers model, by name or by folder, run by torch."""

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from domain.errors import EncoderUnavailable
from domain.language import Language
from embeddings.text_hash import folded

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_DEFAULT_OWNER = "sentence-transformers"
_OTHER_RUNTIMES = {"onnx", "openvino"}
_READING = {".md", ".gitattributes"}

Signature = tuple[tuple[str, int, int], ...]


class SentenceTransformersEncoder:
    """An encoder over a loaded sentence-transformers model."""

    def __init__(self, encoder_id: str, model: "SentenceTransformer", languages: frozenset[Language]) -> None:
        self._model = model
        self.id = encoder_id
        self.languages = languages
        self.dim = len(model.encode("dim", show_progress_bar=False))

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Return one unit row per text in the order given, shape (n, dim), float32."""
        if not texts:
            return np.empty((0, self.dim), dtype=np.float32)
        rows = self._model.encode([folded(text) for text in texts], normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(rows, dtype=np.float32)


def load(model: str, languages: frozenset[Language]) -> SentenceTransformersEncoder:
    """Return the model as an encoder; fetches it where it is not on this machine, unless HF_HUB_OFFLINE forbids.

    Raises
    ------
    EncoderUnavailable
        If there is no such model, or it cannot be read.
    """
    if not model:  # sentence-transformers would make a model without layers
        raise _unavailable("without a name")
    # torch takes seconds to import; nobody who stays with MiniLM needs it.
    from safetensors import SafetensorError
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging  # comes with torch; its bar would draw into a stderr that is no terminal

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        loaded = SentenceTransformer(model, device="cpu")
    except (OSError, ValueError, LookupError, TypeError, RuntimeError, SafetensorError) as error:
        raise _unavailable(model) from error
    return SentenceTransformersEncoder(id_of(model), loaded, languages)


def id_of(model: str) -> str:
    """Return name, checksum over all files that shape the vectors, runtime and precision; loads nothing heavy.

    Raises
    ------
    EncoderUnavailable
        If the files are not on this machine.
    """
    folder = _folder(model)
    shaping = sorted(path for path in folder.rglob("*") if path.is_file() and _shapes_vectors(path.relative_to(folder)))
    signature = tuple((str(path), path.stat().st_size, path.stat().st_mtime_ns) for path in shaping)
    return f"{Path(model).name}-{_digest(folder, signature)[:12]}-torch-fp32"


def _shapes_vectors(path: Path) -> bool:
    return not (set(path.parts) & _OTHER_RUNTIMES or path.suffix in _READING or path.name.startswith("."))


@lru_cache(maxsize=8)
def _digest(folder: Path, signature: Signature) -> str:
    """Return a SHA-256 over the files' names and content; sizes and times only tell whether to read them again."""
    whole = hashlib.sha256()
    for name, _, _ in signature:
        with Path(name).open("rb") as file:
            content = hashlib.file_digest(file, "sha256").hexdigest()
        whole.update(f"{Path(name).relative_to(folder)}\0{content}\n".encode())
    return whole.hexdigest()


def _folder(model: str) -> Path:
    """Return the model's folder: the path itself, or where the model of this name was fetched to."""
    if model and Path(model).is_dir():
        if not any((Path(model) / name).is_file() for name in ("modules.json", "config.json")):
            raise _unavailable(model)
        return Path(model).resolve()
    # Importing this takes half a second, for nothing where the model is a folder.
    from huggingface_hub import snapshot_download

    names = [model] if "/" in model else [f"{_DEFAULT_OWNER}/{model}", model]
    for name in names:
        try:
            return Path(snapshot_download(name, local_files_only=True))
        except (OSError, ValueError):  # not fetched, or not a name that a model can have
            continue
    raise _unavailable(model)


def _unavailable(model: str) -> EncoderUnavailable:
    return EncoderUnavailable(
        f"The model {model} must be a sentence-transformers model on this machine, got none that can be read. "
        "Give the path of its folder, or fetch it once by name where the network allows "
        "(with HF_HUB_OFFLINE unset), or configure minilm."
    )
