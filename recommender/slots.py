"""Free times of a mentor for a mentee, right in both zones across clock changes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from domain.people import WeeklyHours
from domain.sessions import check_minutes
from recommender.weeks import zone_of

GRID_MINUTES = 10  # sessions start at full tens of the mentor's clock: few enough to choose from, fine enough to fit
NOTICE = timedelta(hours=24)
HORIZON = timedelta(days=14)
DAY_STARTS, DAY_ENDS = time(8), time(19)  # of the mentee's day; outside it nothing is offered

Interval = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class SlotSearch:
    """Between whom a time is sought, when, how long.

    Parameters
    ----------
    hours
        The mentor's weekly hours on the clock of `mentor_zone`.
    busy
        UTC intervals in which one of the two cannot, in any order; touching one is no clash.
    full_weeks
        Mondays (in `mentor_zone`) of weeks in which the mentor has no minutes left.
    """

    hours: Sequence[WeeklyHours]
    mentor_zone: str
    mentee_zone: str
    now: datetime
    minutes: int
    busy: Sequence[Interval] = ()
    full_weeks: frozenset[date] = frozenset()
    notice: timedelta = NOTICE
    horizon: timedelta = HORIZON

    def __post_init__(self) -> None:
        check_minutes(self.minutes)


def next_free_slot(search: SlotSearch) -> datetime | None:
    """Return the start of the first free slot in UTC, None when there is none within the horizon."""
    return next(free_slots(search), None)


def free_slots(search: SlotSearch) -> Iterator[datetime]:
    """Yield the starts of free slots in UTC, earliest first.

    A start that the mentor's clock skips in spring is no start; of one that it shows twice in autumn the first counts.
    A slot ends within the weekly hours by the clock on the wall, which does not turn back during it, and lies within
    08:00-19:00 of one day of the mentee.
    """
    mentor_zone, mentee_zone = zone_of(search.mentor_zone), zone_of(search.mentee_zone)
    earliest, latest = search.now + search.notice, search.now + search.horizon
    busy = [(start, end) for start, end in search.busy if end > earliest and start < latest]
    length = timedelta(minutes=search.minutes)
    for start in _starts(search, mentor_zone, mentee_zone, earliest, latest):
        if not _clashes(start, start + length, busy):
            yield start


def _starts(
    search: SlotSearch, zone: ZoneInfo, mentee_zone: ZoneInfo, earliest: datetime, latest: datetime
) -> Iterator[datetime]:
    """Yield the starts in UTC that the mentor's hours and the mentee's day allow; the cheapest doubt comes first."""
    length = timedelta(minutes=search.minutes)
    weekdays = {hours.weekday for hours in search.hours}
    for day in _days(earliest.astimezone(zone).date(), latest.astimezone(zone).date()):
        if day.weekday() not in weekdays or day - timedelta(days=day.weekday()) in search.full_weeks:
            continue
        for wall, end in _wall_starts(search.hours, day):
            start = wall.replace(tzinfo=zone).astimezone(UTC)
            if not earliest <= start <= latest or not _is_in_day(start, start + length, mentee_zone):
                continue
            wall_end = (start + length).astimezone(zone).replace(tzinfo=None)
            if wall < wall_end <= end and _is_on_the_clock(start, wall, zone):
                yield start


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=number) for number in range((last - first).days + 1))


def _wall_starts(hours: Sequence[WeeklyHours], day: date) -> Iterator[tuple[datetime, datetime]]:
    """Yield (start, end of the hours) on the grid of that day's clock, earliest first, each start once."""
    stretches = tuple((stretch.start, stretch.end) for stretch in hours if stretch.weekday == day.weekday())
    midnight = datetime.combine(day, time())
    return ((midnight + start, midnight + end) for start, end in _grid(stretches))


@lru_cache(maxsize=5_000)
def _grid(stretches: tuple[tuple[time, time], ...]) -> tuple[tuple[timedelta, timedelta], ...]:
    """Return (start, end of its stretch) since midnight for each start on the grid; of two ends the later one."""
    step = timedelta(minutes=GRID_MINUTES)
    ends: dict[timedelta, timedelta] = {}
    for first, last in stretches:
        end = _since_midnight(last)
        for number in range(-(-_since_midnight(first) // step), -(-end // step)):
            ends[number * step] = max(end, ends.get(number * step, end))
    return tuple(sorted(ends.items()))


def _since_midnight(clock: time) -> timedelta:
    return datetime.combine(date.min, clock) - datetime.combine(date.min, time())


def _is_on_the_clock(start: datetime, wall: datetime, zone: ZoneInfo) -> bool:
    """Say whether the wall time exists: one inside the spring gap comes back from UTC as another."""
    return start.astimezone(zone).replace(tzinfo=None) == wall


def _is_in_day(start: datetime, end: datetime, zone: ZoneInfo) -> bool:
    begins = start.astimezone(zone)
    if not DAY_STARTS <= begins.time() < DAY_ENDS:  # most starts of far zones: spares them the other end
        return False
    ends = end.astimezone(zone)
    return begins.date() == ends.date() and ends.time() <= DAY_ENDS


def _clashes(start: datetime, end: datetime, busy: Sequence[Interval]) -> bool:
    return any(start < busy_end and busy_start < end for busy_start, busy_end in busy)
