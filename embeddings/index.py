"""Nearest neighbours by cosine similarity over keyed vectors, held in memory by FAISS."""

from collections.abc import Sequence
from itertools import pairwise
from math import sqrt

import faiss
import numpy as np

from domain.errors import InvalidInput

EXACT_ROWS = 200_000
_LISTS_PROBED = 32  # of 210,000 x 384, recall@10 is .968 with 32 as with 96: the 8-bit codes are the limit
_TRAINING_ROWS_PER_LIST = 39  # below this FAISS warns that its clusters are badly trained
_SIMILARITY_DECIMALS = 6  # float32 sums differ in the seventh with the shape of the batch: equal vectors must tie
_SPARE_ROWS = 16

Neighbours = list[tuple[str, float]]


class VectorIndex:
    """Keyed unit vectors that answer which of them are nearest; made by `build_index` or `load_index`.

    Parameters
    ----------
    keys
        One key per row, ascending and unique.
    rows
        A FAISS inner-product index over the unit vectors, in the order of `keys`.
    """

    def __init__(self, keys: list[str], rows: faiss.Index) -> None:
        self.keys = keys
        self.rows = rows
        self._place = {key: place for place, key in enumerate(keys)}

    def __contains__(self, key: str) -> bool:
        return key in self._place

    def __len__(self) -> int:
        return len(self.keys)

    @property
    def dim(self) -> int:
        return int(self.rows.d)

    def nearest(self, query: np.ndarray, k: int) -> Neighbours:
        """Return up to `k` (key, similarity) pairs, best first, ties by key.

        Parameters
        ----------
        query
            One embedding, shape (dim,), of any length but zero.
        """
        return self.nearest_many(query[None, :], k)[0]

    def nearest_many(self, queries: np.ndarray, k: int) -> list[Neighbours]:
        """Return for each query what `nearest` returns.

        Parameters
        ----------
        queries
            Embeddings, shape (n, dim).

        Raises
        ------
        InvalidInput
            If `k` is below 1, or a query is zero, not finite or of another dim.
        """
        if k < 1:
            raise InvalidInput("k", "be at least 1", k)
        unit = _unit(queries, "queries")
        if unit.shape[1] != self.dim:
            raise InvalidInput("queries", f"have {self.dim} columns", unit.shape[1], "Use the encoder of the index.")
        if not self.keys:
            return [[] for _ in unit]
        similarities, places = self.rows.search(unit, min(k + _SPARE_ROWS, len(self)))
        return [self._pairs(*row)[:k] for row in zip(similarities, places, strict=True)]

    def vectors_of(self, keys: Sequence[str]) -> np.ndarray:
        """Return the unit vectors of the keys in their order, shape (n, dim), float32; 8-bit codes give them nearly.

        Raises
        ------
        InvalidInput
            If a key is not in the index.
        """
        unknown = [key for key in keys if key not in self._place]
        if unknown:
            raise InvalidInput("keys", "be in the index", unknown[0], "Rebuild the index.")
        if not keys:
            return np.empty((0, self.dim), dtype=np.float32)
        vectors: np.ndarray = self.rows.reconstruct_batch(np.array([self._place[key] for key in keys]))
        return vectors

    def _pairs(self, similarities: np.ndarray, places: np.ndarray) -> Neighbours:
        rounded = similarities.astype(float).round(_SIMILARITY_DECIMALS).tolist()
        found = [(self.keys[place], s) for s, place in zip(rounded, places.tolist(), strict=True) if place >= 0]
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))


def build_index(keys: Sequence[str], vectors: np.ndarray, *, exact_rows: int = EXACT_ROWS) -> VectorIndex:
    """Return an index over the vectors: exact up to `exact_rows` rows, clustered 8-bit codes beyond.

    Parameters
    ----------
    keys
        One key per row of `vectors`, unique, in any order.
    vectors
        Embeddings, shape (n, dim), of any length but zero; (0, dim) gives an index that knows nothing.

    Raises
    ------
    InvalidInput
        If keys and rows do not line up, a key stands twice, or a row is zero or not finite; the rows are named.
    """
    if vectors.ndim != 2 or len(vectors) != len(keys):
        action = "Encode every text before building the index."
        raise InvalidInput("vectors", f"have shape ({len(keys)}, dim)", vectors.shape, action)
    order = sorted(range(len(keys)), key=keys.__getitem__)  # FAISS keeps the lower row of two equal scores
    ordered = [keys[place] for place in order]
    twice = [key for key, after in pairwise(ordered) if key == after]
    if twice:
        raise InvalidInput("keys", "be unique", twice[0], "Give every vector a key of its own.")
    unit = _unit(vectors, "vectors")[order]
    rows = _clustered(unit) if len(unit) > exact_rows else faiss.IndexFlatIP(unit.shape[1])
    rows.add(unit)
    return VectorIndex(ordered, rows)


def _clustered(unit: np.ndarray) -> faiss.Index:
    """Return a trained, empty IVF index with 8-bit codes.

    Four times the root of n lists, as FAISS advises for up to a million rows. Source: FAISS wiki, guidelines to choose
    an index; recall is held by tests/embeddings/test_index.py.
    """
    dim = unit.shape[1]
    lists = max(1, min(int(4 * sqrt(len(unit))), len(unit) // _TRAINING_ROWS_PER_LIST))
    quantizer = faiss.IndexFlatIP(dim)
    rows = faiss.IndexIVFScalarQuantizer(
        quantizer, dim, lists, faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT
    )
    rows.train(unit)
    rows.nprobe = _LISTS_PROBED
    rows.make_direct_map()
    return rows


def _unit(vectors: np.ndarray, name: str) -> np.ndarray:
    if vectors.ndim != 2:
        raise InvalidInput(name, "have shape (n, dim)", vectors.shape)
    norms = np.linalg.norm(vectors.astype(np.float64), axis=1, keepdims=True)
    bad = np.flatnonzero(~np.isfinite(norms[:, 0]) | (norms[:, 0] == 0)).tolist()
    if bad:
        raise InvalidInput(name, "be finite and not all zeros", f"rows {bad}", "Encode these texts again.")
    return np.ascontiguousarray(vectors / norms, dtype=np.float32)
