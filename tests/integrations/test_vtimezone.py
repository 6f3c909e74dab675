"""The rules of a zone say what the zone does: read back by a program that knows no zone but them."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Component, Timezone

from integrations.vtimezone import zone_around

ZONES = [
    "Europe/Berlin",
    "Europe/Dublin",
    "Europe/Moscow",
    "Asia/Almaty",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "America/New_York",
    "America/Santiago",
    "America/Scoresbysund",
    "Africa/Casablanca",
    "Africa/Cairo",
    "Asia/Jerusalem",
    "Pacific/Chatham",
    "Pacific/Apia",
    "Atlantic/Azores",
    "UTC",
]


def read_back(zone: Timezone) -> Timezone:
    read = Timezone.from_ical(zone.to_ical())
    assert isinstance(read, Timezone)
    return read


def offset_by(zone: Timezone, at: datetime) -> timedelta:
    """Return the offset that the component's own observances give, by RFC 5545, 3.6.5: the latest onset counts."""
    onsets = [(onset, part.TZOFFSETTO) for part in zone.subcomponents for onset in onsets_of(part, at.year)]
    return max((onset, offset) for onset, offset in onsets if onset <= at)[1]


def onsets_of(part: Component, until_year: int) -> list[datetime]:
    first, before = part.DTSTART, part["TZOFFSETFROM"].td
    if "RRULE" not in part:
        return [(first - before).replace(tzinfo=UTC)]
    (day,), (month,) = part["RRULE"]["BYDAY"], part["RRULE"]["BYMONTH"]
    nth, weekday = int(day[:-2]), ("MO", "TU", "WE", "TH", "FR", "SA", "SU").index(day[-2:])
    times = [
        first.replace(year=year, month=month, day=day_of(year, month, nth, weekday))
        for year in range(first.year, until_year + 1)
    ]
    return [(time - before).replace(tzinfo=UTC) for time in times]


def day_of(year: int, month: int, nth: int, weekday: int) -> int:
    """Return the day of the nth weekday of the month; -1 for its last."""
    days = [day for day in range(1, 32) if is_weekday(year, month, day, weekday)]
    return days[nth if nth < 0 else nth - 1]


def is_weekday(year: int, month: int, day: int, weekday: int) -> bool:
    try:
        return datetime(year, month, day, tzinfo=UTC).weekday() == weekday
    except ValueError:
        return False


@pytest.mark.parametrize("name", ZONES)
@pytest.mark.parametrize("year", [2026, 2027])
def test_every_hour_of_the_year_has_its_offset(name: str, year: int) -> None:
    made, zone = read_back(zone_around(name, datetime(year, 7, 1, tzinfo=UTC))), ZoneInfo(name)
    halves = (datetime(year, 1, 1, tzinfo=UTC) + timedelta(minutes=30 * count) for count in range(2 * 24 * 365))
    near = [at for at in halves if is_near_a_change(zone, at) or at.hour == at.minute == 0]
    assert all(offset_by(made, at) == at.astimezone(zone).utcoffset() for at in near)


def is_near_a_change(zone: ZoneInfo, at: datetime) -> bool:
    around = {(at + timedelta(hours=hours)).astimezone(zone).utcoffset() for hours in (-3, 0, 3)}
    return len(around) > 1


def test_an_onset_is_told_on_the_clock_before_it() -> None:
    text = zone_around("Australia/Lord_Howe", datetime(2026, 7, 1, tzinfo=UTC)).to_ical().decode()
    assert "DTSTART:20251005T020000\r\nRRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=10" in text
    assert "TZOFFSETFROM:+1030\r\nTZOFFSETTO:+1100" in text


def test_a_zone_without_changes_has_one_rule() -> None:
    (only,) = zone_around("Asia/Almaty", datetime(2026, 3, 5, tzinfo=UTC)).subcomponents
    assert (timedelta(hours=5), timedelta(hours=5)) == (only.TZOFFSETFROM, only.TZOFFSETTO)


def test_where_a_year_differs_every_change_stands_alone() -> None:
    parts = zone_around("Africa/Casablanca", datetime(2026, 3, 5, tzinfo=UTC)).subcomponents
    days = {part.DTSTART.date() for part in parts}
    assert {date(2026, 2, 15), date(2026, 3, 22)} <= days  # around Ramadan, by the moon
    assert not any("RRULE" in part for part in parts)
