"""Reads when people are busy from the calendars that they have connected: each quarter of an hour, times only."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from domain.calendars import CalendarConnection
from domain.errors import NotFound
from integrations.calendar import CalendarFailed
from services.calendars import open_calendar
from services.context import Context
from store import Store, unit_of_work

READ_CALENDARS, READ_BUSY = "read_calendars", "read_busy"
PERIOD = timedelta(minutes=15)
AHEAD = timedelta(days=30)
KEPT = timedelta(hours=1)
# a password that is refused is tried four times a day: more often would lock the account
_ROUNDS_PER_RETRY = 24


def plan_reading(context: Context) -> None:
    """Let all calendars be read now, once for this quarter of an hour, by whichever worker is first."""
    with unit_of_work(context.engine, write=True) as store:
        _plan(store, context.clock())


def read_calendars(context: Context, payload: Mapping[str, Any]) -> None:
    """Ask for the reading of every connected calendar, and plan the next round. Run by a worker."""
    now = context.clock()
    round_number = _round_of(now)
    with unit_of_work(context.engine, write=True) as store:
        for connection in store.calendars.list():
            if not connection.needs_the_person or round_number % _ROUNDS_PER_RETRY == 0:
                enqueue_reading(store, connection, now)
        # a job per person and quarter of an hour: nobody needs those that are done
        store.jobs.purge_before(now - KEPT, READ_BUSY)
        store.jobs.purge_before(now - KEPT, READ_CALENDARS)
        _plan(store, now + PERIOD)


def enqueue_reading(store: Store, connection: CalendarConnection, now: datetime) -> bool:
    """Ask for the reading of one calendar, once in a quarter of an hour; return whether it is asked for now."""
    since = connection.connected_at.isoformat()
    key = f"{READ_BUSY}:{connection.person_id}:{_round_of(now)}:{since}"
    return store.jobs.add(READ_BUSY, key, {"person_id": connection.person_id}, now)


def read_busy(context: Context, payload: Mapping[str, Any]) -> None:
    """Read when the person is busy in the next 30 days, in place of what was read before. Run by a worker.

    A failure is noted and shown to the person; the next round tries again.
    """
    person_id = str(payload["person_id"])
    with unit_of_work(context.engine) as store:
        connection = store.calendars.of(person_id)
    if connection:
        read_connection(context, connection)


def read_connection(context: Context, connection: CalendarConnection) -> str:
    """Read one calendar and return "", or why it was not read."""
    try:
        _read(context, connection)
    except CalendarFailed as failed:
        with unit_of_work(context.engine, write=True) as store:
            store.calendars.note_read(connection, context.clock(), failed.code)
        return failed.code
    return ""


def _read(context: Context, connection: CalendarConnection) -> None:
    try:
        with unit_of_work(context.engine) as store:
            person = store.people.get(connection.person_id)
    except NotFound:
        return
    if not person.is_active:
        return
    start = context.clock()
    end = start + AHEAD
    intervals = open_calendar(context, person, connection).busy(start, end)
    with unit_of_work(context.engine, write=True) as store:
        if store.calendars.note_read(connection, start):  # else it was let go of meanwhile: nothing is kept
            store.availability.replace_busy(person.id, start, end, intervals)


def _plan(store: Store, at: datetime) -> None:
    store.jobs.add(READ_CALENDARS, f"{READ_CALENDARS}:{_round_of(at)}", {}, at)


def _round_of(at: datetime) -> int:
    return int(at.timestamp() // PERIOD.total_seconds())
