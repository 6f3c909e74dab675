"""Finds the calendar behind the address that a person typed: the calendar itself, their home, or just the server.

Sources: RFC 6764, 6 for the steps, RFC 5397 for who one is, RFC 4791, 6.2.1 for where one's calendars are.
"""

from integrations.caldav_answers import CALDAV, DAV, Resource, read_resources
from integrations.caldav_http import CalDavConnection
from integrations.calendar import CalendarFailed

_PRINCIPAL, _HOME = f"{DAV}current-user-principal", f"{CALDAV}calendar-home-set"
_BODY = (
    '<?xml version="1.0" encoding="utf-8"?>'
    '<D:propfind xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><D:prop>'
    "<D:resourcetype/><D:current-user-principal/><D:current-user-privilege-set/>"
    "<C:calendar-home-set/><C:supported-calendar-component-set/></D:prop></D:propfind>"
)
_XML = {"content-type": "application/xml; charset=utf-8"}
_MULTISTATUS = 207
# what servers say at an address where no WebDAV is spoken
_ELSEWHERE = {301, 302, 303, 307, 308, 400, 403, 404, 405, 501}


def find_calendar(connection: CalDavConnection, address: str) -> str:
    """Return the address of the person's calendar: the one that `address` names, or the first that takes events.

    Raises
    ------
    CalendarFailed
        If the server was not reached, refused, or has no calendar for this person.
    InvalidInput
        If `address` is none, or leads to a host that is not allowed.
    """
    url = connection.check(address)
    found = _look(connection, url)
    if found and found.is_calendar:
        return _folder(url)
    if not found or not (found.link(_PRINCIPAL) or found.link(_HOME)):
        url, found = _well_known(connection, url)
    return _first_calendar(connection, *_home(connection, url, found))


def _look(connection: CalDavConnection, url: str) -> Resource | None:
    answer = connection.ask("PROPFIND", url, _BODY, _XML | {"depth": "0"}, also=_ELSEWHERE)
    return next(iter(read_resources(answer.content)), None) if answer.status == _MULTISTATUS else None


def _well_known(connection: CalDavConnection, url: str) -> tuple[str, Resource]:
    answer = connection.ask_well_known("PROPFIND", url, _BODY, _XML | {"depth": "0"})
    found = read_resources(answer.content) if answer.status == _MULTISTATUS else []
    if not found:
        raise CalendarFailed("caldav.no_calendar", may_retry=False)
    return answer.url, found[0]


def _home(connection: CalDavConnection, url: str, found: Resource) -> tuple[str, str]:
    """Return the address that answered last, and the link to the home of the person's calendars."""
    if not found.link(_HOME) and found.link(_PRINCIPAL):
        url = connection.beside(url, found.link(_PRINCIPAL))
        found = _look(connection, url) or found
    if not found.link(_HOME):
        raise CalendarFailed("caldav.no_calendar", may_retry=False)
    return url, found.link(_HOME)


def _first_calendar(connection: CalDavConnection, url: str, home: str) -> str:
    address = connection.beside(url, home)
    answer = connection.ask("PROPFIND", address, _BODY, _XML | {"depth": "1"})
    for resource in read_resources(answer.content):
        if resource.is_calendar:
            return _folder(connection.beside(address, resource.href))
    raise CalendarFailed("caldav.no_calendar", may_retry=False)


def _folder(url: str) -> str:
    return url if url.endswith("/") else f"{url}/"
