"""Diversity by hand, from vectors whose cosines are known."""

import numpy as np
import pytest

from recommender.evaluate.diversity import dissimilarities

VECTORS = np.array([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0], [-1.0, 0.0], [0.0, 0.0]], dtype=np.float32)
ROW_OF = {key: row for row, key in enumerate("abcdz")}


@pytest.mark.parametrize(
    ("ranking", "by_hand"),
    [
        ("ab", 0.0),
        ("ac", 1.0),
        ("ad", 2.0),
        ("abc", 2 / 3),  # of three pairs one is alike, two are at right angles
        ("az", 1.0),  # nothing is known of z: it is like nothing
        ("a", 0.0),
        ("", 0.0),
        ("abccc", 2 / 3),  # only the first three count
    ],
)
def test_by_hand(ranking: str, by_hand: float) -> None:
    assert dissimilarities([list(ranking)], VECTORS, ROW_OF, k=3) == pytest.approx([by_hand])
