"""The drafter's own sentences: complete in both languages, and well-formed questions."""

import re
from dataclasses import fields

import pytest

from domain.agendas import FactKind
from domain.language import Language
from domain.people import Format
from domain.topics import Stage
from prep.forms import is_leading, is_open, is_short, is_stacked
from prep.limits import DEADLINE
from prep.wording import Wording, wording_of


def strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, tuple) else ()
    return [text for part in parts for text in strings(part)]


def all_strings(wording: Wording) -> list[str]:
    return [text for field in fields(wording) for text in strings(getattr(wording, field.name))]


def questions(wording: Wording) -> list[str]:
    kinds = (
        wording.own_words,
        wording.own_question,
        wording.own_wish,
        wording.first_need,
        wording.group_words,
        wording.gaps,
        wording.low_gaps,
    )
    more = (wording.shared_gaps, wording.ask_for_goal, wording.general, wording.foreign_words)
    return [text for value in (*kinds, *more) for text in strings(value)]


@pytest.mark.parametrize("language", list(Language))
def test_every_question_is_open_not_leading_single_and_short(language: Language) -> None:
    for pattern in questions(wording_of(language)):
        text = pattern.format(quote="q", topic="t", skill="s", held=1, wanted=3)
        assert is_open(text), text
        assert not is_leading(text), text
        assert not is_stacked(text), text
        assert is_short(text, language), text


@pytest.mark.parametrize("language", list(Language))
def test_both_languages_fill_the_same_slots(language: Language) -> None:
    wording = wording_of(language)
    assert set(wording.titles) == set(wording.outcome_openings) == set(wording.summary_openings) == set(Format)
    assert all(set(titles) == set(Stage) for titles in wording.titles.values())
    assert set(wording.own_words) == {
        FactKind.NEED,
        FactKind.GOAL,
        FactKind.LAST_FEEDBACK,
        FactKind.LAST_NEXT_STEP,
    }
    assert set(wording.notes) == set(wording_of(Language.EN).notes)
    assert set(wording.general) == set(Stage)


def test_inserted_text_stands_in_quotation_marks_so_that_russian_needs_no_case() -> None:
    inserted = re.compile(r"(.)\{(?:quote|phrase|skill|topic|mentor|role)\}(.)")
    wording = wording_of(Language.RU)
    patterns = [text for text in all_strings(wording) if text not in (wording.gap_fact, wording.shared_gap_fact)]
    around = [pair for text in patterns for pair in inserted.findall(text)]
    assert len(around) > 50
    assert set(around) <= {("«", "»"), ("“", "”")}


def test_russian_keeps_to_the_polite_address_and_to_its_own_quotation_marks() -> None:
    texts = " ".join(all_strings(wording_of(Language.RU))).casefold()
    assert not re.search(r"\b(?:ты|тебе|тебя|твой|твоя)\b", texts)
    assert '"' not in texts
    assert not re.search(r"\b(?:данн(?:ый|ая|ое)|осуществ\w+)\b", texts)


def test_english_uses_curly_marks_and_no_exclamation() -> None:
    texts = " ".join(all_strings(wording_of(Language.EN)))
    assert '"' not in texts
    assert "!" not in texts


@pytest.mark.parametrize("language", list(Language))
def test_every_deadline_is_seen_as_one(language: Language) -> None:
    wording = wording_of(language)
    for deadline in (*wording.deadlines, wording.long_deadline):
        assert DEADLINE.search(deadline), deadline
