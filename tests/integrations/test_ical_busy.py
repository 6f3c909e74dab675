"""When somebody is busy: series, whole days and floating times in the owner's zone, and what does not count."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from integrations import ical_busy
from integrations.calendar import CalendarFailed, Interval
from integrations.ical_busy import busy_in

BERLIN = ZoneInfo("Europe/Berlin")
START, END = datetime(2026, 3, 2, tzinfo=UTC), datetime(2026, 4, 6, tzinfo=UTC)


def an_object(*lines: str, uid: str = "x@example.org") -> str:
    body = "\r\n".join((f"UID:{uid}", "DTSTAMP:20260301T000000Z", *lines))
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\n{body}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"


def busy(*texts: str, start: datetime = START, end: datetime = END, zone: ZoneInfo = BERLIN) -> list[Interval]:
    return busy_in(texts, start, end, zone, {"nora@example.org"})


def at(day: int, hour: int, minute: int = 0, month: int = 3) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


MEETING = ("DTSTART:20260305T100000Z", "DTEND:20260305T110000Z")


def test_an_event_makes_busy() -> None:
    assert busy(an_object(*MEETING)) == [(at(5, 10), at(5, 11))]
    assert busy(an_object("DTSTART:20260305T100000Z", "DURATION:PT45M")) == [(at(5, 10), at(5, 10, 45))]


@pytest.mark.parametrize(
    "line",
    [
        "STATUS:CANCELLED",
        "TRANSP:TRANSPARENT",
        "ATTENDEE;PARTSTAT=DECLINED:mailto:Nora@Example.org",
        "ATTENDEE;PARTSTAT=ACCEPTED:mailto:max@example.org\r\nATTENDEE;PARTSTAT=DECLINED:MAILTO:nora@example.org",
    ],
)
def test_what_is_free_cancelled_or_declined_does_not_count(line: str) -> None:
    assert busy(an_object(*MEETING, line)) == []


@pytest.mark.parametrize(
    "line",
    [
        "STATUS:TENTATIVE",
        "TRANSP:OPAQUE",
        "ATTENDEE;PARTSTAT=DECLINED:mailto:max@example.org",
        "ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:nora@example.org",
    ],
)
def test_what_may_still_take_place_counts(line: str) -> None:
    assert busy(an_object(*MEETING, line)) == [(at(5, 10), at(5, 11))]


def test_own_sessions_do_not_count() -> None:
    assert busy(an_object(*MEETING, uid="s1@halfhour")) == []


def test_a_series_keeps_its_hour_on_the_wall_across_the_change() -> None:
    weekly = an_object("DTSTART;TZID=Europe/Berlin:20260105T100000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;BYDAY=MO")
    hours = [(first.day, first.hour) for first, _ in busy(weekly)]
    assert hours == [(2, 9), (9, 9), (16, 9), (23, 9), (30, 8)]  # summer begins on 29 March


def test_one_of_a_series_may_be_moved_or_left_out() -> None:
    series = an_object(
        "DTSTART:20260302T100000Z", "DTEND:20260302T110000Z", "RRULE:FREQ=DAILY;COUNT=3", "EXDATE:20260303T100000Z"
    )
    moved = (
        "BEGIN:VEVENT\r\nUID:x@example.org\r\nRECURRENCE-ID:20260304T100000Z\r\nDTSTART:20260304T150000Z\r\n"
        "DTEND:20260304T160000Z\r\nEND:VEVENT\r\nEND:VCALENDAR"
    )
    assert busy(series.replace("END:VCALENDAR", moved)) == [(at(2, 10), at(2, 11)), (at(4, 15), at(4, 16))]


def test_a_whole_day_is_one_in_the_owners_zone() -> None:
    day = an_object("DTSTART;VALUE=DATE:20260305", "DTEND;VALUE=DATE:20260306")
    assert busy(day) == [(at(4, 23), at(5, 23))]
    assert busy(day, zone=ZoneInfo("Asia/Almaty")) == [(at(4, 19), at(5, 19))]
    assert busy(an_object("DTSTART;VALUE=DATE:20260305")) == [(at(4, 23), at(5, 23))]


def test_a_whole_day_has_23_hours_when_summer_begins() -> None:
    assert busy(an_object("DTSTART;VALUE=DATE:20260329")) == [(at(28, 23), at(29, 22))]


def test_a_floating_time_is_meant_in_the_owners_zone() -> None:
    assert busy(an_object("DTSTART:20260305T100000", "DTEND:20260305T110000")) == [(at(5, 9), at(5, 10))]


def test_a_zone_of_another_program_is_understood() -> None:
    windows = an_object("DTSTART;TZID=W. Europe Standard Time:20260305T100000", "DURATION:PT1H")
    assert busy(windows) == [(at(5, 9), at(5, 10))]


def test_busy_times_are_cut_to_the_span_and_joined() -> None:
    texts = [
        an_object("DTSTART:20260301T230000Z", "DTEND:20260302T010000Z"),
        an_object("DTSTART:20260305T100000Z", "DTEND:20260305T110000Z"),
        an_object("DTSTART:20260305T103000Z", "DTEND:20260305T113000Z"),
        an_object("DTSTART:20260305T113000Z", "DTEND:20260305T120000Z"),
        an_object("DTSTART:20260306T120000Z", "DTEND:20260306T120000Z"),
        an_object("DTSTART:20260406T000000Z", "DTEND:20260406T010000Z"),
    ]
    assert busy(*texts) == [(at(2, 0), at(2, 1)), (at(5, 10), at(5, 12))]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "BEGIN:VCALENDAR",
        "no calendar at all",
        an_object("DTSTART:yesterday"),
        an_object("SUMMARY:no time"),
        an_object(*MEETING, "RRULE:FREQ=SOMETIMES"),
        an_object(*MEETING, "RRULE:FREQ=SECONDLY"),
        an_object(*MEETING, "RRULE:FREQ=MINUTELY"),
        an_object(*MEETING, f"RRULE:FREQ=DAILY;BYHOUR=1,2,3;BYMINUTE={','.join(map(str, range(60)))}"),
        an_object("DTSTART:00010101T000000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY"),
        an_object("DTSTART:20260305T110000Z", "DTEND:20260305T100000Z"),
    ],
)
def test_what_cannot_be_meant_is_passed_over_and_the_rest_counts(text: str) -> None:
    assert busy(text, an_object(*MEETING)) == [(at(5, 10), at(5, 11))]


def test_of_too_many_series_none_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ical_busy, "MAX_SERIES", 2)
    series = an_object(*MEETING, "RRULE:FREQ=DAILY;COUNT=1")
    assert busy(series, series) == [(at(5, 10), at(5, 11))]
    with pytest.raises(CalendarFailed, match=r"calendar\.too_many"):
        busy(series, series, series)


def test_no_word_of_an_event_comes_out() -> None:
    assert busy(an_object(*MEETING, "SUMMARY:At the doctor")) == [(at(5, 10), at(5, 10) + timedelta(hours=1))]
