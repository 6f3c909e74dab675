"""Calendars that people have connected, and the events that Halfhour keeps there."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

# the ends of codes that only the person can do something about: the password was changed, access was taken back
_FOR_THE_PERSON = (".401", ".403", ".revoked", ".sealed")


class CalendarKind(StrEnum):
    """By which way a calendar is reached."""

    CALDAV = "caldav"
    GOOGLE = "google"
    GRAPH = "graph"


@dataclass(frozen=True, slots=True)
class CalendarConnection:
    """A person's own calendar, read for busy times and written with sessions.

    Parameters
    ----------
    account
        The name under which the person signs in there.
    calendar
        Which of their calendars: an address or an id, as its kind names it.
    credentials
        Sealed; nothing but `services/sealed.py` can read them.
    read_at
        When busy times were read last; None for never yet.
    last_error
        Why the last attempt failed, one word as in `CalendarFailed`; "" where it did not.
    """

    person_id: str
    kind: CalendarKind
    account: str = field(repr=False)
    calendar: str = field(repr=False)
    credentials: bytes = field(repr=False)
    connected_at: datetime
    read_at: datetime | None = None
    last_error: str = ""

    @property
    def needs_the_person(self) -> bool:
        """Whether it fails until the person connects it anew."""
        return self.last_error.endswith(_FOR_THE_PERSON)


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """The event of a session in one person's calendar, as it was written at a revision of the session."""

    session_id: str
    person_id: str
    event_id: str
    revision: int


@dataclass(frozen=True, slots=True)
class SessionRoom:
    """The room that was opened for a session's call; `starts_at` is the time for which its provider knows it."""

    session_id: str
    room_id: str
    link: str = field(repr=False)
    starts_at: datetime
