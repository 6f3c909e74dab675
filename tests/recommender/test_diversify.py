"""The best stays first; a near twin gives way to something else."""

import numpy as np

from recommender.diversify import diversified

TWINS_AND_ANOTHER = np.array([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0]])


def test_a_twin_of_the_best_gives_way() -> None:
    """Stretched scores 1, .95, .8 (the fourth is 0): .8 * .95 - .2 = .56 < .8 * .8 = .64."""
    vectors = np.vstack([TWINS_AND_ANOTHER, [[0.0, 1.0]]])
    assert diversified(np.array([1.0, 0.95, 0.8, 0.0]), vectors, 3) == [0, 2, 1]


def test_a_much_better_twin_does_not() -> None:
    """.8 * .95 - .2 = .56 > .8 * .6 = .48."""
    vectors = np.vstack([TWINS_AND_ANOTHER, [[0.0, 1.0]]])
    assert diversified(np.array([1.0, 0.95, 0.6, 0.0]), vectors, 3) == [0, 1, 2]


def test_without_regard_for_likeness_the_order_stays() -> None:
    assert diversified(np.array([0.9, 0.8, 0.7]), TWINS_AND_ANOTHER, 3, fit=1.0) == [0, 1, 2]


def test_equals_keep_their_order() -> None:
    assert diversified(np.full(4, 0.5), np.zeros((4, 2)), 4) == [0, 1, 2, 3]


def test_a_likeness_that_differs_by_rounding_decides_nothing() -> None:
    vectors = np.array([[1.0, 0.0], [0.6, 0.8], [0.6 - 1e-9, 0.8], [0.0, 1.0]])
    assert diversified(np.array([1.0, 0.9, 0.9, 0.0]), vectors, 2) == [0, 1]


def test_without_embeddings_the_order_stays() -> None:
    assert diversified(np.array([0.9, 0.8, 0.7]), np.zeros((3, 0)), 2) == [0, 1]


def test_fewer_candidates_than_places() -> None:
    assert diversified(np.array([0.4]), np.ones((1, 2)), 5) == [0]
    assert diversified(np.array([]), np.zeros((0, 2)), 5) == []
