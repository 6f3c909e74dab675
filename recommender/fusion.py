"""Scores of different scales made one: each brought to 0..1, then added by weight."""

from collections.abc import Mapping

import numpy as np


def min_max(scores: np.ndarray) -> np.ndarray:
    """Return every row of scores stretched so that its lowest is 0 and its highest 1; a flat row becomes zeros.

    Parameters
    ----------
    scores
        Shape (n,) or (m, n).
    """
    lowest, highest = scores.min(axis=-1, keepdims=True), scores.max(axis=-1, keepdims=True)
    return np.asarray((scores - lowest) / np.where(highest > lowest, highest - lowest, 1.0))


def weighted_sum(features: Mapping[str, np.ndarray], weights: Mapping[str, float]) -> np.ndarray:
    """Return the sum of the named features, each stretched to 0..1 row by row and multiplied by its weight.

    Source: Fox and Shaw, Combination of Multiple Searches (1994), CombSUM.
    """
    return np.asarray(sum(weight * min_max(features[name]) for name, weight in weights.items()))
