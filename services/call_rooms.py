"""Who opens the rooms of calls that a person hosts: filled in `compose.py`."""

from collections.abc import Callable
from dataclasses import dataclass

from domain.people import Person
from integrations.rooms import NoRooms, Rooms
from services.calendar_kinds import OpenedConnection


@dataclass(frozen=True, slots=True)
class RoomHost:
    """The person who hosts a call, and the calendar that they have connected, if any."""

    person: Person
    opened: OpenedConnection | None = None


RoomsFactory = Callable[[RoomHost], Rooms]


def no_rooms(host: RoomHost) -> Rooms:
    """Return what opens none: the mentor's own link or place is used."""
    return NoRooms()
