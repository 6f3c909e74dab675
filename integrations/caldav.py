"""One person's calendar on a CalDAV server. Sources: RFC 4791 (5.3.2 for writing, 7.8 for asking), RFC 4918."""

from collections.abc import Callable, Collection, Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import httpx2
from icalendar import Calendar, Component

from integrations.caldav_answers import CALDAV, Resource, read_resources
from integrations.caldav_http import Answer, CalDavConnection, utc_stamp
from integrations.calendar import CalendarEvent, CalendarFailed, Interval
from integrations.ical import stored_event
from integrations.ical_busy import busy_in

_ATTEMPTS = 4
_DAY = timedelta(days=1)
_XML = {"content-type": "application/xml; charset=utf-8", "depth": "1"}
_ICS = {"content-type": "text/calendar; charset=utf-8"}
_QUERY = (
    '<?xml version="1.0" encoding="utf-8"?>'
    '<C:calendar-query xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><D:prop>{asked}</D:prop>'
    '<C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT">{condition}</C:comp-filter></C:comp-filter>'
    "</C:filter></C:calendar-query>"
)
_DATA = f"{CALDAV}calendar-data"
_GONE = {404, 410}
_CHANGED_MEANWHILE = 412
# RFC 4791, 5.3.2.1 says 403 or 409; Nextcloud says 400
_MAYBE_ANOTHER_WITH_THIS_UID = {400, 403, 409}


class CalDavCalendar:
    """Keeps the port `Calendar`; an event's id is its path on the server.

    Parameters
    ----------
    address
        The calendar itself, ending with a slash, as `find_calendar` gives it.
    zone
        IANA name of the zone in which the owner lives.
    own_addresses
        The owner's e-mail addresses: what they declined under one of them does not count.
    """

    def __init__(
        self,
        connection: CalDavConnection,
        address: str,
        *,
        zone: str,
        own_addresses: Collection[str],
        clock: Callable[[], datetime],
    ) -> None:
        self._connection, self._address, self._clock = connection, connection.check(address), clock
        self._zone = ZoneInfo(zone)
        self._own_addresses = frozenset(own.casefold() for own in own_addresses)

    def busy(self, start: datetime, end: datetime) -> list[Interval]:
        """Return when the person is busy between two moments, UTC, in order; own events of `put` are left out."""
        # a day more on each side: the server does not know in which zone whole days are meant
        limits = f'<C:time-range start="{utc_stamp(start - _DAY)}" end="{utc_stamp(end + _DAY)}"/>'
        found = self._query("<C:calendar-data/>", limits)
        return busy_in((resource.text(_DATA) for resource in found), start, end, self._zone, self._own_addresses)

    def put(self, event: CalendarEvent, event_id: str = "") -> str:
        """Write the event, or change the one that `event_id` names, and return its id; twice makes one event.

        What somebody changed between our reading and our writing is read anew; alarms that the owner set are kept.
        """
        path = event_id if self._holds(event_id) else self._path_of(event.uid)
        for _ in range(_ATTEMPTS):
            answer = self._write(path, event)
            if answer.status in _MAYBE_ANOTHER_WITH_THIS_UID:
                path = self._other_path(event.uid, path, answer.status)
            elif answer.status != _CHANGED_MEANWHILE:
                return path
        raise CalendarFailed("caldav.412")

    def remove(self, event_id: str) -> None:
        """Take the event out; one that is gone already, or lies in another calendar, is no fault."""
        if self._holds(event_id):
            self._connection.ask("DELETE", self._url(event_id), also=_GONE)

    def _write(self, path: str, event: CalendarEvent) -> Answer:
        found = self._connection.ask("GET", self._url(path), also=_GONE)
        is_new = found.status in _GONE
        text = stored_event(event, self._clock(), () if is_new else _alarms(found))
        headers = _ICS | ({"if-none-match": "*"} if is_new else _if_unchanged(found))
        also = {_CHANGED_MEANWHILE, *_MAYBE_ANOTHER_WITH_THIS_UID}
        return self._connection.ask("PUT", self._url(path), text, headers, also=also)

    def _other_path(self, uid: str, path: str, status: int) -> str:
        """Return where else the event lies already, for instance because a mailbox put our invitation there."""
        condition = f'<C:prop-filter name="UID"><C:text-match collation="i;octet">{uid}</C:text-match></C:prop-filter>'
        paths = [httpx2.URL(self._url(found.href)).path for found in self._query("<D:getetag/>", condition)]
        others = [other for other in paths if self._holds(other) and other != path]
        if not others:
            raise CalendarFailed(f"caldav.{status}", may_retry=False)
        return others[0]

    def _query(self, asked: str, condition: str) -> Iterable[Resource]:
        body = _QUERY.format(asked=asked, condition=condition)
        return read_resources(self._connection.ask("REPORT", self._address, body, _XML).content)

    def _path_of(self, uid: str) -> str:
        return f"{httpx2.URL(self._address).path}{uid.replace('@', '-')}.ics"

    def _url(self, path: str) -> str:
        return self._connection.beside(self._address, path)

    def _holds(self, path: str) -> bool:
        """Whether the path names one thing within this calendar: the calendar itself must never be deleted."""
        folder, name = path.rpartition("/")[::2]
        return bool(name) and name not in {".", ".."} and f"{folder}/" == httpx2.URL(self._address).path


def _if_unchanged(found: Answer) -> dict[str, str]:
    etag = found.headers.get("etag", "")
    # a weak one never matches. Source: RFC 9110, 13.1.1
    return {"if-match": etag} if etag and not etag.startswith("W/") else {}


def _alarms(found: Answer) -> list[Component]:
    try:
        return list(Calendar.from_ical(found.content).walk("VALARM"))
    except ValueError:
        return []
