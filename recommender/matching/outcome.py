"""What came of a matching: who with whom and how well, who with nobody and why, how the load is spread."""

from dataclasses import dataclass

import numpy as np

from domain.cohorts import Unmatched, Why
from recommender.matching.problem import MatchProblem
from recommender.matching.wishes import OpenPart, place_of
from recommender.metrics import gini

NAMED = 5  # mentors named to a mentee who got none


@dataclass(frozen=True, slots=True)
class Pair:
    """A mentee with a mentor; `is_poor` below the floor."""

    mentee_id: str
    mentor_id: str
    score: float
    is_poor: bool
    is_pinned: bool


@dataclass(frozen=True, slots=True, eq=False)
class Solution:
    """Matched rows and columns of the open part; `gap` is how much score any other could add at most.

    `is_proven` says that no other matching has more mentees, or as many with fewer poor.
    """

    rows: np.ndarray
    columns: np.ndarray
    gap: float
    is_proven: bool


@dataclass(frozen=True, slots=True)
class Matching:
    """A matching by mentee id.

    Parameters
    ----------
    objective, bound
        Sum of the scores, and what it could be at most among matchings with as many pairs and as few poor ones.
    is_proven
        Whether no other matching has more pairs, or as many and fewer poor.
    load
        By mentor id, also those with nobody.
    load_gini
        0 where all mentors with places have as many mentees, towards 1 where few have all.
    """

    pairs: tuple[Pair, ...]
    unmatched: tuple[Unmatched, ...]
    objective: float
    bound: float
    is_proven: bool
    load: dict[str, int]
    load_gini: float

    @property
    def poor(self) -> int:
        return sum(pair.is_poor for pair in self.pairs)

    @property
    def share_of_bound(self) -> float:
        """Return the objective divided by its bound, 1 where nothing could be had."""
        return self.objective / self.bound if self.bound > 0 else 1.0


def outcome(problem: MatchProblem, part: OpenPart, solution: Solution) -> Matching:
    """Return the solution of the open part together with the pins, in words of ids."""
    mentor_of = np.full(len(problem.mentee_ids), -1)
    mentor_of[solution.rows] = solution.columns
    mentor_of[list(part.pinned)] = list(part.pinned.values())
    load = np.bincount(mentor_of[mentor_of >= 0], minlength=len(problem.mentor_ids))
    pairs = _pairs(problem, part, mentor_of)
    objective = sum(pair.score for pair in pairs)
    return Matching(
        pairs=pairs,
        unmatched=tuple(_unmatched(problem, part, row) for row in np.flatnonzero(mentor_of < 0).tolist()),
        objective=objective,
        bound=objective + solution.gap,
        is_proven=solution.is_proven,
        load=dict(zip(problem.mentor_ids, load.tolist(), strict=True)),
        load_gini=gini(load[problem.capacity > 0]),
    )


def _pairs(problem: MatchProblem, part: OpenPart, mentor_of: np.ndarray) -> tuple[Pair, ...]:
    return tuple(
        Pair(
            mentee_id=problem.mentee_ids[row],
            mentor_id=problem.mentor_ids[mentor_of[row]],
            score=(score := float(problem.scores.data[place_of(problem.scores, row, mentor_of[row])].sum())),
            is_poor=score < problem.floor,
            is_pinned=row in part.pinned,
        )
        for row in np.flatnonzero(mentor_of >= 0).tolist()
    )


def _unmatched(problem: MatchProblem, part: OpenPart, row: int) -> Unmatched:
    allowed, left = (scores.indptr[row : row + 2] for scores in (problem.scores, part.scores))
    columns = part.scores.indices[slice(*left)]
    best = columns[np.lexsort((columns, -part.scores.data[slice(*left)]))][:NAMED]
    return Unmatched(
        problem.mentee_ids[row],
        _why(np.diff(allowed)[0], problem.capacity[columns]),
        tuple(problem.mentor_ids[column] for column in best.tolist()),
    )


def _why(allowed: int, capacities: np.ndarray) -> Why:
    if not allowed:
        return Why.NO_CANDIDATE
    if not len(capacities):
        return Why.FORBIDDEN
    return Why.MENTORS_FULL if capacities.any() else Why.NO_PLACES
