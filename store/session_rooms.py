"""Rooms that were opened for the calls of sessions."""

from dataclasses import asdict

from sqlalchemy import delete, select

from domain.calendars import SessionRoom
from store.booking_tables import session_rooms
from store.rows import upsert
from store.work import Work


class SessionRooms:
    """Queries for rooms, one per session."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def of(self, session_id: str) -> SessionRoom | None:
        """Return the room of the session; None for none."""
        query = select(session_rooms).where(session_rooms.c.session_id == session_id)
        row = self._work.connection.execute(query).mappings().first()
        return SessionRoom(**row) if row else None

    def keep(self, room: SessionRoom) -> None:
        """Keep the room in place of what was known of it before."""
        upsert(self._work.writing, session_rooms, [asdict(room)])

    def forget(self, session_id: str) -> None:
        """Forget the room of the session: it was given up."""
        self._work.writing.execute(delete(session_rooms).where(session_rooms.c.session_id == session_id))
