"""Limits of what a person may say about their time, and how times become one list."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from domain.availability import Absence, Availability, DateHours, Stretch, merged
from domain.errors import InvalidInput

AT = datetime(2026, 3, 5, 13, 0, tzinfo=UTC)


def at(minutes: int) -> datetime:
    return AT + timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"minutes_per_month": -1}, "minutes_per_month must be 0 or more, got -1."),
        ({"buffer_minutes": 65}, "buffer_minutes must be 0 to 60 in steps of 5, got 65."),
        ({"buffer_minutes": 7}, "buffer_minutes must be 0 to 60 in steps of 5, got 7."),
        ({"notice_hours": -1}, "notice_hours must be 0 to 336, got -1."),
        ({"notice_hours": 337}, "notice_hours must be 0 to 336, got 337."),
        ({"session_minutes": frozenset()}, "session_minutes must be some of 15, 20, 25 and 30, got none."),
        ({"session_minutes": frozenset({14, 20})}, "session_minutes must be some of 15, 20, 25 and 30, got 14, 20."),
        ({"place": "x" * 301}, "place must have at most 300 characters, got 301. Shorten it."),
        ({"place": "Room 4\nBEGIN:VALARM"}, "place must be one line of plain text"),
        ({"place": "Room\u202e4"}, "place must be one line of plain text"),
        ({"place": "http://rooms.example"}, "place must be an https link or words"),
        ({"place": "see https://rooms.example"}, "place must be an https link or words"),
        ({"place": "https://"}, "place must be an https link or words"),
        ({"place": "https://me:secret@rooms.example"}, "place must be an https link or words"),
        ({"place": 'https://rooms.example/"onload='}, "place must be an https link or words"),
    ],
)
def test_what_breaks_a_rule_is_refused_by_name(said: dict[str, Any], problem: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        Availability(**said)
    assert str(refused.value).startswith(problem)


def test_the_ends_of_the_ranges_are_allowed() -> None:
    assert Availability(0, 60, 336, frozenset({15, 20, 25, 30})).buffer == timedelta(hours=1)
    assert Availability(0, 0, 0, frozenset({30})).notice == timedelta(0)


@pytest.mark.parametrize(
    ("place", "link"),
    [
        ("https://meet.example/dee?pwd=1#now", "https://meet.example/dee?pwd=1#now"),
        ("https://meet.example:8443", "https://meet.example:8443"),
        ("Room 4: second floor, by the window", ""),
        ("javascript:alert(1)", ""),
        ("", ""),
    ],
)
def test_only_an_https_address_is_a_link(place: str, link: str) -> None:
    assert Availability(place=place).room_link == link


def test_who_said_nothing_gives_every_length_with_a_day_of_notice() -> None:
    said = Availability()
    assert (said.notice, said.buffer, said.session_minutes) == (timedelta(days=1), timedelta(0), {15, 20, 25, 30})


def test_a_stretch_ends_after_it_starts() -> None:
    with pytest.raises(InvalidInput, match="hours must end after they start, got 12:00-12:00"):
        Stretch(time(12), time(12))


def test_a_day_has_few_stretches() -> None:
    many = tuple(Stretch(time(hour), time(hour, 30)) for hour in range(7))
    assert DateHours(date(2026, 3, 5), many[:6]).hours == many[:6]
    with pytest.raises(InvalidInput, match="hours must hold at most 6 stretches, got 7"):
        DateHours(date(2026, 3, 5), many)


def test_an_absence_ends_after_it_starts_and_within_a_year() -> None:
    assert Absence("a1", "m1", AT, AT + timedelta(days=366)).interval == (AT, AT + timedelta(days=366))
    with pytest.raises(InvalidInput, match="absence must end after it starts"):
        Absence("a1", "m1", AT, AT)
    with pytest.raises(InvalidInput, match="absence must last at most 366 days, got 367"):
        Absence("a1", "m1", AT, AT + timedelta(days=367))


def test_times_that_overlap_or_touch_become_one() -> None:
    times = [(at(50), at(60)), (at(0), at(20)), (at(10), at(15)), (at(20), at(30))]
    assert merged(times) == [(at(0), at(30)), (at(50), at(60))]
    assert merged([]) == []
