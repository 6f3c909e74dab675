"""Sessions as calendars read them: iCalendar texts to send by mail or to keep on a server.

Sources: RFC 5545 for the format, RFC 5546 for invitations (3.2.2 REQUEST, 3.2.5 CANCEL), RFC 4791 (4.1) for what is
kept.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar, Component, Event, vCalAddress

from domain.characters import CONTROL, INVISIBLE
from domain.errors import InvalidInput
from integrations.calendar import CalendarEvent, Method
from integrations.mail import check_address
from integrations.vtimezone import zone_around

PRODUCT = "-//Halfhour//Halfhour//EN"
_OWN = "@halfhour"
_UID = re.compile(r"[\w.-]{1,200}@[\w.-]{1,100}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody in an invitation: a name and one e-mail address."""

    name: str = field(repr=False)
    email: str = field(repr=False)


def uid_of(session_id: str) -> str:
    """Return the UID that a session keeps for its whole life, in mails and in calendars."""
    return f"{session_id}{_OWN}"


def is_own_uid(uid: str) -> bool:
    """Whether a UID is one of `uid_of`: such an event is a session that Halfhour knows of anyway."""
    return uid.endswith(_OWN)


def invitation(event: CalendarEvent, organizer: Party, attendees: Sequence[Party], method: Method, at: datetime) -> str:
    """Return the text that mailboxes turn into an event, a change of it, or its end.

    Parameters
    ----------
    at
        Now, UTC: DTSTAMP.

    Raises
    ------
    InvalidInput
        If the UID or an address is none, or nobody is invited.
    """
    if not attendees:
        raise InvalidInput("attendees", "hold somebody", 0)
    made = _event(event, at)
    made.add("status", "CANCELLED" if method is Method.CANCEL else "CONFIRMED")
    made.add("organizer", _address(organizer), encode=False)
    for party in attendees:
        made.add(
            "attendee", _address(party, ROLE="REQ-PARTICIPANT", PARTSTAT="NEEDS-ACTION", RSVP="TRUE"), encode=False
        )
    return _text(event, made, method=method)


def stored_event(event: CalendarEvent, at: datetime, alarms: Iterable[Component] = ()) -> str:
    """Return the text to keep on a calendar server, with the alarms that the owner has set.

    It names nobody: a server that schedules would send invitations of its own. Source: RFC 6638, 3.2.1
    """
    made = _event(event, at)
    made.add("status", "CONFIRMED")
    for alarm in alarms:
        made.add_component(alarm)
    return _text(event, made)


def _event(event: CalendarEvent, at: datetime) -> Event:
    if not _UID.fullmatch(event.uid):
        raise InvalidInput("uid", "look like name@place", f"{len(event.uid)} characters")
    made = Event()
    made.add("uid", event.uid)
    made.add("sequence", event.sequence)
    made.add("dtstamp", at.astimezone(UTC))
    made.add("dtstart", _local(event.starts_at, event.zone))
    made.add("dtend", _local(event.ends_at, event.zone))
    made.add("summary", _plain(event.title, keep_lines=False))
    made.add("transp", "OPAQUE")
    made.add("class", "PRIVATE")  # who may look into this calendar sees that the time is taken, not what for
    for name, text in (("description", _plain(event.description)), ("location", _plain(event.place, keep_lines=False))):
        if text:
            made.add(name, text)
    return made


def _text(event: CalendarEvent, made: Event, **properties: Any) -> str:
    whole = Calendar()
    for name, value in {"version": "2.0", "prodid": PRODUCT, "calscale": "GREGORIAN", **properties}.items():
        whole.add(name, value)
    if any("TZID" in made[name].params for name in ("dtstart", "dtend")):
        whole.add_component(zone_around(event.zone, event.starts_at))
    whole.add_component(made)
    return str(whole.to_ical(), "utf-8")


def _local(at: datetime, zone: str) -> datetime:
    """Return the moment on the zone's clock; in UTC when that clock shows it for the second time.

    Source: RFC 5545, 3.3.5: a local time that occurs twice means the first.
    """
    local = at.astimezone(ZoneInfo(zone))
    return at.astimezone(UTC) if local.fold else local


def _address(party: Party, **parameters: str) -> vCalAddress:
    made = vCalAddress(f"mailto:{check_address('mail address', party.email).addr_spec}")
    # a quotation mark would end the name: RFC 5545 knows no way to write one there
    made.params["CN"] = _plain(party.name, keep_lines=False).replace('"', "'")
    for name, value in parameters.items():
        made.params[name] = value
    return made


def _plain(text: str, *, keep_lines: bool = True) -> str:
    """Return the words without what would steer their reader; icalendar escapes and folds them."""
    lines = INVISIBLE.sub("", CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))
    return lines.strip() if keep_lines else " ".join(lines.split())
