"""Embeddings by content hash: float32, little-endian, with their dim."""

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import delete, func, select
from sqlalchemy.engine import RowMapping

from store.rows import chunks, rows_in, upsert
from store.tables import vectors
from store.work import Work

Vector = NDArray[np.float32]

_LITTLE_ENDIAN_FLOAT32 = np.dtype("<f4")
_is_whole = func.length(vectors.c.vector) == vectors.c.dim * _LITTLE_ENDIAN_FLOAT32.itemsize


class Vectors:
    """Queries for vectors. A row whose bytes do not fit its dim counts as missing: the text is embedded again."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def get_many(self, encoder_id: str, hashes: Iterable[str]) -> dict[str, Vector]:
        """Return the vectors by text hash, each of shape (dim,); a hash that is not stored is absent."""
        query = select(vectors).where(vectors.c.encoder_id == encoder_id, _is_whole)
        rows = rows_in(self._work.connection, query, vectors.c.text_hash, hashes)
        return {row["text_hash"]: _vector(row) for row in rows}

    def hashes(self, encoder_id: str) -> set[str]:
        """Return the text hashes that need no embedding under this encoder."""
        query = select(vectors.c.text_hash).where(vectors.c.encoder_id == encoder_id, _is_whole)
        return set(self._work.connection.execute(query).scalars())

    def add_many(self, encoder_id: str, by_hash: Mapping[str, Vector]) -> None:
        """Keep the vectors, replacing any under the same hashes."""
        rows = [_row(encoder_id, text_hash, vector) for text_hash, vector in sorted(by_hash.items())]
        upsert(self._work.writing, vectors, rows)

    def drop_unused(self, encoder_id: str, keep: set[str]) -> int:
        """Delete the encoder's vectors whose hash is not in `keep`; return how many went."""
        query = select(vectors.c.text_hash).where(vectors.c.encoder_id == encoder_id)
        unused = sorted(set(self._work.writing.execute(query).scalars()) - keep)
        for some in chunks(unused):
            of_encoder = vectors.c.encoder_id == encoder_id
            self._work.writing.execute(delete(vectors).where(of_encoder, vectors.c.text_hash.in_(some)))
        return len(unused)


def _vector(row: RowMapping) -> Vector:
    return np.frombuffer(row["vector"], dtype=_LITTLE_ENDIAN_FLOAT32).astype(np.float32)


def _row(encoder_id: str, text_hash: str, vector: Vector) -> dict[str, object]:
    if vector.ndim != 1 or not vector.size:
        raise ValueError(f"a vector must have shape (dim,), got {vector.shape}. Give one row per text.")
    packed = vector.astype(_LITTLE_ENDIAN_FLOAT32).tobytes()
    return {"encoder_id": encoder_id, "text_hash": text_hash, "dim": vector.size, "vector": packed}
