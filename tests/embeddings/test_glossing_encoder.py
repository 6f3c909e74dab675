"""With a glossary before it an English encoder reads both languages, and keeps to the contract of encoders."""

import numpy as np
import pytest

from domain.language import Language
from embeddings import Encoder
from embeddings.glossary import Glossary
from embeddings.glossing_encoder import GlossingEncoder, english_id
from tests.fakes.encoder import FakeEncoder

ENGLISH = FakeEncoder(languages=frozenset({Language.EN}))


def glossing(**meanings: str) -> GlossingEncoder:
    return GlossingEncoder(ENGLISH, lambda: Glossary(meanings), "0123456789abcdef")


def test_russian_is_encoded_as_its_gloss_and_english_as_it_is() -> None:
    encoder = glossing(встреча="meeting")
    rows = encoder.encode(["Встречи", "meeting", "other"])
    np.testing.assert_array_equal(rows, ENGLISH.encode(["meeting", "meeting", "other"]))
    assert encoder.languages == frozenset(Language)


def test_russian_within_english_is_glossed_where_it_stands() -> None:
    encoder = glossing(встреча="meeting", отдел="department")
    rows = encoder.encode(["I always forget what was said at the weekly встреча отдела, again"])
    np.testing.assert_array_equal(
        rows, ENGLISH.encode(["I always forget what was said at the weekly meeting department, again"])
    )


def test_the_glossary_is_part_of_the_id() -> None:
    assert glossing().id == f"{ENGLISH.id}-gloss-01234567"
    assert english_id(glossing().id) == english_id(ENGLISH.id) == ENGLISH.id


def test_english_alone_never_prepares_the_glossary() -> None:
    encoder = GlossingEncoder(ENGLISH, lambda: pytest.fail("the glossary was prepared"), "00")
    assert encoder.encode(["plain words"]).shape == (1, ENGLISH.dim)


@pytest.mark.parametrize(
    ("need", "near", "far"),
    [
        ("я всё делаю сам и не умею делегировать", "I do everything myself and cannot delegate", "reading SQL plans"),
        ("страшно выступать перед директорами", "afraid of speaking to the board", "closing the books each month"),
        ("прод упал ночью, дежурю один", "production went down at night and I am on call", "asking for a raise"),
    ],
)
def test_a_russian_need_is_near_its_english_topic(minilm: Encoder, need: str, near: str, far: str) -> None:
    vectors = minilm.encode([need, near, far])
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2] + 0.15
