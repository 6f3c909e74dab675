"""What HR's pins and forbids leave open to decide."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from recommender.matching.problem import MatchProblem


@dataclass(frozen=True, slots=True, eq=False)
class OpenPart:
    """Pairs without those of pinned mentees and forbidden ones, places without the pinned; `pinned` by row: column."""

    scores: csr_array
    capacity: np.ndarray
    pinned: dict[int, int]


def open_part(problem: MatchProblem) -> OpenPart:
    """Return what is left to decide of a problem in the order of ids."""
    if not problem.pins and not problem.forbids:
        return OpenPart(problem.scores, problem.capacity, {})
    row_of = {key: row for row, key in enumerate(problem.mentee_ids)}
    column_of = {key: column for column, key in enumerate(problem.mentor_ids)}
    pinned = {row_of[mentee]: column_of[mentor] for mentee, mentor in problem.pins.items()}
    capacity = problem.capacity - np.bincount(list(pinned.values()), minlength=len(problem.mentor_ids)).astype(np.int64)
    removed = np.zeros(problem.scores.nnz, dtype=bool)
    for row in pinned:
        removed[problem.scores.indptr[row] : problem.scores.indptr[row + 1]] = True
    for mentee, mentor in problem.forbids:
        removed[place_of(problem.scores, row_of[mentee], column_of[mentor])] = True
    return OpenPart(_without(problem.scores, removed), capacity, pinned)


def place_of(scores: csr_array, row: int, column: int) -> slice:
    """Return where the pair is stored, an empty slice where it is not."""
    low, high = scores.indptr[row], scores.indptr[row + 1]
    place = int(low + np.searchsorted(scores.indices[low:high], column))
    return slice(place, place + int(place < high and scores.indices[place] == column))


def _without(scores: csr_array, removed: np.ndarray) -> csr_array:
    kept_before = np.concatenate([[0], np.cumsum(~removed)])
    return csr_array((scores.data[~removed], scores.indices[~removed], kept_before[scores.indptr]), shape=scores.shape)
