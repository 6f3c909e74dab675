"""Index files: written whole or not at all, and verified before FAISS reads a byte of them.

Layout: 8 bytes of format, 32 bytes SHA-256 of all that follows, 8 bytes length of the header, the header (JSON: encoder
id, generation, keys), the index as FAISS writes it.
"""

import hashlib
import json
from pathlib import Path
from typing import Any

import faiss
import numpy as np

from domain.errors import IndexDamaged
from embeddings.atomic import write_whole
from embeddings.index import VectorIndex

_FORMAT = b"HHINDEX1"
_DIGEST_BYTES = 32
_LENGTH_BYTES = 8


def save_index(path: Path, index: VectorIndex, encoder_id: str, generation: int) -> None:
    """Replace the file by this index; whoever reads meanwhile sees the old one or the new one, never a part."""
    header = json.dumps({"encoder_id": encoder_id, "generation": generation, "keys": index.keys}).encode()
    body = len(header).to_bytes(_LENGTH_BYTES, "big") + header + faiss.serialize_index(index.rows).tobytes()
    write_whole(path, _FORMAT + hashlib.sha256(body).digest() + body)


def load_index(path: Path, encoder_id: str, generation: int) -> VectorIndex:
    """Return the index of the file, which must be sound and of this encoder and store generation.

    Raises
    ------
    IndexDamaged
        If the file is missing, damaged, or stale (sound, but of another encoder or generation); the text says which.
    """
    header, payload = _verified(path)
    for name, wanted in (("encoder_id", encoder_id), ("generation", generation)):
        if header[name] != wanted:
            raise _refused(path, "stale", f"its {name} is {header[name]}, wanted {wanted}")
    try:
        rows = faiss.deserialize_index(np.frombuffer(payload, dtype=np.uint8))
    except RuntimeError as error:
        raise _refused(path, "damaged", "this version of FAISS cannot read it") from error
    if rows.ntotal != len(header["keys"]):
        raise _refused(path, "damaged", f"it has {len(header['keys'])} keys for {rows.ntotal} vectors")
    return VectorIndex(header["keys"], rows)


def _verified(path: Path) -> tuple[dict[str, Any], bytes]:
    """Return header and payload of a file whose checksum holds."""
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise _refused(path, "missing", "there is no such file") from error
    start = len(_FORMAT) + _DIGEST_BYTES
    if not content.startswith(_FORMAT):
        raise _refused(path, "damaged", "it does not begin as an index file of this format")
    if hashlib.sha256(memoryview(content)[start:]).digest() != content[len(_FORMAT) : start]:
        raise _refused(path, "damaged", "its checksum does not hold")
    payload_start = start + _LENGTH_BYTES
    header_end = payload_start + int.from_bytes(content[start:payload_start], "big")
    return json.loads(content[payload_start:header_end]), content[header_end:]


def _refused(path: Path, state: str, why: str) -> IndexDamaged:
    return IndexDamaged(f"Index file {path.name} is {state}: {why}. It is rebuilt from the store.")
