"""When a person can mentor beyond the weekly hours of the offer: limits, days of their own hours, absences, busy times.

A time is UTC; a day and its hours are read on the clock of the person's zone.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from domain.errors import InvalidInput
from domain.sessions import ALLOWED_MINUTES

MAX_BUFFER_MINUTES, BUFFER_STEP_MINUTES = 60, 5
MAX_NOTICE_HOURS = 14 * 24
DEFAULT_NOTICE_HOURS = 24
MAX_PLACE_CHARACTERS = 300
MAX_STRETCHES_A_DAY = 6
MAX_ABSENCE = timedelta(days=366)
_LINK = re.compile(r"""https://[\w.-]+(:\d+)?([/?#][^\s<>"\\]*)?""")

Interval = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Availability:
    """How a mentor wants sessions to lie; who said nothing has the defaults.

    Parameters
    ----------
    minutes_per_month
        Besides the minutes a week of the offer; None for no limit.
    buffer_minutes
        Kept free after each session, in steps of five.
    notice_hours
        From now to the earliest start.
    place
        The mentor's own https room link, or where to meet in words; empty for neither.
    """

    minutes_per_month: int | None = None
    buffer_minutes: int = 0
    notice_hours: int = DEFAULT_NOTICE_HOURS
    session_minutes: frozenset[int] = frozenset(ALLOWED_MINUTES)
    place: str = ""

    def __post_init__(self) -> None:
        if self.minutes_per_month is not None and self.minutes_per_month < 0:
            raise InvalidInput("minutes_per_month", "be 0 or more", self.minutes_per_month)
        if not 0 <= self.buffer_minutes <= MAX_BUFFER_MINUTES or self.buffer_minutes % BUFFER_STEP_MINUTES:
            rule = f"be 0 to {MAX_BUFFER_MINUTES} in steps of {BUFFER_STEP_MINUTES}"
            raise InvalidInput("buffer_minutes", rule, self.buffer_minutes)
        if not 0 <= self.notice_hours <= MAX_NOTICE_HOURS:
            raise InvalidInput("notice_hours", f"be 0 to {MAX_NOTICE_HOURS}", self.notice_hours)
        if not self.session_minutes or not self.session_minutes <= set(ALLOWED_MINUTES):
            got = ", ".join(map(str, sorted(self.session_minutes))) or "none"
            raise InvalidInput("session_minutes", "be some of 15, 20, 25 and 30", got)
        _check_place(self.place)

    @property
    def buffer(self) -> timedelta:
        return timedelta(minutes=self.buffer_minutes)

    @property
    def notice(self) -> timedelta:
        return timedelta(hours=self.notice_hours)

    @property
    def room_link(self) -> str:
        """The place where it is a link, else empty."""
        return self.place if self.place.startswith("https://") else ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """From a time of a day to a later one, on the wall."""

    start: time
    end: time

    def __post_init__(self) -> None:
        if self.start >= self.end:
            raise InvalidInput("hours", "end after they start", f"{self.start:%H:%M}-{self.end:%H:%M}")


@dataclass(frozen=True, slots=True)
class DateHours:
    """One day's hours instead of the weekly ones; none of them is a day off."""

    day: date
    hours: tuple[Stretch, ...] = ()

    def __post_init__(self) -> None:
        if len(self.hours) > MAX_STRETCHES_A_DAY:
            raise InvalidInput("hours", f"hold at most {MAX_STRETCHES_A_DAY} stretches", len(self.hours))


@dataclass(frozen=True, slots=True)
class Absence:
    """Out of office from one moment to another, as a mentor and as a mentee."""

    id: str
    person_id: str
    starts_at: datetime
    ends_at: datetime

    def __post_init__(self) -> None:
        if self.ends_at <= self.starts_at:
            raise InvalidInput("absence", "end after it starts", self.ends_at.isoformat())
        if self.ends_at - self.starts_at > MAX_ABSENCE:
            days = (self.ends_at - self.starts_at).days
            raise InvalidInput("absence", f"last at most {MAX_ABSENCE.days} days", days, "Pause instead.")

    @property
    def interval(self) -> Interval:
        return self.starts_at, self.ends_at


@dataclass(frozen=True, slots=True)
class Timetable:
    """All that is known of a person's time besides sessions and weekly hours.

    Parameters
    ----------
    busy
        When the person's own calendar says busy, absences left out; earliest first.
    """

    availability: Availability = field(default_factory=Availability)
    date_hours: Mapping[date, tuple[Stretch, ...]] = field(default_factory=dict)
    absences: tuple[Interval, ...] = ()
    busy: tuple[Interval, ...] = ()


def merged(intervals: Iterable[Interval]) -> list[Interval]:
    """Return the same times without overlaps, earliest first; those that touch become one."""
    found: list[Interval] = []
    for start, end in sorted(intervals):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _check_place(place: str) -> None:
    if len(place) > MAX_PLACE_CHARACTERS:
        raise InvalidInput("place", f"have at most {MAX_PLACE_CHARACTERS} characters", len(place), "Shorten it.")
    if not place.isprintable():
        raise InvalidInput("place", "be one line of plain text", "control characters", "Type it again.")
    if "://" in place and not _LINK.fullmatch(place):
        raise InvalidInput("place", "be an https link or words", "another link", "Begin it with https://.")


NO_TIMETABLE = Timetable()
