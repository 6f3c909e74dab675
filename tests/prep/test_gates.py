"""Each gate rejects what it is meant for, and nothing that a good agenda holds."""

from dataclasses import replace

import pytest

from domain.agendas import Agenda, Line, Question
from domain.people import Format
from domain.topics import Stage
from prep import Gate, find_violations
from tests.prep.agendas import DELEGATING, GOOD, RUSSIAN_QUERIES


def gates(agenda: Agenda, known_text: str = "") -> set[Gate]:
    return {violation.gate for violation in find_violations(agenda, known_text)}


def with_note(agenda: Agenda, text: str) -> Agenda:
    first = replace(agenda.segments[0], note=Line(text, (1,)))
    return replace(agenda, segments=(first, *agenda.segments[1:]))


def with_question(agenda: Agenda, text: str, *citations: int) -> Agenda:
    first = replace(agenda.segments[0], questions=(Question(text, Stage.GOAL, citations or (1,)),))
    return replace(agenda, segments=(first, *agenda.segments[1:]))


@pytest.mark.parametrize("name", GOOD)
def test_good_agendas_pass_every_gate(name: str) -> None:
    assert find_violations(GOOD[name][0]) == []


@pytest.mark.parametrize(
    ("text", "gate"),
    [
        ("Что вы хотите обсудить сегодня?", Gate.LANGUAGE),
        ("What does 计划 mean to you?", Gate.LANGUAGE),
        ("What does your \u200bteam need?", Gate.INVISIBLE),
        ("What does your \u202eteam need?", Gate.INVISIBLE),
        ("What does https://evil.example say?", Gate.MARKUP),
        ("What does evil.com/free say?", Gate.MARKUP),
        ("What does <b>your</b> team need?", Gate.MARKUP),
        ("What does **your** team need?", Gate.MARKUP),
        ("What does ![x](http://e.example/p.png) show?", Gate.MARKUP),
        ("What should @anna do?", Gate.MARKUP),
        ("What should <!channel> do?", Gate.MARKUP),
        ("What would `rm` do?", Gate.MARKUP),
        ("What may I write to boss@example.org?", Gate.MARKUP),
        ("As a language model, what should I ask?", Gate.LEAK),
        ("What does my system prompt say?", Gate.LEAK),
        ("How does your religion see it?", Gate.TABOO),
        ("How does your husband see it?", Gate.TABOO),
        ("What would Maria Lopez say?", Gate.INVENTED_NAME),
        ("What does Globex do about it?", Gate.INVENTED_NAME),
        ("How would you save 37 % of your hours?", Gate.INVENTED_FIGURE),
        ("How would you save $500 a month?", Gate.INVENTED_FIGURE),
        ("What did you plan in 2019?", Gate.INVENTED_FIGURE),
        ("What " + "very " * 34 + "long?", Gate.LONG_QUESTION),
    ],
)
def test_a_question_that_may_not_be_shown_is_rejected_for_its_reason(text: str, gate: Gate) -> None:
    assert gates(with_question(DELEGATING, text)) == {gate}


@pytest.mark.parametrize(
    "text",
    [
        "What will you do on Monday or in March?",
        "How would the HR team see it?",
        "What would the client say about “fix every dashboard myself”?",
        "What would I hear if I asked the client?",
    ],
)
def test_weekdays_short_forms_and_true_quotations_are_fine(text: str) -> None:
    assert gates(with_question(DELEGATING, text)) == set()


def test_a_name_or_figure_that_a_fact_or_the_topic_carries_is_not_invented() -> None:
    agenda = with_question(DELEGATING, "What does Power BI change for 37 % of clients?")
    assert gates(agenda) == {Gate.INVENTED_NAME, Gate.INVENTED_FIGURE}
    assert gates(agenda, "Power BI serves 37 % of them") == set()


def test_a_taboo_word_of_the_topic_is_its_subject() -> None:
    agenda = with_question(DELEGATING, "How do you tell a pregnant patient about the risk?")
    assert gates(agenda) == {Gate.TABOO}
    assert gates(agenda, "Talking with a pregnant patient") == set()


def test_foreign_words_pass_only_as_a_true_quotation() -> None:
    assert gates(with_question(RUSSIAN_QUERIES, "What should we do about the report today?")) == {Gate.LANGUAGE}
    assert gates(with_question(RUSSIAN_QUERIES, "Что покажет code review и SQL profiler?"), "SQL profiler") == set()


def test_familiar_and_polite_address_do_not_mix() -> None:
    assert gates(with_question(RUSSIAN_QUERIES, "Что ты скажешь директору про отчёт?")) == {Gate.ADDRESS}
    assert gates(with_question(RUSSIAN_QUERIES, "Что скажешь директору про отчёт?")) == {Gate.ADDRESS}
    titled = replace(RUSSIAN_QUERIES.facts[2], text="Медленные запросы: когда сидишь и ждёшь")
    agenda = replace(RUSSIAN_QUERIES, facts=(*RUSSIAN_QUERIES.facts[:2], titled))
    assert gates(with_question(agenda, "Что вы делаете с отчётом, когда сидишь и ждёшь?")) == set()
    assert gates(with_question(RUSSIAN_QUERIES, "Что в отчёте важно, а что лишь брешь?")) == set()
    assert gates(with_question(RUSSIAN_QUERIES, "Что ответить на «ты опять опоздал с отчётом»?")) == set()


@pytest.mark.parametrize("minutes", [2.5, 4, -3, 0])
def test_minutes_must_sum_exactly(minutes: float) -> None:
    first = replace(DELEGATING.segments[0], minutes=minutes)
    assert gates(replace(DELEGATING, segments=(first, *DELEGATING.segments[1:]))) == {Gate.MINUTES}


def test_an_unknown_fact_is_rejected() -> None:
    assert gates(replace(DELEGATING, next_step=Line(DELEGATING.next_step.text, (9,)))) == {Gate.UNKNOWN_FACT}


def test_the_same_question_twice_is_rejected() -> None:
    text = DELEGATING.questions[1].text
    assert gates(with_question(DELEGATING, text.upper().replace("WHICH", "Which"))) >= {Gate.DUPLICATE}


def test_too_many_segments_questions_or_characters_are_rejected() -> None:
    many = replace(
        DELEGATING, minutes=20, segments=tuple(replace(DELEGATING.segments[0], minutes=20 / 9) for _ in range(9))
    )
    assert Gate.SIZE in gates(many)
    assert gates(with_note(DELEGATING, "word " * 1_300)) == {Gate.SIZE}


@pytest.mark.parametrize(
    "text", ["What would " + "a long sentence about dashboards " * 6 + "say?", "Which one? Whose?"]
)
def test_a_chat_message_is_short_and_asks_one_thing(text: str) -> None:
    agenda = with_question(DELEGATING, text)
    assert gates(agenda) == set()
    assert gates(replace(agenda, format=Format.CHAT)) == {Gate.LONG_MESSAGE}


@pytest.mark.parametrize("place", ["outcome", "next_step"])
def test_an_empty_line_is_rejected(place: str) -> None:
    assert gates(replace(DELEGATING, **{place: Line(" ", (1,))})) == {Gate.SCHEMA}


def test_an_agenda_without_questions_is_rejected() -> None:
    segments = tuple(replace(segment, questions=()) for segment in DELEGATING.segments)
    assert gates(replace(DELEGATING, segments=segments)) == {Gate.SCHEMA}


def test_a_violation_names_its_place_and_holds_no_text() -> None:
    violations = find_violations(with_question(DELEGATING, "What would Maria say?"))
    assert [violation.place for violation in violations] == ["segment 1 question 1"]
