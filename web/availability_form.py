"""What a mentor typed about their time, read field by field: each problem stands beside its field, nothing is lost."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

from domain.availability import (
    BUFFER_STEP_MINUTES,
    MAX_BUFFER_MINUTES,
    MAX_NOTICE_HOURS,
    MAX_PLACE_CHARACTERS,
    MAX_STRETCHES_A_DAY,
    Availability,
    DateHours,
    Stretch,
)
from domain.errors import InvalidInput
from domain.people import WeeklyHours
from domain.sessions import ALLOWED_MINUTES
from services.own_availability import OwnTimes, Wishes
from web.language import later

DAYS = tuple(range(7))
BUFFERS = (0, 5, 10, 15, 20, 30, 45, 60)
MAX_WEEK_MINUTES, MAX_MONTH_MINUTES = 2_400, 10_000
FARTHEST = timedelta(days=366)
LAST_MINUTE = time(23, 59)
_STRETCH = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*[-–—]\s*(\d{1,2})(?:[:.](\d{2}))?")

_HOURS_WRONG = later("Write hours like 9:00–12:00, several with a comma between them.")
_HOURS_CROSS = later("These hours overlap. Write each time of the day once.")
_HOURS_MANY = later("Write at most six stretches a day.")
_DAY_WRONG = later("Choose a day from today to a year from now.")
_WEEK_WRONG = later("Write a whole number of minutes, at most 2,400.")
_MONTH_WRONG = later("Write a whole number of minutes, at most 10,000, or leave it empty for no limit.")
_NOTICE_WRONG = later("Write a whole number of hours, at most 336, which is two weeks.")
_BUFFER_WRONG = later("Choose how long from the list.")
_LENGTHS_WRONG = later("Choose at least one length.")
_PLACE_LONG = later("At most 300 characters fit here. Shorten it.")
_PLACE_WRONG = later("Paste a link that begins with https://, or write in words where to meet.")
_BACK_WRONG = later("Choose a day after today and within a year, or leave it empty.")
_CLOCK_WRONG = later("Write a time like 9:00, or leave it empty for the whole day.")

Typed = dict[str, Any]


@dataclass(slots=True)
class Reading:
    """What was typed, and what is wrong with it by field."""

    typed: Mapping[str, Any]
    errors: dict[str, str] = field(default_factory=dict)

    def read(self, name: str, parse: Callable[[str], Any]) -> Any:
        """Return the field's value; None after noting what is wrong with it."""
        try:
            return parse(str(self.typed.get(name, "")).strip())
        except _WrongField as wrong:
            self.errors[name] = wrong.message
            return None


class _WrongField(ValueError):
    def __init__(self, message: str) -> None:
        self.message = message
        super().__init__(message)


def typed_of(own: OwnTimes, local_date: Callable[[datetime], date]) -> Typed:
    """Return the fields as they stand for what is kept."""
    said, back = own.said, own.paused_until and local_date(own.paused_until)
    weekly: dict[str, list[Stretch]] = {f"hours{day}": [] for day in DAYS}
    for hours in sorted(own.offer.weekly_hours, key=lambda one: one.start):
        weekly[f"hours{hours.weekday}"].append(Stretch(hours.start, hours.end))
    return {
        **{name: hours_text(stretches) for name, stretches in weekly.items()},
        "week": str(own.offer.capacity_minutes_per_week),
        "month": "" if said.minutes_per_month is None else str(said.minutes_per_month),
        "lengths": sorted(said.session_minutes),
        "buffer": str(said.buffer_minutes),
        "notice": str(said.notice_hours),
        "place": said.place,
        "back": back.isoformat() if back and back > own.today else "",
    }


def read_wishes(typed: Mapping[str, Any], today: date) -> tuple[Wishes | None, dict[str, str]]:
    """Return what a mentor wants; None, and the problems by field, where something is wrong."""
    reading = Reading(typed)
    hours = {day: reading.read(f"hours{day}", parse_hours) or () for day in DAYS}
    week = reading.read("week", _number(MAX_WEEK_MINUTES, _WEEK_WRONG))
    back_on = reading.read("back", lambda text: _parse_back(text, today))
    said = _read_said(reading)
    if reading.errors or said is None:
        return None, reading.errors
    weekly = tuple(WeeklyHours(day, one.start, one.end) for day in DAYS for one in hours[day])
    return Wishes(weekly, week, said, back_on), {}


def read_day(typed: Mapping[str, Any], today: date) -> tuple[DateHours | None, dict[str, str]]:
    """Return a day with hours of its own, or the problems by field."""
    reading = Reading(typed)
    day = reading.read("day", lambda text: parse_day(text, today, today + FARTHEST))
    hours = reading.read("hours", parse_hours)
    return (None, reading.errors) if reading.errors else (DateHours(day, hours), {})


