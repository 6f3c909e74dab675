"""Connected calendars: one a person, changed only while it is still the same, forgotten with all that came from it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from domain.calendars import CalendarConnection, CalendarEntry, CalendarKind
from domain.errors import InvalidInput
from store import unit_of_work
from tests.builders import NOW, a_session

HOUR = timedelta(hours=1)


def a_connection(person_id: str = "p1", **changes: Any) -> CalendarConnection:
    made = CalendarConnection(person_id, CalendarKind.CALDAV, "nora", "https://dav.example.org/w/", b"sealed", NOW)
    return replace(made, **changes)


@pytest.fixture
def connected(company: Engine) -> Engine:
    with unit_of_work(company, write=True) as store:
        store.sessions.save([a_session("s1")])
        for person_id in ("p1", "m1"):
            store.calendars.connect(a_connection(person_id))
            store.calendars.keep_entry(CalendarEntry("s1", person_id, "/w/s1.ics", 0))
            store.availability.replace_busy(person_id, NOW, NOW + HOUR, [(NOW, NOW + HOUR)])
    return company


def test_a_person_has_one_calendar_and_the_last_counts(connected: Engine) -> None:
    with unit_of_work(connected, write=True) as store:
        store.calendars.connect(a_connection(kind=CalendarKind.GOOGLE, credentials=b"other"))
    with unit_of_work(connected) as store:
        assert store.calendars.of("p1") == a_connection(kind=CalendarKind.GOOGLE, credentials=b"other")
        assert [connection.person_id for connection in store.calendars.list()] == ["m1", "p1"]
        assert store.calendars.of("p2") is None


def test_nobody_unknown_connects_a_calendar(company: Engine) -> None:
    with unit_of_work(company, write=True) as store, pytest.raises(InvalidInput, match=r"person_id .* got p404"):
        store.calendars.connect(a_connection("p404"))


def test_how_reading_went_is_noted_and_the_last_good_time_stays(connected: Engine) -> None:
    with unit_of_work(connected, write=True) as store:
        assert store.calendars.note_read(a_connection(), NOW + HOUR)
        assert store.calendars.note_read(a_connection(), NOW + 2 * HOUR, "caldav.503")
        assert store.calendars.of("p1") == a_connection(read_at=NOW + HOUR, last_error="caldav.503")
        store.calendars.note_read(a_connection(), NOW + 3 * HOUR)
        assert store.calendars.of("p1") == a_connection(read_at=NOW + 3 * HOUR)


def test_of_an_earlier_connection_nothing_is_noted(connected: Engine) -> None:
    earlier = a_connection(connected_at=NOW - HOUR)
    with unit_of_work(connected, write=True) as store:
        assert not store.calendars.note_read(earlier, NOW)
        assert not store.calendars.keep_credentials(earlier, b"new")
        assert store.calendars.of("p1") == a_connection()


def test_of_two_who_renew_credentials_one_succeeds(connected: Engine) -> None:
    with unit_of_work(connected, write=True) as store:
        assert store.calendars.keep_credentials(a_connection(), b"new")
        assert not store.calendars.keep_credentials(a_connection(), b"newer")
        assert store.calendars.of("p1") == a_connection(credentials=b"new")


def test_which_event_belongs_to_which_session(connected: Engine) -> None:
    with unit_of_work(connected, write=True) as store:
        store.calendars.keep_entry(CalendarEntry("s1", "p1", "/w/other.ics", 3))
        assert store.calendars.entry("s1", "p1") == CalendarEntry("s1", "p1", "/w/other.ics", 3)
        assert store.calendars.entries_of("m1") == [CalendarEntry("s1", "m1", "/w/s1.ics", 0)]
        store.calendars.forget_entry("s1", "m1")
        assert store.calendars.entries_of("m1") == []
        assert store.calendars.entry("s1", "p1") is not None


def test_who_lets_a_calendar_go_is_not_busy_by_it_any_more(connected: Engine) -> None:
    with unit_of_work(connected, write=True) as store:
        store.calendars.disconnect("p1")
    with unit_of_work(connected) as store:
        assert store.calendars.of("p1") is None
        assert store.calendars.entries_of("p1") == []
        assert store.availability.busy_times("p1", NOW) == ()
        assert store.availability.busy_times("m1", NOW) == ((NOW, NOW + HOUR),)
        assert store.calendars.of("m1") == a_connection("m1")


@pytest.mark.parametrize(
    ("error", "needs"),
    [("", False), ("caldav.503", False), ("caldav.unreachable", False), ("caldav.401", True), ("google.revoked", True)],
)
def test_some_failures_wait_for_the_person(error: str, needs: bool) -> None:
    assert a_connection(last_error=error).needs_the_person is needs


def test_nothing_secret_or_personal_is_shown() -> None:
    shown = repr(a_connection())
    assert not any(part in shown for part in ("nora", "dav.example.org", "sealed"))
