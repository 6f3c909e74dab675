"""Fusion: every view is brought to 0..1 before its weight counts."""

import numpy as np
import pytest

from recommender.fusion import min_max, weighted_sum


def test_min_max_stretches_every_row_by_itself() -> None:
    assert min_max(np.array([[1.0, 2.0, 5.0], [-4.0, 0.0, 4.0]])).tolist() == [[0.0, 0.25, 1.0], [0.0, 0.5, 1.0]]


def test_a_flat_row_becomes_zeros() -> None:
    assert min_max(np.array([3.0, 3.0])).tolist() == [0.0, 0.0]


def test_a_view_of_large_numbers_counts_no_more_than_its_weight() -> None:
    features = {"small": np.array([0.0, 0.1, 0.2]), "large": np.array([4000.0, 0.0, 2000.0])}
    fused = weighted_sum(features, {"small": 1.0, "large": 0.5})
    assert fused == pytest.approx([0.0 + 0.5, 0.5 + 0.0, 1.0 + 0.25])


def test_a_view_without_a_weight_stays_out() -> None:
    features = {"used": np.array([0.0, 1.0]), "unused": np.array([9.0, 0.0])}
    assert weighted_sum(features, {"used": 2.0}).tolist() == [0.0, 2.0]
