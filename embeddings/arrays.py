"""Arrays in files that can always be made again: whole and current, or not read at all."""

import hashlib
import io
from pathlib import Path

import numpy as np

from embeddings.atomic import write_whole

_DIGEST_BYTES, _CONTENT_BYTES = 32, 8


def save_array(path: Path, array: np.ndarray, content: int = 0) -> None:
    """Write the array with a checksum and a number that says what it was made from."""
    buffer = io.BytesIO()
    np.save(buffer, array, allow_pickle=False)
    body = content.to_bytes(_CONTENT_BYTES) + buffer.getvalue()
    write_whole(path, hashlib.sha256(body).digest() + body)


def load_array(path: Path, content: int = 0) -> np.ndarray | None:
    """Return the array; None where there is no file, its checksum does not hold, or it was made from something else."""
    if not path.exists():
        return None
    held = path.read_bytes()
    digest, body = held[:_DIGEST_BYTES], held[_DIGEST_BYTES:]
    if hashlib.sha256(body).digest() != digest or int.from_bytes(body[:_CONTENT_BYTES]) != content:
        return None
    return np.asarray(np.load(io.BytesIO(body[_CONTENT_BYTES:]), allow_pickle=False))
