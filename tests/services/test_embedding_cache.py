"""Embeddings kept in files: read back as written, encoded again when damaged, never mixed between encoders."""

from pathlib import Path

import numpy as np

from services.embedding_cache import CachedEncoder
from tests.fakes.encoder import FakeEncoder
from tests.services.test_evaluate import CountingEncoder

TEXTS = ["slow queries", "angry relatives", "slow queries", ""]


def test_rows_are_those_of_the_encoder_in_the_order_asked(tmp_path: Path) -> None:
    encoder = FakeEncoder()
    np.testing.assert_allclose(CachedEncoder(encoder, tmp_path)(TEXTS), encoder.encode(TEXTS), atol=1e-6)


def test_what_was_encoded_once_is_read_from_then_on(tmp_path: Path) -> None:
    first = CachedEncoder(FakeEncoder(), tmp_path)(TEXTS)
    counting = CountingEncoder()
    second = CachedEncoder(counting, tmp_path)(TEXTS)
    assert counting.encoded == 0
    np.testing.assert_array_equal(first, second)


def test_another_order_is_another_list(tmp_path: Path) -> None:
    kept = CachedEncoder(FakeEncoder(), tmp_path)
    np.testing.assert_array_equal(kept(TEXTS)[::-1], kept(TEXTS[::-1]))


def test_a_damaged_file_is_encoded_again_and_replaced(tmp_path: Path) -> None:
    expected = CachedEncoder(FakeEncoder(), tmp_path)(TEXTS)
    (path,) = tmp_path.rglob("*.npy")
    whole = path.read_bytes()
    for damaged in (b"", whole[:20], whole[:-1], whole[:-8] + bytes(8), whole[:40] + b"\xff" + whole[41:]):
        path.write_bytes(damaged)
        np.testing.assert_array_equal(CachedEncoder(FakeEncoder(), tmp_path)(TEXTS), expected)
        assert path.read_bytes() == whole


def test_encoders_do_not_share_files(tmp_path: Path) -> None:
    assert CachedEncoder(FakeEncoder(dim=32), tmp_path)(TEXTS).shape == (4, 32)
    assert CachedEncoder(FakeEncoder(dim=64), tmp_path)(TEXTS).shape == (4, 64)


def test_no_texts_give_no_rows(tmp_path: Path) -> None:
    assert CachedEncoder(FakeEncoder(dim=32), tmp_path)([]).shape == (0, 32)


def test_progress_is_told(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    CachedEncoder(FakeEncoder(), tmp_path, lambda done, total, what: told.append((done, total)))(TEXTS)
    assert told == [(3, 3)]
