"""Ready-made events and invitations."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from icalendar import Calendar, Event

from integrations.calendar import CalendarEvent, Method
from integrations.ical import Party, invitation, uid_of
from tests.builders import NOW

AT = datetime(2026, 3, 5, 13, 20, tzinfo=UTC)
HALFHOUR = Party("Halfhour", "halfhour@example.org")
NORA = Party("Nora Quist", "nora@example.org")


def an_event(**changes: Any) -> CalendarEvent:
    """Return a session of 20 minutes, Thursday 14:20 in Berlin."""
    event = CalendarEvent(
        uid=uid_of("s1"),
        sequence=0,
        starts_at=AT,
        ends_at=AT + timedelta(minutes=20),
        zone="Europe/Berlin",
        title="Delegate work, with Dee Fox",
        description="The agenda is on the page of the session.",
        place="https://meet.example.org/dee",
    )
    return replace(event, **changes)


def an_invitation(method: Method = Method.REQUEST, **changes: Any) -> str:
    """Return the text that invites Nora to the event."""
    return invitation(an_event(**changes), HALFHOUR, [NORA], method, NOW)


def event_in(text: str) -> Event:
    """Return the one event of a calendar's text, as another program reads it."""
    (event,) = Calendar.from_ical(text).walk("VEVENT")
    assert isinstance(event, Event)
    return event
