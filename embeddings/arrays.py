"""Arrays in files that can always be made again: whole and current, or not read at all."""

import hashlib
import io
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from embeddings.atomic import write_whole

_DIGEST_BYTES, _CONTENT_BYTES = 32, 8


def save_array(path: Path, array: np.ndarray, content: int = 0) -> None:
    """Write the array with a checksum and a number that says what it was made from."""
    buffer = io.BytesIO()
    np.save(buffer, array, allow_pickle=False)
    _write(path, buffer.getvalue(), content)


def load_array(path: Path, content: int = 0) -> np.ndarray | None:
    """Return the array; None where there is no file, its checksum does not hold, or it was made from something else."""
    held = _read(path, content)
    return None if held is None else np.asarray(np.load(io.BytesIO(held), allow_pickle=False))


def save_arrays(path: Path, arrays: Mapping[str, np.ndarray], content: int = 0) -> None:
    """Write arrays by name into one file, as `save_array` writes one."""
    buffer = io.BytesIO()
    np.savez(buffer, allow_pickle=False, **arrays)
    _write(path, buffer.getvalue(), content)


def load_arrays(path: Path, content: int = 0) -> dict[str, np.ndarray] | None:
    """Return the arrays by name; None as `load_array` does."""
    held = _read(path, content)
    if held is None:
        return None
    with np.load(io.BytesIO(held), allow_pickle=False) as arrays:
        return dict(arrays)


def _write(path: Path, held: bytes, content: int) -> None:
    body = content.to_bytes(_CONTENT_BYTES) + held
    write_whole(path, hashlib.sha256(body).digest() + body)


def _read(path: Path, content: int) -> bytes | None:
    if not path.exists():
        return None
    held = path.read_bytes()
    digest, body = held[:_DIGEST_BYTES], held[_DIGEST_BYTES:]
    if hashlib.sha256(body).digest() != digest or int.from_bytes(body[:_CONTENT_BYTES]) != content:
        return None
    return body[_CONTENT_BYTES:]
