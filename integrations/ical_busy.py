"""When somebody is busy by what their calendar holds: times only, no word of any event is kept."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import recurring_ical_events
from icalendar import Calendar, Event

from integrations.calendar import CalendarFailed, Interval
from integrations.ical import is_own_uid

MAX_SERIES = 1_000
_EARLIEST_YEAR = 1970
_MAX_TIMES_A_DAY = 24
_TOO_OFTEN = {"SECONDLY", "MINUTELY", "HOURLY"}
_DAY = timedelta(days=1)
# what reading an object raises that another program has written wrongly; icalendar's own errors are among them
_UNREADABLE = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError)


def busy_in(
    texts: Iterable[str], start: datetime, end: datetime, zone: ZoneInfo, own_addresses: Collection[str]
) -> list[Interval]:
    """Return when the owner of these events is busy between two moments, UTC, in order, none touching another.

    Left out are Halfhour's own sessions, what is marked as free, what is cancelled, and what the owner declined. What
    cannot be read, or recurs more often than any person meets, is passed over.

    Parameters
    ----------
    texts
        iCalendar objects, one series each.
    zone
        Where the owner lives: whole days and times without a zone are meant there.
    own_addresses
        The owner's e-mail addresses, folded.

    Raises
    ------
    CalendarFailed
        If there are more than a thousand recurring series.
    """
    found: list[Interval] = []
    series = 0
    for text in texts:
        with suppress(*_UNREADABLE):
            calendar = _read(text)
            series += any("RRULE" in event for event in calendar.events)
            if series <= MAX_SERIES:
                found += [
                    _times(event, zone) for event in _events(calendar, start, end) if _counts(event, own_addresses)
                ]
    if series > MAX_SERIES:
        raise CalendarFailed("calendar.too_many", may_retry=False)
    inside = ((max(first, start), min(last, end)) for first, last in found)
    return list(_merged(interval for interval in inside if interval[0] < interval[1]))


def _read(text: str) -> Calendar:
    """Return the object; raise ValueError when it recurs too often to be a person's."""
    read = Calendar.from_ical(text)
    if not isinstance(read, Calendar) or not all(_is_sane(event) for event in read.events):
        raise ValueError("The object must be a calendar of times at which people meet.")
    return read


def _is_sane(event: Event) -> bool:
    rules = event.get("RRULE", [])
    if not rules:
        return True
    start: date = event.start
    return start.year >= _EARLIEST_YEAR and all(
        _is_sane_rule(rule) for rule in (rules if isinstance(rules, list) else [rules])
    )


def _is_sane_rule(rule: dict[str, list[object]]) -> bool:
    times_a_day = 1
    for part in ("BYHOUR", "BYMINUTE", "BYSECOND"):
        times_a_day *= len(rule.get(part, [0]))
    return times_a_day <= _MAX_TIMES_A_DAY and _TOO_OFTEN.isdisjoint(rule["FREQ"])


def _events(calendar: Calendar, start: datetime, end: datetime) -> list[Event]:
    # a day more on each side: whole days and floating times are placed in the owner's zone later
    found: list[Event] = recurring_ical_events.of(calendar, skip_bad_series=True).between(start - _DAY, end + _DAY)
    return found


def _counts(event: Event, own_addresses: Collection[str]) -> bool:
    if is_own_uid(str(event.get("UID", ""))) or str(event.get("STATUS", "")).upper() == "CANCELLED":
        return False
    return str(event.get("TRANSP", "")).upper() != "TRANSPARENT" and not _has_declined(event, own_addresses)


def _has_declined(event: Event, own_addresses: Collection[str]) -> bool:
    told = event.get("ATTENDEE", [])
    return any(
        str(attendee).casefold().removeprefix("mailto:") in own_addresses
        and str(attendee.params.get("PARTSTAT", "")).upper() == "DECLINED"
        for attendee in (told if isinstance(told, list) else [told])
    )


def _times(event: Event, zone: ZoneInfo) -> Interval:
    return _moment(event.start, zone), _moment(event.end, zone)


def _moment(at: date, zone: ZoneInfo) -> datetime:
    local = at if isinstance(at, datetime) else datetime.combine(at, time(0), zone)
    return (local if local.tzinfo else local.replace(tzinfo=zone)).astimezone(UTC)


def _merged(intervals: Iterable[Interval]) -> Iterator[Interval]:
    current: Interval | None = None
    for first, last in sorted(intervals):
        if current and first <= current[1]:
            current = current[0], max(current[1], last)
            continue
        if current:
            yield current
        current = first, last
    if current:
        yield current
