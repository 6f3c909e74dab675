"""Mentors with time within a week: a rule, minutes left, hours at all; counted per topic."""

from datetime import timedelta

import pytest

from domain.language import Language
from domain.people import Format
from recommender.supply import count_free_soon
from tests.builders import NOW, a_person, a_session, a_topic
from tests.recommender.spaces import a_pool, mentors

TOPICS = [a_topic(), a_topic("other"), a_topic("third")]


def counted(person_id: str = "p1", sessions: object = (), **changes: object) -> list[int]:
    people, offers = mentors("m1", "m2", **changes)
    pool = a_pool(people, offers, sessions=sessions)
    counts = count_free_soon(pool, TOPICS, a_person(person_id), NOW, Language.EN)
    return [counts[topic.id] for topic in TOPICS]


def test_everyone_who_offers_and_has_time_counts() -> None:
    assert counted() == [2, 0, 0]
    assert counted(topic_ids=frozenset({"other", "third"})) == [0, 2, 2]


def test_who_may_not_be_chosen_does_not_count() -> None:
    assert counted("m1") == [1, 0, 0]
    assert counted(formats=frozenset({Format.CHAT})) == [2, 0, 0]
    assert counted(paused_until=NOW + timedelta(days=1)) == [0, 0, 0]


def test_who_keeps_no_hours_does_not_count() -> None:
    assert counted(weekly_hours=()) == [0, 0, 0]


@pytest.mark.parametrize(("days", "count"), [((0, 7), 1), ((0,), 2), ((7,), 2), ((14, 21), 2)])
def test_who_gave_away_this_week_and_the_next_does_not_count(days: tuple[int, ...], count: int) -> None:
    sessions = [
        a_session(f"s{day}-{n}", mentor_id="m1", minutes=30, starts_at=NOW + timedelta(days=day, hours=n))
        for day in days
        for n in range(2)
    ]
    assert counted(sessions=sessions, capacity_minutes_per_week=60)[0] == count


def test_no_topics_and_no_mentors_are_no_fault() -> None:
    pool = a_pool([], [])
    assert count_free_soon(pool, [], a_person(), NOW, Language.EN) == {}
    assert count_free_soon(pool, TOPICS[:1], None, NOW, Language.EN) == {"delegate-work": 0}
