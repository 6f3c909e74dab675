"""Who types on does not wait for what was embedded a moment ago; what comes back is what the encoder says."""

from collections.abc import Sequence

import numpy as np

from services.recent_vectors import RecentVectors
from tests.fakes.encoder import FakeEncoder


class Counting(FakeEncoder):
    """An encoder that notes what it was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[list[str]] = []

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        self.asked.append(list(texts))
        return super().encode(texts)


def test_only_what_is_new_is_embedded_and_the_rows_are_the_encoders() -> None:
    encoder, recent = Counting(), RecentVectors()
    recent.encode(encoder, 1, ["a b c", "b c"])
    rows = recent.encode(encoder, 1, ["b c", "b c d", "b c"])
    assert encoder.asked == [["a b c", "b c"], ["b c d"]]
    assert np.array_equal(rows, FakeEncoder().encode(["b c", "b c d", "b c"]))


def test_what_is_read_otherwise_is_embedded_anew() -> None:
    encoder, recent = Counting(), RecentVectors()
    for words in (1, 2):
        recent.encode(encoder, words, ["a"])
    assert encoder.asked == [["a"], ["a"]]


def test_the_oldest_go_first() -> None:
    encoder, recent = Counting(), RecentVectors(most=2)
    for text in ("a", "b", "a", "c", "a", "b"):
        recent.encode(encoder, 1, [text])
    assert encoder.asked == [["a"], ["b"], ["c"], ["b"]]


def test_more_than_fits_is_answered_all_the_same() -> None:
    rows = RecentVectors(most=1).encode(Counting(), 1, ["a", "b", "c"])
    assert rows.shape == (3, 64)
