"""Who gets shown: how evenly the places of all rankings fall on the candidates."""

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np


def times_shown(rankings: Iterable[Sequence[str]], candidate_ids: Sequence[str], k: int) -> np.ndarray:
    """Return how often each candidate stands among the first k, in the order of the candidates."""
    counts = Counter(key for ranked_ids in rankings for key in ranked_ids[:k])
    return np.array([counts[key] for key in candidate_ids], dtype=np.int64)


def lorenz(counts: np.ndarray, points: int = 21) -> tuple[float, ...]:
    """Return which share of all places the least shown 0 %, 5 %, ... 100 % of the candidates have together.

    Source: Lorenz, Methods of Measuring the Concentration of Wealth (1905).

    >>> lorenz(np.array([0, 1, 3]), points=4)
    (0.0, 0.0, 0.25, 1.0)
    """
    ordered = np.sort(np.asarray(counts, dtype=np.float64))
    total = float(ordered.sum())
    if not total:
        return tuple(np.linspace(0.0, 1.0, points).tolist())
    shares = np.concatenate([[0.0], np.cumsum(ordered) / total])
    at = np.linspace(0.0, len(ordered), points)
    return tuple(np.interp(at, np.arange(len(shares)), shares).tolist())
