"""A score is the weighted mean of the features; ties come by id."""

import numpy as np
import pytest

from recommender.scoring import averages, best_first, features_at, highest_with_ties, weighted_scores

FEATURES = {"need": np.array([1.0, 0.5]), "supply": np.array([0.0, 1.0])}


def test_a_score_is_the_weighted_mean() -> None:
    assert weighted_scores(FEATURES, {"need": 0.75, "supply": 0.25}).tolist() == pytest.approx([0.75, 0.625])


def test_sums_that_differ_by_rounding_tie() -> None:
    features = {name: np.array([value]) for name, value in (("a", 0.1), ("b", 0.2), ("c", 0.3))}
    backwards = dict(reversed(features.items()))
    ones = dict.fromkeys(features, 1.0)
    assert weighted_scores(features, ones).tolist() == weighted_scores(backwards, ones).tolist()


def test_ties_come_by_id() -> None:
    assert best_first(np.array([0.5, 0.9, 0.5]), np.array(["c", "b", "a"], dtype=object)) == [1, 2, 0]


def test_features_of_one_and_the_mean_of_all() -> None:
    assert features_at(FEATURES, 1) == {"need": 0.5, "supply": 1.0}
    assert averages(FEATURES) == {"need": 0.75, "supply": 0.5}
    assert averages({"need": np.array([])}) == {}


def test_the_highest_come_with_all_that_equal_the_last_of_them() -> None:
    values = np.array([3.0, 1.0, 2.0, 2.0, 0.0])
    assert highest_with_ties(values, 1).tolist() == [0]
    assert highest_with_ties(values, 2).tolist() == [0, 2, 3]
    assert highest_with_ties(values, 9).tolist() == [0, 1, 2, 3, 4]
