"""Exposure: Gini and Lorenz by hand."""

import numpy as np
import pytest

from recommender.evaluate.exposure import lorenz, times_shown
from recommender.metrics import gini


def test_only_the_first_places_count() -> None:
    assert times_shown([["a", "b", "c"], ["b", "a"]], ["a", "b", "c", "d"], k=2).tolist() == [2, 2, 0, 0]


@pytest.mark.parametrize(
    ("counts", "by_hand"),
    [
        ((5, 5, 5, 5), 0.0),
        ((0, 0, 0, 4), 3 / 4),  # one of n has everything: (n - 1) / n
        ((1, 3), 0.25),  # 2 (1 + 6) / (2 * 4) - 3 / 2
        ((3, 1), 0.25),
        ((1, 2, 3, 4), 2 * 30 / 40 - 5 / 4),
        ((7,), 0.0),
        ((0, 0), 0.0),
    ],
)
def test_gini_by_hand(counts: tuple[int, ...], by_hand: float) -> None:
    assert gini(np.array(counts)) == pytest.approx(by_hand)


def test_lorenz_by_hand() -> None:
    # the least shown half of 1, 1, 2, 4 holds 2 of 8 places, three quarters hold 4
    assert lorenz(np.array([4, 1, 2, 1]), points=5) == pytest.approx((0, 1 / 8, 2 / 8, 4 / 8, 1))


def test_lorenz_between_candidates_is_straight() -> None:
    assert lorenz(np.array([0, 4]), points=5) == pytest.approx((0, 0, 0, 0.5, 1))


def test_lorenz_of_equals_and_of_nothing_is_the_diagonal() -> None:
    for counts in ([3, 3, 3], [0, 0]):
        assert lorenz(np.array(counts), points=3) == pytest.approx((0, 0.5, 1))


def test_gini_is_twice_the_area_between_the_curve_and_the_diagonal() -> None:
    counts = np.array([0, 1, 1, 5, 13])
    curve = np.array(lorenz(counts, points=6))
    area = (0.5 - ((curve[1:] + curve[:-1]) / 2).sum() / 5) * 2
    assert gini(counts) == pytest.approx(area)
