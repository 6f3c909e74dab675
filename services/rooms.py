"""Rooms for calls: by the organisation's app, or in the calendar that the host of the call has connected."""

from integrations.rooms import Rooms
from services.calendar_kinds import OpenedConnection
from services.call_rooms import RoomHost
from services.context import Context
from store import Store


def rooms_of(context: Context, store: Store, person_id: str) -> Rooms:
    """Return what opens rooms for calls that this person hosts; it opens none where nothing is set up for them."""
    person, connection = store.people.get(person_id), store.calendars.of(person_id)
    opened = OpenedConnection(person, connection, context.engine, context.seal) if connection else None
    return context.call_rooms(RoomHost(person, opened))
