"""The needs of a whole cohort as one array of embeddings."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from domain.suggestions import NeedKind
from recommender.requests import NeedVectors


@dataclass(frozen=True, slots=True, eq=False)
class CohortNeeds:
    """Whole needs of mentees in rows that rise by owner.

    Parameters
    ----------
    vectors
        Unit rows, shape (needs, dim), float32.
    owners
        The row of the mentee who has the need.
    weights
        0..1 each.
    kinds
        `NeedKind` each, as objects.
    """

    vectors: np.ndarray
    owners: np.ndarray
    weights: np.ndarray
    kinds: np.ndarray

    def of(self, low: int, high: int, kind: NeedKind) -> "CohortNeeds":
        """Return the needs of this kind of the mentees from `low` to `high`, who are counted from 0 in it."""
        start, stop = np.searchsorted(self.owners, [low, high])
        here = np.arange(start, stop)[self.kinds[start:stop] == kind]
        return CohortNeeds(self.vectors[here], self.owners[here] - low, self.weights[here], self.kinds[here])


def cohort_needs(needs_of: Sequence[Sequence[NeedVectors]], dim: int) -> CohortNeeds:
    """Return the needs that have embeddings, of one mentee after the other."""
    kept = [(row, need) for row, needs in enumerate(needs_of) for need in needs if len(need.vectors)]
    vectors = [need.vectors[0] for _, need in kept]
    return CohortNeeds(
        vectors=np.array(vectors, dtype=np.float32).reshape(len(kept), dim),
        owners=np.array([row for row, _ in kept], dtype=np.int64),
        weights=np.array([min(max(need.need.weight, 0.0), 1.0) for _, need in kept], dtype=np.float32),
        kinds=np.array([need.need.kind for _, need in kept], dtype=object),
    )
