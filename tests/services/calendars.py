"""Companies whose people have connected calendars, in memory."""

from dataclasses import replace
from typing import Any

from domain.calendars import CalendarConnection, CalendarKind
from domain.sessions import MentoringSession
from integrations.calendar import CalendarFailed
from services.context import Context
from services.sealed import Seal
from store import unit_of_work
from tests.builders import NOW
from tests.fakes.calendars import FakeCalendar

SEAL = Seal("a-secret-of-the-tests-0123456789-abcdefghij")


def with_calendars(context: Context, **calendars: FakeCalendar) -> Context:
    """Return the context in which these people, by id, have connected these calendars."""
    kinds = {CalendarKind.GOOGLE: lambda opened: calendars[opened.person.id].open(opened)}
    made = replace(context, seal=SEAL, calendar_kinds=kinds)
    with unit_of_work(context.engine, write=True) as store:
        for person_id in calendars:
            store.calendars.connect(a_connection(person_id))
    return made


def a_connection(person_id: str, **changes: Any) -> CalendarConnection:
    """Return a connection of a calendar in memory, sealed."""
    sealed = SEAL.seal(person_id, {"token": "first"})
    return replace(CalendarConnection(person_id, CalendarKind.GOOGLE, person_id, "own", sealed, NOW), **changes)


def save(context: Context, session: MentoringSession) -> None:
    """Keep the session as it is now."""
    with unit_of_work(context.engine, write=True) as store:
        store.sessions.save([session])


def connection_of(context: Context, person_id: str) -> CalendarConnection:
    """Return what is kept of a person's calendar."""
    with unit_of_work(context.engine) as store:
        found = store.calendars.of(person_id)
    assert found is not None
    return found


UNREACHABLE = CalendarFailed("google.unreachable")
REFUSED = CalendarFailed("google.401", may_retry=False)
