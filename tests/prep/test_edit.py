"""A person's own words in an agenda."""

from dataclasses import replace

import pytest

from domain.agendas import Agenda
from domain.errors import InvalidInput
from prep.edit import EditedTexts, apply_edit, edit_violations, editable_texts
from prep.gates import Gate
from tests.prep.agendas import DELEGATING


def with_question(text: str) -> EditedTexts:
    texts = editable_texts(DELEGATING)
    return replace(texts, segments=(replace(texts.segments[0], questions=(text,)), *texts.segments[1:]))


def first_question(agenda: Agenda) -> tuple[str, tuple[int, ...]]:
    question = agenda.segments[0].questions[0]
    return question.text, question.citations


def test_texts_left_as_they_are_give_the_same_agenda() -> None:
    assert apply_edit(DELEGATING, editable_texts(DELEGATING)) == DELEGATING


def test_a_new_question_cites_what_it_rests_on() -> None:
    edited = apply_edit(DELEGATING, with_question("Which  dashboard\nwill you hand over?"))
    assert first_question(edited) == ("Which dashboard will you hand over?", (1, 4))


def test_minutes_stages_and_facts_stay() -> None:
    edited = apply_edit(DELEGATING, with_question("What now?"))
    assert [(s.stage, s.minutes) for s in edited.segments] == [(s.stage, s.minutes) for s in DELEGATING.segments]
    assert edited.facts == DELEGATING.facts


def test_empty_questions_are_dropped() -> None:
    assert apply_edit(DELEGATING, with_question("  ")).segments[0].questions == ()


@pytest.mark.parametrize(
    ("text", "gate"),
    [
        ("See https://evil.example/x first?", Gate.MARKUP),
        ("<img src=x onerror=alert(1)> and then?", Gate.MARKUP),
        ("What\u202e next?", Gate.INVISIBLE),
        ("why " * 2_000 + "?", Gate.SIZE),
    ],
)
def test_markup_hidden_characters_and_floods_are_refused(text: str, gate: Gate) -> None:
    assert gate in {violation.gate for violation in edit_violations(apply_edit(DELEGATING, with_question(text)))}


def test_an_empty_outcome_is_refused() -> None:
    found = edit_violations(apply_edit(DELEGATING, replace(editable_texts(DELEGATING), outcome=" ")))
    assert [violation.gate for violation in found] == [Gate.SCHEMA]


def test_own_words_are_not_scored() -> None:
    """A leading question with an invented figure would fail a draft; a person may ask it."""
    assert edit_violations(apply_edit(DELEGATING, with_question("Don't you think 37 % is enough, Bob?"))) == []


def test_another_number_of_segments_is_refused() -> None:
    texts = editable_texts(DELEGATING)
    with pytest.raises(InvalidInput, match="segments must be 4, as many as the agenda has, got 3"):
        apply_edit(DELEGATING, replace(texts, segments=texts.segments[:3]))
