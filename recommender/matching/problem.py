"""What a matching is asked with: who, how well each allowed pair fits, how many places a mentor has, HR's will."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.sparse import csr_array

from domain.cohorts import DEFAULT_FLOOR
from domain.errors import InvalidInput


@dataclass(frozen=True, slots=True, eq=False)
class MatchProblem:
    """A cohort to match.

    Parameters
    ----------
    scores
        Shape (mentees, mentors), 0..1; a pair that is not stored may not be matched, a stored 0 may.
    capacity
        How many mentees each mentor can take, 0 or more, shape (mentors,); pins count too.
    pins
        Mentee id -> mentor id: forced, whether the pair is stored or not.
    forbids
        Pairs (mentee id, mentor id) that HR does not want.
    floor
        A match with a score below it is poor, 0..1.

    Raises
    ------
    InvalidInput
        If an id comes twice or is not known, shapes differ, a score is not within 0..1, a capacity is negative, the
        floor is not within 0..1, a pair is both pinned and forbidden, or a mentor has more pins than capacity.
    """

    mentee_ids: Sequence[str]
    mentor_ids: Sequence[str]
    scores: csr_array
    capacity: np.ndarray
    pins: Mapping[str, str] = field(default_factory=dict)
    forbids: Collection[tuple[str, str]] = frozenset()
    floor: float = DEFAULT_FLOOR

    def __post_init__(self) -> None:
        _check_ids("mentee_ids", self.mentee_ids)
        _check_ids("mentor_ids", self.mentor_ids)
        self._check_shapes()
        if not 0 <= self.floor <= 1:
            raise InvalidInput("floor", "be within 0..1", self.floor)
        if (np.asarray(self.capacity) < 0).any():
            raise InvalidInput("capacity", "be 0 or more", int(np.min(self.capacity)))
        if not all(0 <= bound <= 1 for bound in _extremes(self.scores.data)):
            raise InvalidInput("scores", "be numbers within 0..1", _extremes(self.scores.data))
        self._check_wishes()

    def _check_shapes(self) -> None:
        wanted = (len(self.mentee_ids), len(self.mentor_ids))
        if self.scores.shape != wanted:
            raise InvalidInput("scores", f"have shape {wanted}", self.scores.shape)
        if np.shape(self.capacity) != wanted[1:]:
            raise InvalidInput("capacity", f"have shape {wanted[1:]}", np.shape(self.capacity))

    def _check_wishes(self) -> None:
        _check_known("mentee", {*self.pins, *(mentee for mentee, _ in self.forbids)}, self.mentee_ids)
        _check_known("mentor", {*self.pins.values(), *(mentor for _, mentor in self.forbids)}, self.mentor_ids)
        both = sorted(set(self.pins.items()) & set(self.forbids))
        if both:
            raise InvalidInput("pair", "not be both pinned and forbidden", " / ".join(both[0]), "Take one back.")
        places = dict(zip(self.mentor_ids, np.asarray(self.capacity).tolist(), strict=True))
        for mentor, count in sorted(Counter(self.pins.values()).items()):
            if count > places[mentor]:
                raise InvalidInput(
                    f"pins on {mentor}", f"be at most the capacity of {places[mentor]}", count, "Unpin some."
                )


def in_order_of_ids(problem: MatchProblem) -> MatchProblem:
    """Return the same problem with rows and columns by id: the order in which it came must not decide anything."""
    rows, columns = _order(problem.mentee_ids), _order(problem.mentor_ids)
    scores = problem.scores
    if (np.diff(rows) < 0).any() or (np.diff(columns) < 0).any():
        scores = csr_array(scores[rows][:, columns])
    if not scores.has_canonical_format:
        scores = scores.copy()
        scores.sum_duplicates()
    return MatchProblem(
        mentee_ids=[problem.mentee_ids[row] for row in rows],
        mentor_ids=[problem.mentor_ids[column] for column in columns],
        scores=scores,
        capacity=np.asarray(problem.capacity, dtype=np.int64)[columns],
        pins=problem.pins,
        forbids=problem.forbids,
        floor=problem.floor,
    )


def _order(ids: Sequence[str]) -> np.ndarray:
    return np.array(sorted(range(len(ids)), key=ids.__getitem__), dtype=np.int64)


def _extremes(values: np.ndarray) -> tuple[float, float]:
    return (float(values.min()), float(values.max())) if len(values) else (0.0, 0.0)


def _check_ids(name: str, ids: Sequence[str]) -> None:
    twice = sorted(key for key, count in Counter(ids).items() if count > 1)
    if twice:
        raise InvalidInput(name, "name each person once", twice[0])


def _check_known(kind: str, asked: Collection[str], known: Sequence[str]) -> None:
    missing = sorted(set(asked) - set(known))
    if missing:
        raise InvalidInput(f"{kind} of a pin or forbid", f"be a {kind} of this cohort", missing[0])
