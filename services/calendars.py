"""Opens the calendar that a person has connected."""

from domain.calendars import CalendarConnection
from domain.people import Person
from integrations.calendar import Calendar, CalendarFailed, NullCalendar
from services.calendar_kinds import OpenedConnection
from services.context import Context
from store import Store


def calendar_of(context: Context, store: Store, person_id: str) -> Calendar:
    """Return the calendar that the person has connected, one that knows of nothing where there is none.

    Raises
    ------
    CalendarFailed
        If its kind is not set up here any more, or its credentials cannot be opened.
    """
    connection = store.calendars.of(person_id)
    return open_calendar(context, store.people.get(person_id), connection) if connection else NullCalendar()


def open_calendar(context: Context, person: Person, connection: CalendarConnection) -> Calendar:
    """Return the calendar behind a connection; raise CalendarFailed when it cannot be opened here."""
    make = context.calendar_kinds.get(connection.kind)
    if make is None:
        raise CalendarFailed(f"{connection.kind}.not_set_up", may_retry=False)
    return make(OpenedConnection(person, connection, context.engine, context.seal))
