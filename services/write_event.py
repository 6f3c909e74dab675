"""Brings people's own calendars to the state of their sessions: the event is there while a session is booked."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from domain.calendars import CalendarConnection, CalendarEntry
from domain.errors import NotFound
from domain.people import Person
from domain.sessions import WAS_HELD, MentoringSession, SessionStatus
from integrations.calendar import Calendar, CalendarEvent, CalendarFailed
from services.calendars import open_calendar
from services.context import Context
from services.session_event import session_event
from store import Store, unit_of_work

WRITE_EVENT = "write_event"
_MOST_CHANGES = 5  # while a calendar is written, a session may change once or twice
NEVER_WRITTEN = -1
_STAYS = WAS_HELD | {SessionStatus.NO_SHOW}


def enqueue_writes(store: Store, session: MentoringSession, now: datetime, also: tuple[str, ...] = ()) -> None:
    """Ask for the calendars of everybody in the session, and of `also`: those who have just left it.

    Called in the transaction that changes the session; who has connected no calendar gets no job.
    """
    for person_id in dict.fromkeys((*session.everybody, *also)):
        if store.calendars.of(person_id):
            enqueue_write(store, session, person_id, now)


def enqueue_write(store: Store, session: MentoringSession, person_id: str, now: datetime) -> bool:
    """Ask for one person's calendar; return whether it is asked for now."""
    connection = store.calendars.of(person_id)
    since = connection.connected_at.isoformat() if connection else ""
    key = f"{WRITE_EVENT}:{session.id}:{person_id}:{session.revision}:{since}"
    return store.jobs.add(WRITE_EVENT, key, {"session_id": session.id, "person_id": person_id}, now)


def write_event(context: Context, payload: Mapping[str, Any]) -> None:
    """Put, change or take out the event of a session in one person's calendar. Run by a worker.

    The state counts that the session has now, not the one that caused the job; what changes while the calendar is
    written is written too.
    """
    session_id, person_id = str(payload["session_id"]), str(payload["person_id"])
    for _ in range(_MOST_CHANGES):
        wanted = _read(context, session_id, person_id)
        if wanted is None or not wanted.differs or _is_settled(context, wanted):
            return


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What a calendar should hold of a session, and what it was left with.

    `event` is None unless the person takes part in the session, and it is booked.
    """

    person: Person
    session: MentoringSession
    connection: CalendarConnection
    entry: CalendarEntry | None
    event: CalendarEvent | None

    @property
    def differs(self) -> bool:
        if self.session.status in _STAYS:  # what has taken place stays in the calendar as it was
            return False
        if self.event is None:
            return self.entry is not None
        return self.entry is None or self.entry.revision != self.session.revision


def _read(context: Context, session_id: str, person_id: str) -> _Wanted | None:
    """Return what is wanted now; None where there is no such session, or no calendar to write into."""
    try:
        with unit_of_work(context.engine) as store:
            session, person = store.sessions.get(session_id), store.people.get(person_id)
            connection = store.calendars.of(person_id)
            if connection is None:
                return None
            is_in = session.status is SessionStatus.BOOKED and person_id in session.everybody
            event = session_event(store, session, person) if is_in else None
            return _Wanted(person, session, connection, store.calendars.entry(session_id, person_id), event)
    except NotFound:
        return None


def _is_settled(context: Context, wanted: _Wanted) -> bool:
    """Write the calendar, note what was written, and return whether the session is still as it was."""
    try:
        calendar = open_calendar(context, wanted.person, wanted.connection)
        entry = _write(calendar, wanted)
    except CalendarFailed as failed:
        return _is_left_to_the_person(context, wanted.connection, failed)
    with unit_of_work(context.engine, write=True) as store:
        current = store.calendars.of(wanted.person.id)
        is_connected = current is not None and current.connected_at == wanted.connection.connected_at
        is_same = store.sessions.get(wanted.session.id) == wanted.session
        if is_connected and entry:
            # a place that was found meanwhile has the same revision: what was written is not what is wanted any more
            store.calendars.keep_entry(entry if is_same else replace(entry, revision=NEVER_WRITTEN))
        elif is_connected:
            store.calendars.forget_entry(wanted.session.id, wanted.person.id)
    if entry and not is_connected:  # let go of meanwhile: nothing of ours stays behind
        calendar.remove(entry.event_id)
    return is_same or not is_connected


def _is_left_to_the_person(context: Context, connection: CalendarConnection, failed: CalendarFailed) -> bool:
    """Return True where only the person can help, who sees it on the page and connects anew; else raise again."""
    if not replace(connection, last_error=failed.code).needs_the_person:
        raise failed
    with unit_of_work(context.engine, write=True) as store:
        store.calendars.note_read(connection, context.clock(), failed.code)
    return True


def _write(calendar: Calendar, wanted: _Wanted) -> CalendarEntry | None:
    known = wanted.entry.event_id if wanted.entry else ""
    if wanted.event:
        event_id = calendar.put(wanted.event, known)
        return CalendarEntry(wanted.session.id, wanted.person.id, event_id, wanted.session.revision)
    calendar.remove(known)
    return None
