"""Opens calendars on CalDAV servers, with the password that the person gave."""

from collections.abc import Callable, Collection
from datetime import datetime

from integrations.caldav import CalDavCalendar
from integrations.caldav_http import CalDavConnection
from integrations.calendar import Calendar
from services.calendar_kinds import CalendarFactory, OpenedConnection

PASSWORD = "password"  # noqa: S105 - the name under which it is sealed


def caldav_factory(hosts: Collection[str], clock: Callable[[], datetime]) -> CalendarFactory:
    """Return what opens calendars on these hosts."""

    def make(opened: OpenedConnection) -> Calendar:
        account, person = opened.connection.account, opened.person
        connection = CalDavConnection(hosts, account, str(opened.credentials()[PASSWORD]), clock)
        own = {person.email, account}
        return CalDavCalendar(connection, opened.connection.calendar, zone=person.zone, own_addresses=own, clock=clock)

    return make
