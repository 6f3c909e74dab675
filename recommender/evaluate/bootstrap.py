"""How sure a figure is: the mean over needs, and where it might lie had other needs been asked."""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

RESAMPLES = 1_000
LEVEL = 0.95
SEED = 0
_AT_ONCE = 50  # resamples in memory at one time


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure, and the bounds between which it lies in 95 of 100 resamples."""

    value: float
    low: float
    high: float

    @property
    def is_above_zero(self) -> bool:
        """Whether hardly any resample is at zero or below: the figure is not luck."""
        return self.low > 0

    @property
    def is_below_zero(self) -> bool:
        return self.high < 0


@dataclass(frozen=True, slots=True, eq=False)
class Resampled:
    """Figures and what they became in each resample; column by column from the same draws, so differences are paired.

    `figures` has shape (columns,), `samples` (RESAMPLES, columns), NaN where a resample drew nothing of a column.
    """

    figures: np.ndarray
    samples: np.ndarray

    def estimate(self, column: int) -> Estimate:
        """Return the figure of a column with its bounds."""
        return _estimate(self.figures[column], self.samples[:, column])

    def difference(self, column: int, other: int) -> Estimate:
        """Return one column's figure minus another's with the bounds of that difference."""
        return _estimate(self.figures[column] - self.figures[other], self.samples[:, column] - self.samples[:, other])


def resampled_means(
    values: np.ndarray, owners: Sequence[Hashable] | None = None, among: np.ndarray | None = None
) -> Resampled:
    """Return the mean of each column over the rows, and its resamples.

    Source: Efron and Tibshirani, An Introduction to the Bootstrap (1993), percentile intervals, paired by shared draws.

    Parameters
    ----------
    values
        Shape (needs, columns).
    owners
        By row, whose need it is: all needs of one owner are drawn together, for they are not independent of each other.
        None takes each need for itself.
    among
        Which rows count in which column, bool (needs, columns); None counts all.
    """
    counted = np.ones_like(values, dtype=np.float64) if among is None else among.astype(np.float64)
    sums = np.hstack([values * counted, counted])
    codes = np.arange(len(values)) if owners is None else _codes(owners)
    by_owner = np.zeros((int(codes.max()) + 1, sums.shape[1]))
    np.add.at(by_owner, codes, sums)
    drawn = [_times_drawn(draws, len(by_owner)) @ by_owner for draws in drawn_rows(len(by_owner))]
    return Resampled(_ratios(sums.sum(axis=0, keepdims=True))[0], _ratios(np.vstack(drawn)))


def drawn_rows(count: int) -> Iterator[np.ndarray]:
    """Give the row numbers of all resamples in parts of shape (resamples, count); the same ones every time."""
    chance = np.random.default_rng(SEED)
    for _ in range(RESAMPLES // _AT_ONCE):
        yield chance.integers(0, count, (_AT_ONCE, count))


def _codes(owners: Sequence[Hashable]) -> np.ndarray:
    """Return the number of each row's owner, counted from 0 in the order of their first rows."""
    numbers: dict[Hashable, int] = {}
    return np.array([numbers.setdefault(owner, len(numbers)) for owner in owners])


def _times_drawn(draws: np.ndarray, count: int) -> np.ndarray:
    """Return how often each row was drawn, shape (resamples, count)."""
    shifted = draws + count * np.arange(len(draws))[:, None]
    return np.bincount(shifted.ravel(), minlength=draws.size).reshape(draws.shape).astype(np.float64)


def _ratios(sums: np.ndarray) -> np.ndarray:
    """Return sums divided by counts, the left half of the columns by the right half; NaN for nothing."""
    total, count = np.hsplit(sums, 2)
    return np.asarray(np.divide(total, count, out=np.full_like(total, np.nan), where=count > 0))


def _estimate(figure: float, samples: np.ndarray) -> Estimate:
    drawn = samples[np.isfinite(samples)]
    if not len(drawn):
        return Estimate(float(figure), float(figure), float(figure))
    low, high = np.quantile(drawn, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Estimate(float(figure), float(low), float(high))
