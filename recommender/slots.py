"""Free times of a mentor for a mentee, right in both zones across clock changes."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

from domain.availability import Interval, Stretch, merged
from domain.people import WeeklyHours
from domain.sessions import ALLOWED_MINUTES, check_minutes
from recommender.weeks import zone_of

GRID_MINUTES = 10  # sessions start at full tens of the mentor's clock: few enough to choose from, fine enough to fit
NOTICE = timedelta(hours=24)
HORIZON = timedelta(days=14)
DAY_STARTS, DAY_ENDS = time(8), time(19)  # of the mentee's day; outside it nothing is offered


@dataclass(frozen=True, slots=True)
class SlotSearch:
    """Between whom a time is sought, when, how long.

    Parameters
    ----------
    hours
        The mentor's weekly hours on the clock of `mentor_zone`.
    busy
        UTC intervals in which one of them cannot, in any order; touching one is no clash.
    full_weeks
        Mondays (in `mentor_zone`) of weeks in which the mentor has no minutes left.
    date_hours
        Days whose hours count instead of the weekly ones; none on a day off.
    mentor_busy
        UTC intervals in which the mentor cannot, and into which the buffer after the session must not reach either.
    full_months
        First days of months in which the mentor has no minutes left.
    not_before
        UTC; the end of the mentor's pause.
    lengths
        The minutes that the mentor's sessions may last.
    other_zones
        Of further mentees: a slot lies within the day of each.
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
    date_hours: Mapping[date, Sequence[Stretch]] = field(default_factory=dict)
    mentor_busy: Sequence[Interval] = ()
    buffer: timedelta = timedelta()
    full_months: frozenset[date] = frozenset()
    not_before: datetime | None = None
    lengths: frozenset[int] = frozenset(ALLOWED_MINUTES)
    other_zones: Sequence[str] = ()

    def __post_init__(self) -> None:
        check_minutes(self.minutes)

    @property
    def length(self) -> timedelta:
        return timedelta(minutes=self.minutes)

    @property
    def earliest(self) -> datetime:
        """The first moment at which the mentor's notice and pause let a session start."""
        return max(self.now + self.notice, self.not_before or self.now)

    @property
    def latest(self) -> datetime:
        return self.now + self.horizon


class Obstacle(StrEnum):
    """Why a session cannot start at a time."""

    LENGTH = "length"
    NOTICE = "notice"
    PAUSE = "pause"
    HOURS = "hours"
    FULL = "full"
    BUSY = "busy"


def next_free_slot(search: SlotSearch) -> datetime | None:
    """Return the start of the first free slot in UTC, None when there is none within the horizon."""
    return next(free_slots(search), None)


def free_slots(search: SlotSearch) -> Iterator[datetime]:
    """Yield the starts of free slots in UTC, earliest first.

    A start that the mentor's clock skips in spring is no start; of one that it shows twice in autumn the first counts.
    A slot ends within the hours by the clock on the wall, which does not turn back during it, and lies within
    08:00-19:00 of one day of the mentee.
    """
    if search.minutes not in search.lengths:
        return
    calendar = _Calendar(search)
    for start in _starts(search):
        if not calendar.clashes(start):
            yield start


def obstacle_to(search: SlotSearch, start: datetime) -> Obstacle | None:
    """Return what first stands against a start in UTC, None for nothing.

    Unlike the slots that are offered it may be any minute, early or late in the mentee's day, beyond the horizon, and
    the second of a time shown twice.
    """
    if search.minutes not in search.lengths:
        return Obstacle.LENGTH
    if start < search.earliest:
        return Obstacle.NOTICE if start < search.now + search.notice else Obstacle.PAUSE
    zone = zone_of(search.mentor_zone)
    wall, wall_end = (moment.astimezone(zone).replace(tzinfo=None) for moment in (start, start + search.length))
    midnight = datetime.combine(wall.date(), time())
    stretches = _Hours(search).on(wall.date())
    if not any(midnight + first <= wall < wall_end <= midnight + last for first, last in _moments(stretches)):
        return Obstacle.HOURS
    if _is_full(search, wall.date()):
        return Obstacle.FULL
    return Obstacle.BUSY if _Calendar(replace(search, horizon=start - search.now)).clashes(start) else None


class _Hours:
    """The stretches of each day: its own ones, else those of its weekday."""

    def __init__(self, search: SlotSearch) -> None:
        self._of_dates = search.date_hours
        self._weekly: dict[int, tuple[tuple[time, time], ...]] = {}
        for hours in search.hours:
            self._weekly[hours.weekday] = (*self._weekly.get(hours.weekday, ()), (hours.start, hours.end))

    def on(self, day: date) -> tuple[tuple[time, time], ...]:
        """Return (start, end) of each stretch, none on a day off."""
        if day in self._of_dates:
            return tuple((stretch.start, stretch.end) for stretch in self._of_dates[day])
        return self._weekly.get(day.weekday(), ())


