"""Dataclasses to JSON and back."""

import json
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.agendas import Agenda
from domain.language import Language, LocalText
from domain.people import Format, WeeklyHours
from domain.suggestions import SuggestionSet, TopicSuggestion
from domain.topics import Stage, Topic
from store.dataclass_json import all_from_json, from_json, to_json
from tests.builders import NOW, a_suggestion_set, a_topic, an_agenda

NAMES = st.text(st.characters(exclude_categories=["Cs"]))
FINITE = st.floats(allow_nan=False, allow_infinity=False)


def through_text(value: object) -> object:
    return json.loads(json.dumps(to_json(value), ensure_ascii=False))


@pytest.mark.parametrize("value", [an_agenda(), a_suggestion_set(), a_topic()], ids=["agenda", "suggestions", "topic"])
def test_what_comes_back_equals_what_went(value: Agenda | SuggestionSet | Topic) -> None:
    assert from_json(type(value), through_text(value)) == value


def test_kinds_come_back_as_kinds() -> None:
    read = from_json(Topic, through_text(a_topic()))
    assert set(read.questions) == set(Stage)
    assert all(type(stage) is Stage for stage in read.questions)
    assert all(type(one) is Format for one in read.formats)
    agenda = from_json(Agenda, through_text(an_agenda()))
    assert (type(agenda.language), type(agenda.segments[0].questions[0].stage)) == (Language, Stage)
    assert type(agenda.segments[0].questions) is tuple


def test_the_json_is_plain() -> None:
    hours = WeeklyHours(0, time(9, 30), time(23, 59, 59))
    assert to_json(hours) == {"weekday": 0, "start": "09:30:00", "end": "23:59:59"}
    assert to_json({Stage.WILL: (1.5, None)}) == {"will": [1.5, None]}
    assert to_json(frozenset({"b", "a"})) == ["a", "b"]
    assert to_json(datetime(2026, 3, 2, 12, tzinfo=ZoneInfo("Europe/Moscow"))) == "2026-03-02T09:00:00+00:00"
    assert type(to_json(Stage.WILL)) is str


@given(title=NAMES, score=FINITE, scores=st.dictionaries(NAMES, FINITE))
def test_any_text_and_number_survive(title: str, score: float, scores: dict[str, float]) -> None:
    agenda = an_agenda(title=title)
    assert from_json(Agenda, through_text(agenda)) == agenda
    topic = replace(a_suggestion_set().topics[0], score=score, features=scores)
    assert all_from_json(TopicSuggestion, [through_text(topic)]) == (topic,)


@dataclass(frozen=True)
class Grown:
    """As `LocalText`, after a release that dropped `ru` and added two fields."""

    en: str
    tags: tuple[str, ...] = ()
    read_at: datetime | None = None
    notes: dict[str, int] = field(default_factory=dict)


def test_json_of_an_older_release_is_read_with_defaults() -> None:
    assert from_json(Grown, to_json(LocalText("a", "б"))) == Grown("a")
    full = Grown("a", ("x", "y"), NOW.astimezone(UTC), {"n": 1})
    assert from_json(Grown, through_text(full)) == full
