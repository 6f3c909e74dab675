"""Who gets shown: how evenly the places of all rankings fall on the candidates."""

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np


def times_shown(rankings: Iterable[Sequence[str]], candidate_ids: Sequence[str], k: int) -> np.ndarray:
    """Return how often each candidate stands among the first k, in the order of the candidates."""
    counts = Counter(key for ranked_ids in rankings for key in ranked_ids[:k])
    return np.array([counts[key] for key in candidate_ids], dtype=np.int64)


def gini(counts: np.ndarray) -> float:
    """Return 0 where all counts are equal, up to nearly 1 where one candidate has everything; 0 for nothing at all.

    Source: Gini, Variabilita e mutabilita (1912), as 2 sum(i x_i) / (n sum x) - (n + 1) / n over ascending counts.

    >>> gini(np.array([1, 1, 1])), gini(np.array([0, 0, 0, 4]))  # 2 * 4 * 4 / (4 * 4) - 5 / 4
    (0.0, 0.75)
    """
    ordered = np.sort(np.asarray(counts, dtype=np.float64))
    size, total = len(ordered), float(ordered.sum())
    if not total:
        return 0.0
    return float(2 * (np.arange(1, size + 1) @ ordered) / (size * total) - (size + 1) / size)


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
