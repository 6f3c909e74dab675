"""Connects a person's own calendar, and lets it go."""

from domain.calendars import CalendarConnection, CalendarKind
from domain.errors import InvalidInput, NotReady
from domain.people import Person
from domain.sessions import SessionStatus
from integrations.caldav import CalDavCalendar
from integrations.caldav_find import find_calendar
from integrations.caldav_http import CalDavConnection
from integrations.calendar import CalendarFailed
from services.caldav_kind import PASSWORD
from services.calendars import open_calendar
from services.context import Context
from services.read_busy import AHEAD, enqueue_reading
from services.revoke_consent import revoke_consent
from services.sealed import Credentials
from services.write_event import enqueue_write
from store import Store, unit_of_work

MAX_CHARACTERS = 500


def connect_caldav(context: Context, person: Person, address: str, account: str, password: str) -> None:
    """Find the person's calendar, read it once, and keep it with its password sealed.

    Parameters
    ----------
    address
        The calendar, or just the server; `https://` may be left out.

    Raises
    ------
    InvalidInput
        If a field is empty or too long, or the address is none or leads to a host that is not allowed.
    CalendarFailed
        If the calendar was not found or read; nothing is kept then.
    NotReady
        If no host is allowed, or there is no secret to seal with.
    """
    if not context.caldav_hosts or not context.seal.is_ready:
        raise NotReady("CalDAV needs HALFHOUR_CALDAV_HOSTS and HALFHOUR_SECRET_KEY. Set them and start anew.")
    for name, text in (("account", account), ("password", password)):
        if not 1 <= len(text) <= MAX_CHARACTERS:
            raise InvalidInput(name, f"have 1 to {MAX_CHARACTERS} characters", f"{len(text)}")
    server = CalDavConnection(context.caldav_hosts, account, password, context.clock)
    found = find_calendar(server, _whole(address.strip()))
    now = context.clock()
    own = {person.email, account}
    calendar = CalDavCalendar(server, found, zone=person.zone, own_addresses=own, clock=context.clock)
    calendar.busy(now, now + AHEAD)
    keep_connection(context, person, CalendarKind.CALDAV, account, found, {PASSWORD: password})


def keep_connection(
    context: Context, person: Person, kind: CalendarKind, account: str, calendar: str, credentials: Credentials
) -> None:
    """Keep a calendar that was tried, have it read at once, and have the person's booked sessions written into it.

    What stood in another calendar before is taken out there.
    """
    with unit_of_work(context.engine) as store:
        before = store.calendars.of(person.id)
    if before and (before.kind, before.calendar) != (kind, calendar):
        disconnect(context, person)
    now = context.clock()
    sealed = context.seal.seal(person.id, credentials)
    connection = CalendarConnection(person.id, kind, account, calendar, sealed, connected_at=now)
    with unit_of_work(context.engine, write=True) as store:
        store.calendars.connect(connection)
        enqueue_reading(store, connection, now)
        written = {entry.session_id for entry in store.calendars.entries_of(person.id)}
        for session_id in sorted(written.union(_booked(context, store, person.id))):
            enqueue_write(store, store.sessions.get(session_id), person.id, now)


def disconnect(context: Context, person: Person) -> int:
    """Take the events of coming sessions out, forget the calendar, and return how many events could not be taken out.

    It is forgotten in any case: who wants to leave is not held by a server that does not answer.
    """
    with unit_of_work(context.engine) as store:
        connection = store.calendars.of(person.id)
        coming = set(_booked(context, store, person.id))
        entries = [entry for entry in store.calendars.entries_of(person.id) if entry.session_id in coming]
    if connection is None:
        return 0
    left = _take_out(context, person, connection, [entry.event_id for entry in entries])
    with unit_of_work(context.engine, write=True) as store:
        store.calendars.disconnect(person.id)
    revoke_consent(context, connection)  # last: without it nothing could be taken out
    return left


def _take_out(context: Context, person: Person, connection: CalendarConnection, event_ids: list[str]) -> int:
    """Remove the events and return how many are left; the first that fails ends it, for the rest would fail too."""
    if not event_ids:
        return 0
    removed = 0
    try:
        calendar = open_calendar(context, person, connection)
        for event_id in event_ids:
            calendar.remove(event_id)
            removed += 1
    except CalendarFailed:
        pass
    return len(event_ids) - removed


def _booked(context: Context, store: Store, person_id: str) -> list[str]:
    """Return the person's booked sessions that are still to come, by id."""
    now = context.clock()
    own = (*store.sessions.of_person(person_id), *store.sessions.of_mentor(person_id))
    return sorted(
        {
            session.id
            for session in own
            if session.status is SessionStatus.BOOKED and session.starts_at and session.starts_at > now
        }
    )


def _whole(address: str) -> str:
    return address if "://" in address else f"https://{address}"
