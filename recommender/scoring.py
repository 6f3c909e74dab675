"""One score out of named features, and how much each feature put into it."""

from collections.abc import Mapping

import numpy as np

Features = dict[str, np.ndarray]
_ROUNDING = 1e-6  # float32 sums differ by less with the shape of the product
_DECIMALS = 9  # sums in another order differ beyond: equal candidates must tie


def weighted_scores(features: Features, shares: Mapping[str, float]) -> np.ndarray:
    """Return the weighted mean of the features by candidate, 0..1, shape (n,).

    Parameters
    ----------
    features
        One array (n,) of 0..1 by feature name.
    shares
        Weights by the same names; they sum to 1.
    """
    return np.round(sum((shares[name] * values for name, values in features.items()), start=np.zeros(1)), _DECIMALS)


def best_first(scores: np.ndarray, ids: np.ndarray) -> list[int]:
    """Return the places of all candidates, highest score first, ties by id."""
    if ids.dtype != object:
        return np.lexsort((ids, -scores)).tolist()  # type: ignore[no-any-return]
    return [place for *_, place in sorted(zip((-scores).tolist(), ids.tolist(), range(len(ids)), strict=True))]


def features_at(features: Features, place: int) -> dict[str, float]:
    """Return the features of one candidate."""
    return {name: float(values[place]) for name, values in features.items()}


def averages(features: Features) -> dict[str, float]:
    """Return the mean of each feature over all candidates; nothing where there are none."""
    return {name: float(values.sum() / len(values)) for name, values in features.items() if len(values)}


def highest_with_ties(values: np.ndarray, count: int) -> np.ndarray:
    """Return the places of the `count` highest values, ascending, with all that equal the last of them."""
    if len(values) <= count:
        return np.arange(len(values))
    last = np.partition(values, len(values) - count)[len(values) - count]
    return np.flatnonzero(values >= last - _ROUNDING)
