"""Needs that no topic meets, gathered from goals and typed needs, and what of their words may be told."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.language import Language
from domain.topics import TopicStatus
from services.context import Context, LazyEncoder
from services.index import refresh_index
from services.spaces import EncoderName
from services.unmet import MOST_TYPED, find_unmet, meaning_words
from store import unit_of_work
from tests.builders import NOW, a_goal, a_person, a_suggestion_set

LOTTERY = "garage lottery"
NAMES = ["Ada Fox", "Вера Цветкова", "Bo Lund", "Cy Reed", "Di Hart", "Eve Park"]
SOME = [f"n{number}" for number in range(len(NAMES))]


@pytest.fixture
def asking(running: Context) -> Context:
    """The company of `running`, and six people who have written nothing yet."""
    with unit_of_work(running.engine, write=True) as store:
        store.people.save(a_person(key, name=name) for key, name in zip(SOME, NAMES, strict=True))
    return running


def write_goals(context: Context, texts: dict[str, str], age_days: int = 1) -> None:
    made = [
        a_goal(f"goal-{key}", key, text=text, created_at=NOW - timedelta(days=age_days)) for key, text in texts.items()
    ]
    with unit_of_work(context.engine, write=True) as store:
        store.goals.save(made)


def type_needs(context: Context, texts: dict[str, str], age_days: int = 1) -> None:
    with unit_of_work(context.engine, write=True) as store:
        for key, text in texts.items():
            at = NOW - timedelta(days=age_days)
            store.suggestions.add(a_suggestion_set(f"set-{key}", person_id=key, need=text, asked_at=at))


def found(context: Context) -> list[tuple[int, int, tuple[str, ...]]]:
    return [(group.people, group.needs, group.words) for group in find_unmet(context)]


def test_goals_and_typed_needs_count_together(asking: Context) -> None:
    write_goals(asking, dict.fromkeys(SOME[:3], LOTTERY))
    refresh_index(asking)
    type_needs(asking, dict.fromkeys(SOME[3:5], LOTTERY))
    assert found(asking) == [(5, 5, ("garage", "lottery"))]


def test_a_text_counts_once_per_person_however_it_came(asking: Context) -> None:
    write_goals(asking, dict.fromkeys(SOME[:5], LOTTERY))
    type_needs(asking, dict.fromkeys(SOME[:5], f" {LOTTERY}\n"))
    assert found(asking) == [(5, 5, ("garage", "lottery"))]


def test_what_a_topic_meets_is_not_missing(asking: Context) -> None:
    write_goals(asking, dict.fromkeys(SOME, "at meetings my voice freezes"))
    assert found(asking) == []


def test_a_retired_topic_meets_nothing(asking: Context) -> None:
    write_goals(asking, dict.fromkeys(SOME, "at meetings my voice freezes"))
    with unit_of_work(asking.engine, write=True) as store:
        catalog = store.catalog.current()
        topics = [
            replace(topic, status=TopicStatus.RETIRED) if topic.id == "speak-up" else topic for topic in catalog.topics
        ]
        store.catalog.publish(catalog.areas, catalog.skills, topics, "retired", NOW)
    assert [people for people, _, _ in found(asking)] == [6]


@pytest.mark.parametrize("age_days", [365, 366])
def test_a_year_is_read(asking: Context, age_days: int) -> None:
    write_goals(asking, dict.fromkeys(SOME[:3], LOTTERY), age_days)
    type_needs(asking, dict.fromkeys(SOME[3:], LOTTERY), age_days)
    assert len(found(asking)) == (age_days == 365)


def test_who_has_left_and_what_is_closed_ask_for_nothing(asking: Context) -> None:
    write_goals(asking, dict.fromkeys(SOME, LOTTERY))
    with unit_of_work(asking.engine, write=True) as store:
        store.people.save([a_person(SOME[0], is_active=False)])
        assert store.people.get(SOME[0]).is_active is False
    assert found(asking) == [(5, 5, ("garage", "lottery"))]
    with unit_of_work(asking.engine, write=True) as store:
        store.goals.close(SOME[1], f"goal-{SOME[1]}", NOW)
    assert found(asking) == []


def test_nobody_is_named_however_many_name_them(asking: Context) -> None:
    write_goals(asking, dict.fromkeys(SOME, "garage lottery of fox and цветковой"))
    assert found(asking) == [(6, 6, ("garage", "lottery"))]


def test_of_many_typed_needs_the_newest_are_read(asking: Context) -> None:
    type_needs(asking, dict.fromkeys(SOME, LOTTERY), age_days=9)
    with unit_of_work(asking.engine, write=True) as store:
        for number in range(MOST_TYPED):
            store.suggestions.add(a_suggestion_set(f"new-{number}", need=f"unlike{number}", asked_at=NOW))
    assert found(asking) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("I need parking permits", {"park": "parking", "permit": "permits"}),
        ("Нужны пропуска на парковку", {"пропуск": "пропуска", "парковка": "парковку"}),
        ("budget'mysecret and budget’s", {"budget": "budget"}),
        ("mail ada@example.org or +44 20 7946 0958, see https://a.example/parking", {"mail": "mail"}),
        ("my pregnancy and the rota", {"rota": "rota"}),
        ("", {}),
    ],
)
def test_the_words_that_carry_meaning(text: str, words: dict[str, str]) -> None:
    assert meaning_words(text) == words


def test_a_language_that_the_encoder_does_not_speak_is_left_out(asking: Context) -> None:
    made = [a_goal(f"ru-{key}", key, text="пропуска на парковку", language=Language.RU) for key in SOME]
    with unit_of_work(asking.engine, write=True) as store:
        store.goals.save(made)
    assert [group.people for group in find_unmet(asking)] == [6]
    only_english = LazyEncoder(EncoderName(asking.encoder.id, frozenset({Language.EN})), lambda: asking.encoder)
    assert find_unmet(replace(asking, encoder=only_english)) == []
