"""Free times know both sides; a wanted time may be or is refused with the next; minutes go by the mentor's days."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from domain.availability import Absence, Availability, DateHours, Interval, Stretch
from domain.blocks import Block
from domain.errors import InvalidInput, InvalidTime, NotFound
from domain.people import WeeklyHours
from domain.sessions import SessionStatus
from services.availability import MinutesLeft, check_time, free_times, minutes_left, times_with_mentor
from services.context import Context
from services.suggest import mentors_for_topic
from store import unit_of_work
from tests.builders import NOW, a_person, a_session, an_offer

ALL_WEEK = tuple(WeeklyHours(day, time(9), time(10)) for day in range(7))


def utc(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def starts(context: Context, minutes: int = 20, mentees: tuple[str, ...] = ("p1",), days: int = 3) -> list[str]:
    """Return the starts on the wall in Berlin, UTC+1."""
    found = free_times(context, "m1", mentees, minutes, days=days)
    return [f"{start + timedelta(hours=1):%a %H:%M}" for start in found]


@pytest.fixture
def mentoring(running: Context) -> Context:
    """m1 has an hour of each day: 09:00-10:00 in Berlin."""
    with unit_of_work(running.engine, write=True) as store:
        store.offers.save([an_offer("m1", weekly_hours=ALL_WEEK, capacity_minutes_per_week=60)])
    return running


def keep_busy(context: Context, person_id: str, *intervals: Interval) -> None:
    with unit_of_work(context.engine, write=True) as store:
        store.availability.replace_busy(person_id, NOW, NOW + timedelta(days=30), intervals)


def say(context: Context, **said: object) -> None:
    with unit_of_work(context.engine, write=True) as store:
        store.availability.save("m1", replace(Availability(), **said))  # type: ignore[arg-type]


def test_who_said_nothing_is_free_in_the_weekly_hours_a_day_ahead(mentoring: Context) -> None:
    assert starts(mentoring) == [
        "Wed 09:00", "Wed 09:10", "Wed 09:20", "Wed 09:30", "Wed 09:40",
        "Thu 09:00", "Thu 09:10", "Thu 09:20", "Thu 09:30", "Thu 09:40",
    ]  # fmt: skip
    assert free_times(mentoring, "m1", ["p1"], 20, days=3, limit=2) == [utc(3, 4, 8), utc(3, 4, 8, 10)]


def test_calendars_and_absences_of_both_sides_are_stepped_over(mentoring: Context) -> None:
    keep_busy(mentoring, "m1", (utc(3, 4, 8), utc(3, 4, 8, 30)))
    keep_busy(mentoring, "p1", (utc(3, 4, 8, 40), utc(3, 4, 9)))
    with unit_of_work(mentoring.engine, write=True) as store:
        store.availability.add_absence(Absence("a1", "p1", utc(3, 5, 0), utc(3, 5, 8, 40)))
    assert starts(mentoring) == ["Thu 09:40"]
    assert starts(mentoring, mentees=("m2",))[:3] == ["Wed 09:30", "Wed 09:40", "Thu 09:00"]


def test_sessions_of_both_sides_are_stepped_over_and_the_buffer_after_those_given(mentoring: Context) -> None:
    say(mentoring, buffer_minutes=15)
    with unit_of_work(mentoring.engine, write=True) as store:
        store.people.save([a_person("p2")])
        store.sessions.save(
            [
                a_session("s1", mentor_id="m1", mentee_ids=("p2",), starts_at=utc(3, 4, 8), minutes=15),
                a_session("s2", mentor_id="m2", mentee_ids=("p1",), starts_at=utc(3, 5, 8, 20)),
            ]
        )
    assert starts(mentoring) == ["Wed 09:30", "Wed 09:40", "Thu 09:00", "Thu 09:40"]


def test_days_of_own_hours_notice_and_lengths_count(mentoring: Context) -> None:
    say(mentoring, notice_hours=60, session_minutes=frozenset({30}))
    with unit_of_work(mentoring.engine, write=True) as store:
        store.availability.save_date_hours("m1", DateHours(date(2026, 3, 5), (Stretch(time(13), time(13, 30)),)))
    assert starts(mentoring, 30, days=4) == ["Thu 13:00", *[f"Fri 09:{minute}0" for minute in range(4)]]
    assert starts(mentoring, 20) == []


def test_full_weeks_and_months_and_pauses_have_no_times(mentoring: Context) -> None:
    say(mentoring, minutes_per_month=40)
    held = a_session("s1", mentor_id="m1", status=SessionStatus.HELD, starts_at=utc(3, 1, 9))
    with unit_of_work(mentoring.engine, write=True) as store:
        store.sessions.save([held])
        assert minutes_left(store, "m1", utc(3, 31, 21)) == MinutesLeft(week=60, month=20)
    assert len(starts(mentoring)) == 10
    assert starts(mentoring, 25) == []
    with unit_of_work(mentoring.engine, write=True) as store:
        store.availability.save("m1", Availability())
        offer = an_offer("m1", weekly_hours=ALL_WEEK, paused_until=utc(3, 5, 8, 30))
        store.offers.save([offer])
    assert starts(mentoring) == ["Thu 09:30", "Thu 09:40"]
    with unit_of_work(mentoring.engine, write=True) as store:
        store.offers.save([replace(offer, paused_until=None, capacity_minutes_per_week=19)])
    assert starts(mentoring) == []


def test_minutes_are_counted_by_the_mentors_calendar(mentoring: Context) -> None:
    """Sunday 23:30 UTC is Monday in Berlin, and the last evening of March in UTC is April there."""
    say(mentoring, minutes_per_month=100)
    asked = a_session("s1", mentor_id="m1", status=SessionStatus.REQUESTED, starts_at=utc(3, 8, 23, 30))
    with unit_of_work(mentoring.engine, write=True) as store:
        store.sessions.save([asked, a_session("s2", mentor_id="m1", starts_at=utc(3, 31, 22, 30), minutes=30)])
        assert minutes_left(store, "m1", utc(3, 8, 22)) == MinutesLeft(week=60, month=80)
        assert minutes_left(store, "m1", utc(3, 9, 12)) == MinutesLeft(week=40, month=80)
        assert minutes_left(store, "m1", utc(3, 9, 12), moved_id="s1") == MinutesLeft(week=60, month=100)
        assert minutes_left(store, "m1", utc(4, 1, 12)) == MinutesLeft(week=30, month=70)
        assert minutes_left(store, "m1", utc(4, 1, 12)).least == 30
        assert minutes_left(store, "m2", utc(4, 1, 12)).month is None


def refusal(context: Context, at: datetime, minutes: int = 20, **more: str) -> InvalidTime:
    with unit_of_work(context.engine) as store, pytest.raises(InvalidTime) as refused:
        check_time(store, "m1", ["p1"], at, minutes, NOW, **more)
    return refused.value


@pytest.mark.parametrize(
    ("at", "rule", "next_valid"),
    [
        (utc(3, 4, 10), "lie within the mentor's hours", utc(3, 5, 8)),
        (utc(3, 4, 8, 45), "lie within the mentor's hours", utc(3, 5, 8)),
        (utc(3, 3, 8), "leave the mentor the notice they ask for", utc(3, 4, 8)),
        (utc(3, 4, 8, 1), "be a full five minutes", utc(3, 4, 8, 5)),
        (utc(3, 1, 8), "lie in the future", utc(3, 2, 9, 5)),
        (utc(9, 4, 12), "lie within the mentor's hours", utc(9, 5, 7)),
    ],
)
def test_a_time_that_cannot_be_is_refused_with_the_next_that_can(
    mentoring: Context, at: datetime, rule: str, next_valid: datetime
) -> None:
    refused = refusal(mentoring, at)
    assert (refused.rule, refused.next_valid) == (rule, next_valid)
    assert str(refused).endswith(f"The next valid time is {next_valid.isoformat()}.")


@pytest.mark.parametrize("at", [utc(3, 4, 8), utc(3, 4, 8, 5), utc(3, 4, 8, 40), utc(9, 4, 7)])
def test_a_time_within_the_hours_may_be(mentoring: Context, at: datetime) -> None:
    with unit_of_work(mentoring.engine) as store:
        check_time(store, "m1", ["p1"], at, 20, NOW)


def test_calendars_absences_and_pauses_refuse_and_sessions_do_not(mentoring: Context) -> None:
    keep_busy(mentoring, "p1", (utc(3, 4, 8), utc(3, 4, 8, 30)))
    with unit_of_work(mentoring.engine, write=True) as store:
        store.sessions.save([a_session("s1", mentor_id="m1", starts_at=utc(3, 4, 8, 30))])
        store.availability.add_absence(Absence("a1", "m1", utc(3, 5, 0), utc(3, 6, 0)))
        check_time(store, "m1", ["p1"], utc(3, 4, 8, 30), 20, NOW)  # for the database to refuse
    assert refusal(mentoring, utc(3, 4, 8)).next_valid == utc(3, 6, 8)
    assert refusal(mentoring, utc(3, 4, 8), moved_id="s1").next_valid == utc(3, 4, 8, 30)
    assert refusal(mentoring, utc(3, 5, 8)).rule == "be free on both sides"
    with unit_of_work(mentoring.engine, write=True) as store:
        store.offers.save([an_offer("m1", weekly_hours=ALL_WEEK, paused_until=utc(3, 8, 0))])
    paused = refusal(mentoring, utc(3, 7, 8))
    assert (paused.rule, paused.next_valid) == ("lie after the mentor's pause", utc(3, 8, 8))


def test_a_length_that_the_mentor_does_not_offer_is_refused_with_those_offered(mentoring: Context) -> None:
    say(mentoring, session_minutes=frozenset({15, 25}))
    with unit_of_work(mentoring.engine) as store, pytest.raises(InvalidInput, match=r"Choose one of 15, 25\."):
        check_time(store, "m1", ["p1"], utc(3, 4, 8), 20, NOW)


@pytest.mark.parametrize("minutes", [14, 31, 0, -20])
def test_minutes_that_no_session_lasts_are_refused(mentoring: Context, minutes: int) -> None:
    with pytest.raises(InvalidInput, match="minutes must be 15, 20, 25 or 30"):
        free_times(mentoring, "m1", ["p1"], minutes)
    with unit_of_work(mentoring.engine) as store, pytest.raises(InvalidInput, match="minutes must be 15, 20, 25 or 30"):
        check_time(store, "m1", ["p1"], utc(3, 4, 8), minutes, NOW)


@pytest.mark.parametrize("days", [0, 61])
def test_days_have_a_range(mentoring: Context, days: int) -> None:
    with pytest.raises(InvalidInput, match="days must be 1 to 60"):
        free_times(mentoring, "m1", ["p1"], 20, days=days)


@pytest.mark.parametrize("mentor_id", ["ghost", "h1", "gone"])
def test_who_is_no_mentor_at_work_is_not_found(mentoring: Context, mentor_id: str) -> None:
    with unit_of_work(mentoring.engine, write=True) as store:
        store.people.save([a_person("gone", is_active=False)])
        store.offers.save([an_offer("gone")])
    with pytest.raises(NotFound):
        free_times(mentoring, mentor_id, ["p1"], 20)
    with unit_of_work(mentoring.engine) as store, pytest.raises(NotFound):
        minutes_left(store, mentor_id, NOW)


def test_blocks_either_way_oneself_and_topics_not_offered_look_like_nobody(mentoring: Context) -> None:
    with unit_of_work(mentoring.engine, write=True) as store:
        store.people.save([a_person("p2"), a_person("p3")])
        store.blocks.add(Block("m1", "p2", NOW))
        store.blocks.add(Block("p3", "m1", NOW))
    for person_id in ("m1", "p2", "p3"):
        with pytest.raises(NotFound, match="mentor must exist"):
            times_with_mentor(mentoring, a_person(person_id), "m1", 20)
    with pytest.raises(NotFound, match="topic must exist"):
        times_with_mentor(mentoring, a_person("p1"), "m1", 20, topic_id="read-plans")
    assert times_with_mentor(mentoring, a_person("p1"), "m1", 20, topic_id="delegate-work", limit=1) == [utc(3, 4, 8)]


def next_slots(context: Context) -> dict[str, datetime | None]:
    shown: Iterable = mentors_for_topic(context, "p1", "delegate-work").suggestions
    return {suggestion.mentor_id: suggestion.next_slot for suggestion in shown}


def test_suggestions_show_the_same_first_time_and_follow_every_change(mentoring: Context) -> None:
    assert next_slots(mentoring)["m1"] == utc(3, 4, 8)
    keep_busy(mentoring, "m1", (utc(3, 4, 8), utc(3, 4, 8, 15)))
    assert next_slots(mentoring)["m1"] == utc(3, 4, 8, 20)
    keep_busy(mentoring, "p1", (utc(3, 4, 8), utc(3, 4, 12)))
    assert next_slots(mentoring)["m1"] == utc(3, 5, 8)
    say(mentoring, notice_hours=96, session_minutes=frozenset({30}))
    assert next_slots(mentoring)["m1"] == utc(3, 7, 8)
    say(mentoring, notice_hours=2, minutes_per_month=15)
    assert "m1" not in next_slots(mentoring)  # not even one session fits into this month
    say(mentoring, notice_hours=2)
    with unit_of_work(mentoring.engine, write=True) as store:
        store.availability.save_date_hours("m1", DateHours(date(2026, 3, 2), (Stretch(time(15), time(16)),)))
    assert next_slots(mentoring)["m1"] == utc(3, 2, 14)
    assert free_times(mentoring, "m1", ["p1"], 20, limit=1) == [utc(3, 2, 14)]
