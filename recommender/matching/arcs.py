"""Some of the allowed pairs of a problem as flat arrays by mentee, and the choice of those worth solving with."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.sparse import csr_array

_AT_ONCE = 4_000_000  # pairs looked at together: some 100 MB


@dataclass(frozen=True, slots=True, eq=False)
class Arcs:
    """Pairs by row, then column. `starts` are the places where each row with pairs begins, `rows_with` those rows."""

    rows: np.ndarray
    columns: np.ndarray
    scores: np.ndarray
    starts: np.ndarray
    rows_with: np.ndarray

    def best_by_row(self, values: np.ndarray) -> np.ndarray:
        """Return the highest value of each row with pairs, shape (len(rows_with),)."""
        return np.maximum.reduceat(values, self.starts) if len(self.starts) else values[:0]

    def spread(self, by_row: np.ndarray) -> np.ndarray:
        """Return one value per row with pairs as one per pair."""
        return np.repeat(by_row, np.diff(self.starts, append=len(self.rows)))


def arcs_at(scores: csr_array, places: np.ndarray) -> Arcs:
    """Return the stored pairs at these places of `scores.data`, which rise."""
    rows = (np.searchsorted(scores.indptr, places, side="right") - 1).astype(np.int32)
    starts = np.flatnonzero(np.diff(rows, prepend=-1))
    return Arcs(rows, scores.indices[places].astype(np.int32), scores.data[places], starts, rows[starts])


def blocks(scores: csr_array) -> Iterator[tuple[int, Arcs]]:
    """Yield all pairs in blocks of whole rows, each with the place of its first pair."""
    bounds = scores.indptr.astype(np.int64)
    cuts = np.searchsorted(bounds, np.arange(0, bounds[-1], _AT_ONCE), side="left")
    for low, high in pairwise([*np.unique(cuts).tolist(), len(bounds) - 1]):
        if bounds[low] < bounds[high]:
            yield int(bounds[low]), _rows_between(scores, bounds, low, high)


def places_of_rows(scores: csr_array, rows: np.ndarray) -> np.ndarray:
    """Return the places of all pairs of these rows, which rise."""
    counts = np.diff(scores.indptr)[rows].astype(np.int64)
    before = np.cumsum(counts) - counts
    return np.asarray(np.repeat(scores.indptr[rows] - before, counts) + np.arange(counts.sum()))


def best_places(arcs: Arcs, values: np.ndarray, k: int) -> np.ndarray:
    """Return the places within the arcs of the k highest values of each row, rising; equal to the k-th: all."""
    values = values.astype(np.float32, copy=False)
    counts = np.diff(arcs.starts, append=len(values))
    is_long = np.repeat(counts > k, counts)
    long = counts[counts > k]
    if not len(long):
        return np.arange(len(values))
    table = np.full((len(long), int(long.max())), np.inf, dtype=np.float32)
    table[np.arange(table.shape[1]) < long[:, None]] = -values[is_long]
    limits = -np.partition(table, k - 1, axis=1)[:, k - 1]
    is_best = ~is_long
    is_best[is_long] = values[is_long] >= np.repeat(limits, long)
    return np.flatnonzero(is_best)


def _rows_between(scores: csr_array, bounds: np.ndarray, low: int, high: int) -> Arcs:
    here = slice(int(bounds[low]), int(bounds[high]))
    counts = np.diff(bounds[low : high + 1])
    with_pairs = np.flatnonzero(counts)
    return Arcs(
        rows=np.repeat(np.arange(low, high, dtype=np.int32), counts),
        columns=scores.indices[here],
        scores=scores.data[here],
        starts=(bounds[low:high] - bounds[low])[with_pairs],
        rows_with=(low + with_pairs).astype(np.int32),
    )
