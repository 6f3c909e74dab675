"""Company words: found whatever their ending and case, the longest first, spelled out through one another."""

import numpy as np
import pytest

from domain.errors import InvalidInput
from domain.words import CompanyWord
from embeddings import CompanyWords, SpellingEncoder
from tests.contracts.encoder_contract import EncoderContract
from tests.fakes.encoder import FakeEncoder

WORDS = CompanyWords(
    [
        CompanyWord("ATLAS", "client database"),
        CompanyWord("ATLAS light", "phone app"),
        CompanyWord("Ромашка", "ежемесячная встреча отдела"),
        CompanyWord("Д-17", "приказ о премиях"),
        CompanyWord("ромашковод", "кто ведёт Ромашку"),
    ]
)


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        ("Atlas is slow, again!", "client database is slow, again!"),
        ("ATLAS light: no idea", "phone app: no idea"),
        ("Не успеваю к Ромашке", "Не успеваю к ежемесячная встреча отдела"),
        ("что делать с Д-17?", "что делать с приказ о премиях?"),
        ("я ромашковод", "я кто ведёт ежемесячная встреча отдела"),
        ("ATLAS тормозит", "client database тормозит"),
        ("nothing of the kind", "nothing of the kind"),
        ("", ""),
    ],
)
def test_a_text_is_spelled_out(text: str, spelled: str) -> None:
    assert WORDS.spell_out(text) == spelled


def test_the_meanings_in_a_text_come_in_their_order() -> None:
    assert WORDS.meanings_in("Д-17 в ATLAS") == ["приказ о премиях", "client database"]
    assert CompanyWords().meanings_in("Д-17") == []


@pytest.mark.parametrize(
    ("words", "circle"),
    [
        ({"SLA": "our SLA rules"}, "SLA → SLA"),
        ({"A1": "see B2", "B2": "see C3", "C3": "see A1"}, "A1 → B2 → C3 → A1"),
        ({"Ромашка": "встреча лютиков", "лютик": "кто ходит на Ромашку"}, "Ромашка → лютик → Ромашка"),
    ],
)
def test_meanings_that_lead_round_are_refused(words: dict[str, str], circle: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        CompanyWords(CompanyWord(*word) for word in words.items())
    assert (caught.value.rule, caught.value.got) == ("not lead back to its own term", circle)


def test_one_term_in_two_spellings_is_refused() -> None:
    with pytest.raises(InvalidInput, match="term must come once, got ромашки"):
        CompanyWords([CompanyWord("Ромашка", "встреча"), CompanyWord("ромашки", "отчёт")])


@pytest.mark.parametrize(
    ("term", "meaning", "says"),
    [
        ("", "x", "term must hold a word"),
        ("-", "x", "term must hold a word"),
        ("x", " ", "meaning must hold a word"),
        ("x" * 61, "x", "term must have at most 60 characters, got 61"),
        ("x", "y" * 201, "meaning must have at most 200 characters, got 201"),
    ],
)
def test_an_unusable_word_is_refused(term: str, meaning: str, says: str) -> None:
    with pytest.raises(InvalidInput, match=says):
        CompanyWord(term, meaning)


def test_texts_are_encoded_as_they_are_spelled_out() -> None:
    inner = FakeEncoder()
    encoder = SpellingEncoder(inner, WORDS)
    np.testing.assert_array_equal(encoder.encode(["Atlas"]), inner.encode(["client database"]))
    assert encoder.id == inner.id


class TestSpellingEncoder(EncoderContract):
    @pytest.fixture
    def encoder(self) -> SpellingEncoder:
        return SpellingEncoder(FakeEncoder(), WORDS)