class _Calendar:
    """When both are free, as far as a search looks."""

    def __init__(self, search: SlotSearch) -> None:
        self._length, self._buffered = search.length, search.length + search.buffer
        self._busy, self._mentor_busy = _within(search, search.busy), _within(search, search.mentor_busy)

    def clashes(self, start: datetime) -> bool:
        """Say whether one of the two cannot, from the start to the end and the mentor until the buffer has passed."""
        return _touches(self._busy, start, start + self._length) or _touches(
            self._mentor_busy, start, start + self._buffered
        )


def _within(search: SlotSearch, intervals: Sequence[Interval]) -> list[Interval]:
    if not intervals:
        return []
    earliest, until = search.earliest, search.latest + search.length + search.buffer
    return merged([interval for interval in intervals if interval[1] > earliest and interval[0] < until])


def _touches(busy: list[Interval], start: datetime, end: datetime) -> bool:
    """Say whether the time overlaps one of `busy`, which lie apart and in order."""
    place = bisect_left(busy, (end,)) - 1  # the last that begins before the end
    return place >= 0 and busy[place][1] > start


def _starts(search: SlotSearch) -> Iterator[datetime]:
    """Yield the starts in UTC that the mentor's hours and the mentee's day allow; the cheapest doubt comes first."""
    zone, length, hours = zone_of(search.mentor_zone), search.length, _Hours(search)
    mentee_zone, other_zones = zone_of(search.mentee_zone), [zone_of(name) for name in search.other_zones]
    earliest, latest = search.earliest, search.latest
    for day in _days(earliest.astimezone(zone).date(), latest.astimezone(zone).date()):
        stretches = hours.on(day)
        if not stretches or _is_full(search, day):
            continue
        for wall, end in _wall_starts(stretches, day):
            start = wall.replace(tzinfo=zone).astimezone(UTC)
            if not earliest <= start <= latest or not is_in_day(start, start + length, mentee_zone):
                continue
            wall_end = (start + length).astimezone(zone).replace(tzinfo=None)
            is_sound = wall < wall_end <= end and _is_on_the_clock(start, wall, zone)
            if is_sound and all(is_in_day(start, start + length, other) for other in other_zones):
                yield start


def _is_full(search: SlotSearch, day: date) -> bool:
    is_in_full_month = bool(search.full_months) and day.replace(day=1) in search.full_months
    return is_in_full_month or day - timedelta(days=day.weekday()) in search.full_weeks


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=number) for number in range((last - first).days + 1))


def _wall_starts(stretches: tuple[tuple[time, time], ...], day: date) -> Iterator[tuple[datetime, datetime]]:
    """Yield (start, end of the hours) on the grid of that day's clock, earliest first, each start once."""
    midnight = datetime.combine(day, time())
    return ((midnight + start, midnight + end) for start, end in _grid(stretches))


@lru_cache(maxsize=5_000)
def _moments(stretches: tuple[tuple[time, time], ...]) -> tuple[tuple[timedelta, timedelta], ...]:
    """Return (start, end) of each stretch since midnight."""
    return tuple((_since_midnight(first), _since_midnight(last)) for first, last in stretches)


@lru_cache(maxsize=5_000)
def _grid(stretches: tuple[tuple[time, time], ...]) -> tuple[tuple[timedelta, timedelta], ...]:
    """Return (start, end of its stretch) since midnight for each start on the grid; of two ends the later one."""
    step = timedelta(minutes=GRID_MINUTES)
    ends: dict[timedelta, timedelta] = {}
    for begin, end in _moments(stretches):
        for number in range(-(-begin // step), -(-end // step)):
            ends[number * step] = max(end, ends.get(number * step, end))
    return tuple(sorted(ends.items()))


def _since_midnight(clock: time) -> timedelta:
    return datetime.combine(date.min, clock) - datetime.combine(date.min, time())


def _is_on_the_clock(start: datetime, wall: datetime, zone: ZoneInfo) -> bool:
    """Say whether the wall time exists: one inside the spring gap comes back from UTC as another."""
    return start.astimezone(zone).replace(tzinfo=None) == wall


def is_in_day(start: datetime, end: datetime, zone: ZoneInfo) -> bool:
    """Say whether all of it lies in the hours of a day, there, in which a mentee may be offered a session."""
    begins = start.astimezone(zone)
    if not DAY_STARTS <= begins.time() < DAY_ENDS:  # most starts of far zones: spares them the other end
        return False
    ends = end.astimezone(zone)
    return begins.date() == ends.date() and ends.time() <= DAY_ENDS
