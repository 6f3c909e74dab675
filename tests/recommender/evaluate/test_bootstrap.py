"""Resamples: seeded, paired, by owner; what never varies has no width."""

import numpy as np
import pytest

from recommender.evaluate.bootstrap import RESAMPLES, Estimate, drawn_rows, resampled_means

HALVES = np.array([[0.0], [1.0]] * 50)


def column(*values: float) -> np.ndarray:
    return np.array(values)[:, None]


def test_the_same_values_have_the_same_bounds_every_time() -> None:
    assert resampled_means(HALVES).estimate(0) == resampled_means(HALVES).estimate(0)


def test_there_are_so_many_resamples_of_so_many_rows() -> None:
    draws = np.concatenate(list(drawn_rows(7)))
    assert draws.shape == (RESAMPLES, 7)
    assert set(draws.ravel()) == set(range(7))


def test_a_share_of_a_hundred_has_the_bounds_of_the_normal_curve() -> None:
    estimate = resampled_means(HALVES).estimate(0)
    # 1.96 sqrt(.5 * .5 / 100) = .098
    assert estimate.value == 0.5
    assert (estimate.low, estimate.high) == (pytest.approx(0.402, abs=0.015), pytest.approx(0.598, abs=0.015))


@pytest.mark.parametrize("values", [(0.7,), (0.7, 0.7, 0.7)], ids=["one need", "all alike"])
def test_what_never_varies_has_no_width(values: tuple[float, ...]) -> None:
    assert resampled_means(column(*values)).estimate(0) == Estimate(*[pytest.approx(0.7)] * 3)


def test_a_difference_is_of_the_same_draws() -> None:
    values = np.random.default_rng(1).random((40, 1))
    resampled = resampled_means(np.hstack([values + 0.1, values]))
    assert resampled.estimate(0).high - resampled.estimate(0).low > 0.1
    assert resampled.difference(0, 1) == Estimate(*[pytest.approx(0.1)] * 3)


def test_needs_of_one_owner_are_drawn_together() -> None:
    values = np.random.default_rng(2).random((30, 1))
    alone = resampled_means(values)
    doubled = resampled_means(np.repeat(values, 2, axis=0), [f"p{row // 2}" for row in range(60)])
    assert doubled.samples == pytest.approx(alone.samples)
    as_if_independent = resampled_means(np.repeat(values, 2, axis=0)).estimate(0)
    assert as_if_independent.high - as_if_independent.low < doubled.estimate(0).high - doubled.estimate(0).low


def test_an_owner_with_many_needs_counts_by_needs() -> None:
    resampled = resampled_means(column(1.0, 1.0, 1.0, 0.0), ["a", "a", "a", "b"])
    assert resampled.figures[0] == 0.75
    assert set(resampled.samples[:, 0].round(9)) == {0.0, 0.75, 1.0}


def test_a_resample_that_drew_nothing_of_a_column_does_not_count() -> None:
    among = np.array([[True, True], [True, False]])
    resampled = resampled_means(np.array([[1.0, 1.0], [0.0, 0.0]]), among=among)
    assert resampled.figures.tolist() == [0.5, 1.0]
    assert np.isnan(resampled.samples[:, 1]).any()
    assert resampled.estimate(1) == Estimate(1.0, 1.0, 1.0)


def test_luck_is_when_zero_lies_within_the_bounds() -> None:
    sure, luck, worse = Estimate(0.2, 0.1, 0.3), Estimate(0.1, -0.1, 0.3), Estimate(-0.2, -0.3, -0.1)
    assert [one.is_above_zero for one in (sure, luck, worse)] == [True, False, False]
    assert [one.is_below_zero for one in (sure, luck, worse)] == [False, False, True]
