"""What people took up, as arrays: what goes together, what follows what, what is taken up most and lately."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from scipy.sparse import csr_matrix, diags

from recommender.evaluate.tasks import Visit
from recommender.incidence import incidence, unit_columns

History = Sequence[int]
"""Rows of entries in the order in which one person took them up."""

DECAY = 0.8
REACH = 5
SMOOTHING = 5.0
RECENT_SHARE = 0.1
"""Each step back in a history counts a fifth less; one entry follows another within five steps; a transition is
believed once it was seen about five times; the last tenth of all visits is recent."""


class VisitSpace:
    """Features of every entry for a person's history.

    Parameters
    ----------
    visits
        What the space may learn from.
    row_of
        Row by entry id; visits of other entries are left out.
    vectors
        Unit vector of each entry's text, shape (entries, dim).
    """

    def __init__(self, visits: Sequence[Visit], row_of: Mapping[str, int], vectors: np.ndarray) -> None:
        ordered = [visit for visit in in_order(visits) if visit.entry_id in row_of]
        rows = [row_of[visit.entry_id] for visit in ordered]
        recent = rows[len(rows) - round(RECENT_SHARE * len(rows)) :]
        self.histories = _histories(ordered, row_of)
        self._vectors = vectors
        counts = np.bincount(rows, minlength=len(vectors))
        self._popular, self._recent = np.log1p(counts), np.log1p(np.bincount(recent, minlength=len(vectors)))
        self._together = unit_columns(incidence(self.histories.values(), len(vectors)))
        self._follows = diags(1.0 / (counts + SMOOTHING)) @ _follow_counts(self.histories.values(), len(vectors))

    def features(self, history: History) -> dict[str, np.ndarray]:
        """Return by name one value per entry, shape (entries,)."""
        late, last = self._weights(history), self._weights(history[-1:])
        return {
            "together": self._together.T @ (self._together @ late),
            "together_last": self.together_with(history[-1:]),
            "follows": self._follows.T @ late,
            "follows_last": self._follows.T @ last,
            "alike": self._vectors @ (self._vectors.T @ late),
            "alike_last": self._vectors @ (self._vectors.T @ last),
            "popular": self._popular,
            "recent": self._recent,
        }

    def together_with(self, rows: History) -> np.ndarray:
        """Return the summed cosine of each entry's takers with those of the given ones: the item-kNN score."""
        return np.asarray(self._together.T @ (self._together @ self._weights(rows)))

    def _weights(self, history: History) -> np.ndarray:
        weights = np.zeros(len(self._vectors))
        for steps_back, row in enumerate(reversed(history)):
            weights[row] = max(weights[row], DECAY**steps_back)
        return weights


def in_order(visits: Iterable[Visit]) -> list[Visit]:
    """Return the visits in order of time, those at one time by entry and person."""
    return sorted(visits, key=lambda visit: (visit.at, visit.entry_id, visit.person_id))


def _histories(ordered: Iterable[Visit], row_of: Mapping[str, int]) -> dict[str, list[int]]:
    histories: dict[str, list[int]] = defaultdict(list)
    for visit in ordered:
        histories[visit.person_id].append(row_of[visit.entry_id])
    return dict(histories)


def _follow_counts(histories: Iterable[History], entry_count: int) -> csr_matrix:
    """Return how often the column's entry came after the row's, one divided by the steps between them each time."""
    pairs = [
        (before, after, 1.0 / steps)
        for history in histories
        for place, before in enumerate(history)
        for steps, after in enumerate(history[place + 1 : place + 1 + REACH], 1)
    ]
    rows, columns, weights = zip(*pairs, strict=True) if pairs else ((), (), ())
    return csr_matrix((weights, (rows, columns)), shape=(entry_count, entry_count), dtype=np.float64)
