"""The best stays first; a near topic gives way to something else unless it is far above the rest."""

import numpy as np
import pytest

from recommender.diversify import diversified, topic_likeness
from tests.builders import a_topic

TWINS = np.array([[1.0, 1, 0, 0], [1, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]])
NOTHING_ALIKE = np.eye(4)


def test_a_twin_of_the_best_gives_way() -> None:
    """Stretched scores 1, .95, .8 (the fourth is 0): .8 * .95 - .2 = .56 < .8 * .8 = .64."""
    assert diversified(np.array([1.0, 0.95, 0.8, 0.0]), TWINS, 3) == [0, 2, 1]


def test_a_twin_far_above_the_rest_does_not() -> None:
    """.8 * .95 - .2 = .56 > .8 * .6 = .48."""
    assert diversified(np.array([1.0, 0.95, 0.6, 0.0]), TWINS, 3) == [0, 1, 2]


def test_for_a_typed_need_the_score_counts_more() -> None:
    """.9 * .95 - .1 = .755 > .9 * .8 = .72."""
    assert diversified(np.array([1.0, 0.95, 0.8, 0.0]), TWINS, 3, fit=0.9) == [0, 1, 2]


def test_without_regard_for_likeness_the_order_stays() -> None:
    assert diversified(np.array([0.9, 0.8, 0.7, 0.1]), TWINS, 3, fit=1.0) == [0, 1, 2]


def test_equals_keep_their_order() -> None:
    assert diversified(np.full(4, 0.5), NOTHING_ALIKE, 4) == [0, 1, 2, 3]


def test_a_likeness_that_differs_by_rounding_decides_nothing() -> None:
    likeness = np.eye(4)
    likeness[0] = [1.0, 0.6, 0.6 - 1e-9, 0.0]
    assert diversified(np.array([1.0, 0.9, 0.9, 0.0]), likeness, 2) == [0, 1]


def test_fewer_candidates_than_places() -> None:
    assert diversified(np.array([0.4]), np.ones((1, 1)), 5) == [0]
    assert diversified(np.array([]), np.zeros((0, 0)), 5) == []


def test_topics_are_as_near_as_their_cosine_beyond_the_usual_or_as_one_says() -> None:
    """Cosines .5 and less are usual: 0; .65 is half-way to .8; what either names as related is 1."""
    topics = [a_topic("a"), a_topic("b"), a_topic("c", related_ids=("a",))]
    beside = np.sqrt(1 - 0.65**2)
    vectors = np.array([[1.0, 0.0, 0.0], [0.65, beside, 0.0], [0.0, 0.0, 1.0]])
    assert topic_likeness(topics, vectors) == pytest.approx(np.array([[1, 0.5, 1], [0.5, 1, 0], [1, 0, 1]]))


def test_without_embeddings_only_related_topics_are_near() -> None:
    topics = [a_topic("a", related_ids=("b",)), a_topic("b"), a_topic("c")]
    assert topic_likeness(topics, np.zeros((3, 0))).tolist() == [[0, 1, 0], [1, 0, 0], [0, 0, 0]]
    assert topic_likeness([], np.zeros((0, 0))).shape == (0, 0)
