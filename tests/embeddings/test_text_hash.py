"""A text's hash: the published SHA-256 of the folded text, blind to white space and Unicode form."""

import hashlib

import pytest

from embeddings import text_hash
from embeddings.text_hash import folded


def test_it_is_the_sha256_of_the_text() -> None:
    assert text_hash("say no") == hashlib.sha256(b"say no").hexdigest()


@pytest.mark.parametrize("same", ["say  no", " say no\n", "say\tno", "say\u00a0no"])
def test_white_space_is_folded(same: str) -> None:
    assert text_hash(same) == text_hash("say no")


def test_composed_and_decomposed_letters_are_one() -> None:
    assert text_hash("мои\u0306") == text_hash("мой")


@pytest.mark.parametrize("other", ["Say no", "say no.", "sayno", "say  not"])
def test_another_text_has_another_hash(other: str) -> None:
    assert text_hash(other) != text_hash("say no")


def test_a_lone_surrogate_does_not_break_it() -> None:
    assert folded("why \ud800") == "why ?"
