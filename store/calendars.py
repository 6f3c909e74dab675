"""Calendars that people have connected, and which event of theirs belongs to which session."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, select, update
from sqlalchemy.engine import RowMapping

from domain.calendars import CalendarConnection, CalendarEntry, CalendarKind
from store.booking_tables import busy_times, calendar_connections, calendar_events
from store.rows import must_exist, upsert
from store.tables import people
from store.work import Work

# `Calendars.list` hides the built-in name inside the class
Entries = list[CalendarEntry]


class Calendars:
    """Queries for connected calendars; lists come by person."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def of(self, person_id: str) -> CalendarConnection | None:
        """Return the calendar that the person has connected; None for none."""
        query = select(calendar_connections).where(calendar_connections.c.person_id == person_id)
        row = self._work.connection.execute(query).mappings().first()
        return _connection(row) if row else None

    def list(self) -> list[CalendarConnection]:
        """Return every connected calendar."""
        query = select(calendar_connections).order_by(calendar_connections.c.person_id)
        return [_connection(row) for row in self._work.connection.execute(query).mappings()]

    def connect(self, connection: CalendarConnection) -> None:
        """Keep the calendar in place of the one before; raise InvalidInput for a person who is not stored."""
        must_exist(self._work.writing, people.c.id, [connection.person_id], "person_id", "Import the person first.")
        upsert(self._work.writing, calendar_connections, [asdict(connection)])

    def disconnect(self, person_id: str) -> None:
        """Forget the calendar, its busy times, and which events were written there."""
        for table in (calendar_connections, calendar_events, busy_times):
            self._work.writing.execute(delete(table).where(table.c.person_id == person_id))
        self._work.has_time_change = True

    def note_read(self, connection: CalendarConnection, at: datetime, error: str = "") -> bool:
        """Note how reading went; return False, and change nothing, when it is no longer this connection."""
        changes: dict[str, Any] = {"last_error": error} if error else {"last_error": "", "read_at": at}
        return self._change(connection, **changes)

    def keep_credentials(self, connection: CalendarConnection, credentials: bytes) -> bool:
        """Replace the sealed credentials; return False when they are no longer those of `connection`."""
        is_same = calendar_connections.c.credentials == connection.credentials
        return self._change(connection, is_same, credentials=credentials)

    def entry(self, session_id: str, person_id: str) -> CalendarEntry | None:
        """Return the event of a session in the person's calendar; None when there is none."""
        query = select(calendar_events).where(
            calendar_events.c.session_id == session_id, calendar_events.c.person_id == person_id
        )
        row = self._work.connection.execute(query).mappings().first()
        return CalendarEntry(**row) if row else None

    def entries_of(self, person_id: str) -> Entries:
        """Return the events in the person's calendar, by session."""
        query = select(calendar_events).where(calendar_events.c.person_id == person_id)
        rows = self._work.connection.execute(query.order_by(calendar_events.c.session_id)).mappings()
        return [CalendarEntry(**row) for row in rows]

    def keep_entry(self, entry: CalendarEntry) -> None:
        """Keep which event was written for a session."""
        upsert(self._work.writing, calendar_events, [asdict(entry)])

    def forget_entry(self, session_id: str, person_id: str) -> None:
        """Forget the event of a session: it was taken out."""
        is_this = and_(calendar_events.c.session_id == session_id, calendar_events.c.person_id == person_id)
        self._work.writing.execute(delete(calendar_events).where(is_this))

    def _change(self, connection: CalendarConnection, *conditions: Any, **changes: Any) -> bool:
        is_this = and_(
            calendar_connections.c.person_id == connection.person_id,
            calendar_connections.c.connected_at == connection.connected_at,
            *conditions,
        )
        return bool(self._work.writing.execute(update(calendar_connections).where(is_this).values(changes)).rowcount)


def _connection(row: RowMapping) -> CalendarConnection:
    return CalendarConnection(**{**row, "kind": CalendarKind(row["kind"]), "credentials": bytes(row["credentials"])})
