"""The best matching of a cohort: solved on the pairs that prices call promising, proven over all pairs.

Small problems go to the flow whole. For large ones, prices found by many cheap rounds choose a few mentors per mentee;
the answer's own prices then look through all pairs, and pairs that would improve it join until the gap is small.
"""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from recommender.matching.arcs import Arcs, arcs_at, best_places, blocks, places_of_rows
from recommender.matching.flow import best_flow
from recommender.matching.levels import STEPS, Levels, levels_for
from recommender.matching.outcome import Matching, Solution, outcome
from recommender.matching.prices import exact_prices, gumbel_noise, soft_bound, soft_prices, soft_worths
from recommender.matching.problem import MatchProblem, in_order_of_ids
from recommender.matching.wishes import open_part

WHOLE = 500_000  # up to so many pairs all are solved at once
SAMPLED = 2_500_000  # pairs that the first prices are read from
LOOKED_AT, SOLVED_WITH, ADDED = 48, 8, 4  # mentors per mentee: in the second prices, in the first flow, in later ones
FIRST_TEMPERATURES, SECOND_TEMPERATURES = (0.1, 0.05, 0.02, 0.01), (0.02, 0.01, 0.005, 0.003)
ROUNDS = 10
MOST_FLOWS = 6
GAP = 0.0005  # share of the bound below which no further pairs are sought


def match_cohort(problem: MatchProblem) -> Matching:
    """Return the matching: most mentees, then fewest poor, then the best total score; ties by id.

    The same problem with its rows or columns in another order gives the same answer. `Matching.bound` says how much
    any other matching of as many mentees could reach.
    """
    ordered = in_order_of_ids(problem)
    part = open_part(ordered)
    solution = _solve(part.scores, part.capacity, ordered.floor)
    return outcome(ordered, part, solution)


def _solve(scores: csr_array, capacity: np.ndarray, floor: float) -> Solution:
    task = _Task(scores, np.minimum(capacity, scores.shape[0]), floor, levels_for(*scores.shape))
    if not scores.nnz:
        return Solution(np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64), 0.0, True)
    if scores.nnz <= WHOLE:
        return task.solved(np.arange(scores.nnz)).solution()
    prices = task.first_prices()
    places, prices = task.promising(prices)
    found = task.solved(places)
    soft = soft_bound(scores, floor, task.capacity, prices)
    for attempt in range(1, MOST_FLOWS):
        if found.is_close(soft) or not len(found.improving):
            break
        found = task.solved(np.union1d(found.places, found.improving), ADDED << attempt)
    return found.solution(soft)


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    """The best matching among the pairs at `places`; `gap` is how much worth all pairs could add at most."""

    task: "_Task"
    places: np.ndarray
    arcs: Arcs
    chosen: np.ndarray
    gap: int
    improving: np.ndarray

    @property
    def is_proven(self) -> bool:
        """Whether no pair left out could give another match or one fewer poor."""
        return self.gap < self.task.levels.not_poor

    def score_gap(self, soft: float | None) -> float:
        """Return how much score all pairs could add at most, by the better of both prices."""
        exact = self.task.levels.score(self.gap)
        if soft is None or not self.is_proven:
            return exact
        return min(exact, max(0.0, soft - self._soft_worth()))

    def is_close(self, soft: float) -> bool:
        objective = float(self.arcs.scores[self.chosen].sum(dtype=np.float64))
        return self.is_proven and self.score_gap(soft) <= GAP * objective

    def solution(self, soft: float | None = None) -> Solution:
        rounding = len(self.chosen) / STEPS / 2
        bound_gap = self.score_gap(soft) + rounding
        rows, columns = self.arcs.rows[self.chosen], self.arcs.columns[self.chosen]
        return Solution(rows, columns, bound_gap, self.is_proven)

    def _soft_worth(self) -> float:
        return float(soft_worths(self.arcs.scores[self.chosen], self.task.floor).sum(dtype=np.float64))


@dataclass(frozen=True, slots=True, eq=False)
class _Task:
    scores: csr_array
    capacity: np.ndarray
    floor: float
    levels: Levels

    def first_prices(self) -> np.ndarray:
        """Return prices by every n-th mentee, with an n-th of the places."""
        rows = np.flatnonzero(np.diff(self.scores.indptr))
        every = -(-self.scores.nnz // SAMPLED)
        arcs = arcs_at(self.scores, places_of_rows(self.scores, rows[::every]))
        start = np.zeros(len(self.capacity), dtype=np.float32)
        return soft_prices(arcs, self.floor, self.capacity / every, start, FIRST_TEMPERATURES, ROUNDS)

    def promising(self, prices: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return the places of the pairs to begin with, and sharper prices by many more."""
        looked_at = np.concatenate(
            [
                first + best_places(arcs, self._draws(arcs, prices, FIRST_TEMPERATURES[-1]), LOOKED_AT)
                for first, arcs in blocks(self.scores)
            ]
        )
        arcs = arcs_at(self.scores, looked_at)
        prices = soft_prices(arcs, self.floor, self.capacity, prices, SECOND_TEMPERATURES, ROUNDS)
        drawn = best_places(arcs, self._draws(arcs, prices, SECOND_TEMPERATURES[-1]), SOLVED_WITH)
        return looked_at[drawn], prices

    def solved(self, places: np.ndarray, added: int = ADDED) -> _Found:
        """Return the best matching among the pairs at these places, which rise, and up to `added` pairs a mentee more.

        The next flow takes those along.
        """
        arcs = arcs_at(self.scores, places)
        worths = self.levels.worths(arcs.rows, arcs.columns, arcs.scores, self.floor)
        chosen = best_flow(arcs, worths, self.levels, self.capacity)
        if len(places) == self.scores.nnz:
            return _Found(self, places, arcs, chosen, 0, places[:0])
        prices, gains = exact_prices(arcs, worths, self.levels, chosen)
        gap, improving = self._look_through(prices, gains, added)
        return _Found(self, places, arcs, chosen, gap, improving)

    def _look_through(self, prices: np.ndarray, gains: np.ndarray, k: int) -> tuple[int, np.ndarray]:
        """Return what all pairs could add at most at these prices, and the best places of mentees who could gain."""
        gap, improving = 0, []
        for first, arcs in blocks(self.scores):
            worths = self.levels.worths(arcs.rows, arcs.columns, arcs.scores, self.floor)
            added = worths - prices[arcs.columns] - gains[arcs.rows]
            more = np.maximum(arcs.best_by_row(added), 0)
            gap += int(more.sum())
            rows = arcs.rows_with[more > 0]
            if len(rows):
                places = places_of_rows(self.scores, rows)
                best = best_places(arcs_at(self.scores, places), added[places - first], k)
                improving.append(places[best])
        return gap, np.concatenate(improving) if improving else np.empty(0, dtype=np.int64)

    def _draws(self, arcs: Arcs, prices: np.ndarray, temperature: float) -> np.ndarray:
        """Return values whose highest are a draw from the mentees' softmax over mentors.

        Where many mentees think the same of the mentors, the plain highest would send all of them to the same few.
        """
        gains = soft_worths(arcs.scores, self.floor) - prices[arcs.columns]
        return np.asarray(gains + np.float32(temperature) * gumbel_noise(arcs.rows, arcs.columns))
