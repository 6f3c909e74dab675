"""Refreshing encodes each distinct text without a vector once, and tells how far it is."""

import numpy as np
import pytest

from embeddings import embed_missing, text_hash
from tests.fakes.encoder import FakeEncoder


class CountingEncoder(FakeEncoder):
    def __init__(self) -> None:
        super().__init__()
        self.batches: list[list[str]] = []

    def encode(self, texts: list[str]) -> np.ndarray:
        self.batches.append(list(texts))
        return super().encode(texts)


def test_each_distinct_text_is_encoded_once_and_known_ones_not_at_all() -> None:
    encoder = CountingEncoder()
    vectors = embed_missing(encoder, ["say no", "ask why", "say  no ", "known"], {text_hash("known")})
    assert encoder.batches == [["say no", "ask why"]]
    assert list(vectors) == [text_hash("say no"), text_hash("ask why")]


def test_vectors_stand_under_the_hash_of_their_text(fake_encoder: FakeEncoder) -> None:
    texts = ["longer than the others by far", "short", "middle one"]
    vectors = embed_missing(fake_encoder, texts, [])
    for text in texts:
        assert vectors[text_hash(text)] == pytest.approx(fake_encoder.encode([text])[0], abs=1e-6)


def test_progress_is_told_after_every_batch(fake_encoder: FakeEncoder) -> None:
    steps: list[tuple[int, int, str]] = []
    embed_missing(fake_encoder, (f"text {number}" for number in range(600)), set(), lambda *step: steps.append(step))
    assert steps == [(256, 600, "Encoding texts"), (512, 600, "Encoding texts"), (600, 600, "Encoding texts")]


def test_like_lengths_go_together() -> None:
    encoder = CountingEncoder()
    embed_missing(encoder, ["x" * (number * 7 % 600 + 1) for number in range(600)], set())
    lengths = [len(text) for batch in encoder.batches for text in batch]
    assert lengths == list(range(1, 601))


def test_nothing_missing_encodes_nothing() -> None:
    encoder = CountingEncoder()
    assert embed_missing(encoder, [], set()) == {}
    assert encoder.batches == []
