"""Mentoring sessions and their seats."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import Engine

from domain.errors import InvalidInput, NotFound, SlotTaken
from domain.people import Format
from domain.sessions import SessionStatus
from store import unit_of_work
from tests.builders import NOW, a_session


def test_a_session_comes_back_as_saved_with_its_mentees_in_order(company: Engine) -> None:
    session = a_session(mentee_ids=("p2", "m2", "p1"), format=Format.GROUP, minutes=30, next_step="One task by Friday")
    with unit_of_work(company, write=True) as store:
        assert store.sessions.save([session]) == 1
        assert store.sessions.save([session]) == 0
    with unit_of_work(company) as store:
        assert store.sessions.get("s1") == session


def test_a_session_without_a_time_stays_without(company: Engine) -> None:
    request = a_session(status=SessionStatus.REQUESTED, starts_at=None)
    with unit_of_work(company, write=True) as store:
        store.sessions.save([request])
        assert store.sessions.list() == [request]


def test_a_time_is_given_back_in_utc_whatever_zone_it_came_in(company: Engine) -> None:
    nepal = timezone(timedelta(hours=5, minutes=45))
    with unit_of_work(company, write=True) as store:
        store.sessions.save([a_session(starts_at=datetime(2026, 3, 5, 1, 0, tzinfo=nepal))])
    with unit_of_work(company) as store:
        starts_at = store.sessions.get("s1").starts_at
    assert starts_at == datetime(2026, 3, 4, 19, 15, tzinfo=UTC)
    assert starts_at is not None
    assert starts_at.tzinfo is UTC


def test_sessions_come_by_mentee_and_by_mentor_oldest_first(company: Engine) -> None:
    sessions = [
        a_session("s3", created_at=NOW + timedelta(hours=1)),
        a_session("s2", mentee_ids=("p2", "p1"), starts_at=None),
        a_session("s1", mentor_id="m2", mentee_ids=("p2",), starts_at=None),
    ]
    with unit_of_work(company, write=True) as store:
        store.sessions.save(sessions)
    with unit_of_work(company) as store:
        assert [session.id for session in store.sessions.list()] == ["s1", "s2", "s3"]
        assert store.sessions.of_person("p1") == [sessions[1], sessions[0]]
        assert store.sessions.of_person("m1") == []
        assert store.sessions.of_mentor("m2") == [sessions[2]]


def test_a_mentee_who_leaves_the_group_loses_the_seat(company: Engine) -> None:
    with unit_of_work(company, write=True) as store:
        store.sessions.save(
            [a_session("s1", mentee_ids=("p1", "p2")), a_session("s2", mentee_ids=("p1", "p2"), starts_at=None)]
        )
        assert store.sessions.save([a_session("s1", mentee_ids=("p2",))]) == 1
        assert [session.id for session in store.sessions.of_person("p1")] == ["s2"]


def test_an_unknown_session_is_not_found(company: Engine) -> None:
    with unit_of_work(company) as store, pytest.raises(NotFound, match="session must exist, got s404"):
        store.sessions.get("s404")


def test_an_unknown_topic_mentor_or_mentee_is_named(company: Engine) -> None:
    with unit_of_work(company, write=True) as store:
        with pytest.raises(InvalidInput, match=r"topic_id .* got juggling"):
            store.sessions.save([a_session(topic_id="juggling")])
        with pytest.raises(InvalidInput, match=r"person_id .* got m404"):
            store.sessions.save([a_session(mentor_id="m404")])
        with pytest.raises(InvalidInput, match=r"person_id .* got p404"):
            store.sessions.save([a_session(mentee_ids=("p1", "p404"))])


def test_a_session_that_begins_is_kept_with_its_mentees_and_its_time(company: Engine) -> None:
    begun = a_session(mentee_ids=("p1", "p2"))
    with unit_of_work(company, write=True) as store:
        store.sessions.add(begun)
    with unit_of_work(company) as store:
        assert store.sessions.list() == [begun]
    with pytest.raises(SlotTaken), unit_of_work(company, write=True) as store:
        store.sessions.add(a_session("s2", mentee_ids=("p2",)))


@pytest.mark.parametrize("wrong", [{"mentor_id": "x"}, {"mentee_ids": ("x",)}, {"topic_id": "x"}])
def test_a_session_with_somebody_unknown_does_not_begin(company: Engine, wrong: dict[str, object]) -> None:
    with pytest.raises(InvalidInput), unit_of_work(company, write=True) as store:
        store.sessions.add(a_session(**wrong))


def test_minutes_given_are_of_this_mentor_these_statuses_and_this_span(company: Engine) -> None:
    at = NOW + timedelta(days=3)
    booked = frozenset({SessionStatus.BOOKED})
    with unit_of_work(company, write=True) as store:
        store.sessions.save(
            [
                a_session("first", starts_at=at),
                a_session("no time yet", starts_at=None, minutes=15, created_at=at + timedelta(minutes=5)),
                a_session("too late", starts_at=at + timedelta(days=1)),
                a_session("called off", starts_at=at, status=SessionStatus.CANCELLED),
                a_session("another's", starts_at=at, mentor_id="m2", mentee_ids=("p2",)),
                a_session("left out", starts_at=at + timedelta(hours=2)),
            ]
        )
    with unit_of_work(company) as store:
        given = store.sessions.minutes_given("m1", booked, at, at + timedelta(days=1), without="left out")
    assert sorted(given) == [(at, 20), (at + timedelta(minutes=5), 15)]
