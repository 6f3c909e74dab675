"""Calendars of people: the port that reads when they are busy and keeps one event per session, and its null."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from domain.jobs import JobFailed

Interval = tuple[datetime, datetime]


class CalendarFailed(JobFailed):
    """A calendar or a room could not be reached, or refused; `code` says why: `caldav.401`, `google.unreachable`."""


class Method(StrEnum):
    """What an invitation asks for: to be there, first or anew; or not to come. Source: RFC 5546, 1.4"""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """One session in a calendar.

    Parameters
    ----------
    uid
        The same for the whole life of the session, so that calendars update and do not multiply.
    sequence
        Rises with every change that people are told about. Source: RFC 5545, 3.8.7.4
    starts_at, ends_at
        UTC.
    zone
        IANA name of the zone in which the calendar's owner lives.
    place
        A link or a room; "" for none yet.
    """

    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    zone: str
    title: str = field(repr=False)
    description: str = field(repr=False)
    place: str = field(default="", repr=False)


class Calendar(Protocol):
    """One person's calendar; every method raises CalendarFailed when it was not reached or refused."""

    def busy(self, start: datetime, end: datetime) -> Sequence[Interval]:
        """Return when the person is busy between two moments, UTC, in order; own events of `put` are left out."""
        ...

    def put(self, event: CalendarEvent, event_id: str = "") -> str:
        """Write the event, or change the one that `event_id` names, and return its id; twice makes one event."""
        ...

    def remove(self, event_id: str) -> None:
        """Take the event out; one that is gone already is no fault."""
        ...


class NullCalendar:
    """Knows of nothing and keeps nothing: stands where a person has connected no calendar."""

    def busy(self, start: datetime, end: datetime) -> Sequence[Interval]:
        return ()

    def put(self, event: CalendarEvent, event_id: str = "") -> str:
        return event_id or event.uid

    def remove(self, event_id: str) -> None:
        pass