def read_absence(typed: Mapping[str, Any], today: date) -> tuple[tuple[datetime, datetime] | None, dict[str, str]]:
    """Return from when to when on the wall the person is away, or the problems by field.

    The last day counts whole where it has no time.
    """
    reading = Reading(typed)
    first = reading.read("from_day", lambda text: parse_day(text, today - FARTHEST, today + FARTHEST))
    last = reading.read("to_day", lambda text: parse_day(text, today, today + FARTHEST))
    from_time, to_time = (reading.read(name, _parse_clock) for name in ("from_time", "to_time"))
    if reading.errors:
        return None, reading.errors
    end = datetime.combine(last, to_time) if to_time else datetime.combine(last + timedelta(days=1), time())
    return (datetime.combine(first, from_time or time()), end), {}


def hours_text(stretches: list[Stretch] | tuple[Stretch, ...]) -> str:
    """Return `09:00–12:00, 14:00–16:30`."""
    return ", ".join(f"{one.start:%H:%M}–{one.end:%H:%M}" for one in stretches)


def parse_hours(text: str) -> tuple[Stretch, ...]:
    """Return the stretches of a day, earliest first; nothing typed is none."""
    parts = [part.strip() for part in re.split(r"[,;]", text) if part.strip()]
    if len(parts) > MAX_STRETCHES_A_DAY:
        raise _WrongField(_HOURS_MANY)
    stretches = sorted((_parse_stretch(part) for part in parts), key=lambda one: one.start)
    if any(earlier.end > following.start for earlier, following in pairwise(stretches)):
        raise _WrongField(_HOURS_CROSS)
    return tuple(stretches)


def parse_day(text: str, first: date, last: date) -> date:
    """Return the day of an ISO date, neither before the first nor after the last."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise _WrongField(_DAY_WRONG) from None
    if not first <= day <= last:
        raise _WrongField(_DAY_WRONG)
    return day


def _read_said(reading: Reading) -> Availability | None:
    lengths = frozenset(int(text) for text in reading.typed.get("lengths", ()) if text in map(str, ALLOWED_MINUTES))
    if not lengths:
        reading.errors["lengths"] = _LENGTHS_WRONG
    month = reading.read("month", lambda text: _number(MAX_MONTH_MINUTES, _MONTH_WRONG)(text) if text else None)
    buffer = reading.read("buffer", _number(MAX_BUFFER_MINUTES, _BUFFER_WRONG, step=BUFFER_STEP_MINUTES))
    notice = reading.read("notice", _number(MAX_NOTICE_HOURS, _NOTICE_WRONG))
    place = reading.read("place", _parse_place)
    return None if reading.errors else Availability(month, buffer, notice, lengths, place)


def _number(most: int, message: str, *, step: int = 1) -> Callable[[str], int]:
    def parse(text: str) -> int:
        if not (text.isascii() and text.isdecimal() and len(text) < 9) or int(text) > most or int(text) % step:
            raise _WrongField(message)
        return int(text)

    return parse


def _parse_stretch(text: str) -> Stretch:
    found = _STRETCH.fullmatch(text)
    if found is None:
        raise _WrongField(_HOURS_WRONG)
    try:
        return Stretch(*(_clock(hour, minute) for hour, minute in (found.group(1, 2), found.group(3, 4))))
    except (ValueError, InvalidInput):
        raise _WrongField(_HOURS_WRONG) from None


def _clock(hour: str, minute: str | None) -> time:
    is_midnight = int(hour) == 24 and not int(minute or 0)
    return LAST_MINUTE if is_midnight else time(int(hour), int(minute or 0))


def _parse_clock(text: str) -> time | None:
    found = re.fullmatch(r"(\d{1,2})[:.](\d{2})", text)
    if not text:
        return None
    try:
        return _clock(found[1], found[2]) if found else time.fromisoformat(f"{int(text):02}:00")
    except ValueError:
        raise _WrongField(_CLOCK_WRONG) from None


def _parse_back(text: str, today: date) -> date | None:
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise _WrongField(_BACK_WRONG) from None
    if not today < day <= today + FARTHEST:
        raise _WrongField(_BACK_WRONG)
    return day


def _parse_place(text: str) -> str:
    if len(text) > MAX_PLACE_CHARACTERS:
        raise _WrongField(_PLACE_LONG)
    try:
        return Availability(place=text).place
    except InvalidInput:
        raise _WrongField(_PLACE_WRONG) from None
