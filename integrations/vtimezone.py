"""The rules of a zone around one moment, as a calendar wants them: VTIMEZONE of RFC 5545, 3.6.5.

Made here, since icalendar's own begins every summer an hour late: an onset is told on the clock before the change.
"""

import calendar
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Component, Timezone, TimezoneDaylight, TimezoneStandard, vRecur

_STEP, _SECOND = timedelta(days=1), timedelta(seconds=1)
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_ROUND = 3  # years that are looked at: the one before, the event's own, the one after


@dataclass(frozen=True, slots=True)
class _Change:
    """From which offset to which, under which name, and whether summer time begins."""

    before: timedelta
    after: timedelta
    name: str
    is_summer: bool


def zone_around(name: str, at: datetime) -> Timezone:
    """Return the component for an IANA zone, right from the year before `at` to the year after it."""
    zone = ZoneInfo(name)
    first, end = datetime(at.year - 1, 1, 1, tzinfo=UTC), datetime(at.year + 2, 1, 1, tzinfo=UTC)
    onsets = list(_onsets(zone, first, end))
    if not onsets or onsets[0] > at:
        onsets.insert(0, first)
    made = Timezone()
    made.add("tzid", name)
    by_change: dict[_Change, list[datetime]] = defaultdict(list)
    for onset in onsets:
        change = _change(zone, onset)
        by_change[change].append((onset + change.before).replace(tzinfo=None))
    for change, times in by_change.items():
        for component in _observances(change, times):
            made.add_component(component)
    return made


def _onsets(zone: ZoneInfo, first: datetime, end: datetime) -> Iterator[datetime]:
    """Yield the moments at which the offset changes, UTC, to the second."""
    day = first
    while day < end:
        if _offset(zone, day) != _offset(zone, day + _STEP):
            yield _between(zone, day, day + _STEP)
        day += _STEP


def _between(zone: ZoneInfo, low: datetime, high: datetime) -> datetime:
    old = _offset(zone, low)
    while high - low > _SECOND:
        middle = low + (high - low) // _SECOND // 2 * _SECOND
        low, high = (middle, high) if _offset(zone, middle) == old else (low, middle)
    return high


def _offset(zone: ZoneInfo, at: datetime) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta(0)


def _change(zone: ZoneInfo, onset: datetime) -> _Change:
    local = onset.astimezone(zone)
    return _Change(
        _offset(zone, onset - _SECOND), _offset(zone, onset), local.tzname() or zone.key, is_summer=bool(local.dst())
    )


def _observances(change: _Change, times: Sequence[datetime]) -> Iterator[Component]:
    """Yield one component with a yearly rule where one fits, for Outlook reads no lists of dates; else one a time."""
    rule = _yearly_rule(times)
    for time in times[:1] if rule else times:
        made = TimezoneDaylight() if change.is_summer else TimezoneStandard()
        made.add("dtstart", time)
        made.add("tzoffsetfrom", change.before)
        made.add("tzoffsetto", change.after)
        made.add("tzname", change.name)
        if rule:
            made.add("rrule", rule)
        yield made


def _yearly_rule(times: Sequence[datetime]) -> vRecur | None:
    """Return the rule `the last Sunday of March` when every year keeps it."""
    if len(times) != _ROUND or len({(time.month, time.weekday(), time.time()) for time in times}) > 1:
        return None
    weeks = {(time.day - 1) // 7 + 1 for time in times}
    if all(time.day + 7 > calendar.monthrange(time.year, time.month)[1] for time in times):
        weeks = {-1}
    if len(weeks) > 1:
        return None
    return vRecur(
        {"FREQ": "YEARLY", "BYMONTH": times[0].month, "BYDAY": f"{weeks.pop()}{_WEEKDAYS[times[0].weekday()]}"}
    )
