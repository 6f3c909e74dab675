"""How unlike each other the candidates of one list are."""

from collections.abc import Mapping, Sequence

import numpy as np


def dissimilarities(
    rankings: Sequence[Sequence[str]], vectors: np.ndarray, row_of: Mapping[str, int], k: int
) -> np.ndarray:
    """Return for each ranking the mean of 1 - cosine over all pairs of its first k, shape (rankings,).

    A list of fewer than two has nothing to be unlike and counts 0.
    Source: Ziegler et al., Improving Recommendation Lists Through Topic Diversification (2005), intra-list similarity.

    Parameters
    ----------
    vectors
        Unit rows, or zeros for a candidate that is like nothing, shape (candidates, dim).
    row_of
        Row by candidate id.
    """
    return np.array([_dissimilarity(vectors[[row_of[key] for key in ranked[:k]]]) for ranked in rankings])


def _dissimilarity(chosen: np.ndarray) -> float:
    """Return 1 minus the mean cosine of all pairs: the squared sum of the vectors holds each pair twice."""
    size = len(chosen)
    if size < 2:
        return 0.0
    together = chosen.sum(axis=0, dtype=np.float64)
    own = float((chosen.astype(np.float64) ** 2).sum())
    return float(1 - (together @ together - own) / (size * (size - 1)))
