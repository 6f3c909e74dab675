"""Google Calendar, and calls by Google Meet, in the account that a person connected.

An event's id is derived from the session's, so that whoever writes it twice writes one event. Source: Calendar API v3.
"""

import base64
import hashlib
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from integrations.calendar import CalendarEvent, Interval
from integrations.intervals import moment_of, without
from integrations.oauth import Account, segment
from integrations.provider_api import Json, ProviderApi, Refused
from integrations.rooms import Room, RoomRequest, https_link

NAME = "google"
# the least that shows when somebody is busy, and writes into the calendars they own
SCOPES = (
    "openid",
    "email",
    "https://www.googleapis.com/auth/calendar.freebusy",
    "https://www.googleapis.com/auth/calendar.events.owned",
)
PRIMARY = "primary"
_OURS = "halfhour"  # marks own events, in properties that only this app sees
_MAX_PAGES = 20
_GONE = {404, 410}
_TOO_FAST = {"rateLimitExceeded", "userRateLimitExceeded", "quotaExceeded", "dailyLimitExceeded"}


class GoogleCalendar:
    """One calendar of a connected account."""

    def __init__(self, account: Account, calendar: str = PRIMARY) -> None:
        self._account, self._calendar = account, calendar
        self._events = f"/calendars/{segment(calendar)}/events"

    def busy(self, start: datetime, end: datetime) -> Sequence[Interval]:
        """Return when the person is busy, UTC, in order, without Halfhour's own events.

        Google says busy without saying by what: own events are cut out of it. Whatever else lies at the very time of a
        session is cut out with it, and does no harm: the session itself takes that time.
        """
        span = {"timeMin": _written(start), "timeMax": _written(end)}
        sent = {**span, "timeZone": "UTC", "items": [{"id": self._calendar}]}
        answered = self._send("POST", "/freeBusy", content=sent)
        found = (answered.get("calendars") or {}).get(self._calendar)
        if not isinstance(found, dict) or found.get("errors"):
            raise self._account.api.failed("no_calendar", may_retry=False)
        taken = _intervals(found.get("busy", []), self._account.api)
        return without(taken, self._own(span)) if taken else ()

    def put(self, event: CalendarEvent, event_id: str = "") -> str:
        """Write the event and return its id; one that the person threw away comes back, for the session stands."""
        written = _event(event)
        if event_id:
            try:
                return self.change(event_id, written)
            except Refused as refused:
                if refused.status not in _GONE:
                    raise
        return str(self.write(id_of(event.uid), written)["id"])

    def remove(self, event_id: str) -> None:
        """Take the event out; one that is gone already is no fault."""
        try:
            self._send("DELETE", f"{self._events}/{segment(event_id)}", query={"sendUpdates": "none"})
        except Refused as refused:
            if refused.status not in _GONE:
                raise

    def write(self, event_id: str, written: Json, *, with_conference: bool = False) -> Json:
        """Return the event as it is kept: made, or changed where one has this id, be it thrown away."""
        query = {"sendUpdates": "none", "conferenceDataVersion": "1" if with_conference else "0"}
        try:
            kept = self._send("POST", self._events, query=query, content={**written, "id": event_id})
        except Refused as refused:
            if refused.status != 409:
                raise
            kept = self._send("PATCH", f"{self._events}/{segment(event_id)}", query=query, content=written)
        if not isinstance(kept.get("id"), str):
            raise self._account.api.failed("unreadable")
        return kept

    def change(self, event_id: str, written: Json) -> str:
        """Change the event and return its id; its conference stays."""
        query = {"sendUpdates": "none"}
        self._send("PATCH", f"{self._events}/{segment(event_id)}", query=query, content=written)
        return event_id

    def read(self, event_id: str) -> Json:
        """Return the event as it is kept."""
        return self._send("GET", f"{self._events}/{segment(event_id)}")

    def _own(self, span: dict[str, str]) -> list[Interval]:
        fields = "nextPageToken,items(start,end)"
        query = {**span, "privateExtendedProperty": f"{_OURS}=1", "singleEvents": "true", "fields": fields}
        own: list[Interval] = []
        for _ in range(_MAX_PAGES):
            page = self._send("GET", self._events, query=query)
            items = [
                {side: (item.get(side) or {}).get("dateTime") for side in ("start", "end")} for item in _list(page)
            ]
            own += _intervals(items, self._account.api)
            if not page.get("nextPageToken"):
                break
            query = {**query, "pageToken": str(page["nextPageToken"])}
        return own

    def _send(self, method: str, path: str, **sent: object) -> Json:
        try:
            return self._account.send(method, path, **sent)
        except Refused as refused:
            # Google says 403 where others say 429. Source: Calendar API, "Handle API errors"
            if refused.status == 403 and refused.reason in _TOO_FAST:
                raise Refused(NAME, 429, refused.reason, refused.retry_after) from None
            raise


class MeetRooms:
    """Calls by Google Meet, each the conference of the session's event in the host's calendar."""

    def __init__(self, account: Account, calendar: str = PRIMARY) -> None:
        self._account, self._calendar = account, GoogleCalendar(account, calendar)

    def open(self, request: RoomRequest) -> Room:
        """Return the room of this call.

        Raises
        ------
        CalendarFailed
            `google.no_link` while Google is still making the conference: the next attempt finds it.
        """
        event_id = id_of(request.uid)
        kind = {"type": "hangoutsMeet"}
        wished = {"createRequest": {"requestId": event_id, "conferenceSolutionKey": kind}}
        kept = self._calendar.write(event_id, {**_call(request), "conferenceData": wished}, with_conference=True)
        link = https_link(kept.get("hangoutLink") or self._calendar.read(event_id).get("hangoutLink"))
        if not link:
            raise self._account.api.failed("no_link")
        return Room(event_id, link)

    def move(self, room_id: str, request: RoomRequest) -> None:
        """Let the call's event begin at another time; its link stays."""
        self._calendar.change(room_id, _call(request))

    def close(self, room_id: str) -> None:
        """Take the event with its conference out."""
        self._calendar.remove(room_id)


def id_of(uid: str) -> str:
    """Return an event's id for a session's: letters a-v and digits, as Google wants. Source: RFC 4648, 7"""
    return base64.b32hexencode(hashlib.sha256(uid.encode()).digest()).decode().rstrip("=").lower()


def _event(event: CalendarEvent) -> Json:
    written = {
        "summary": event.title,
        "visibility": "private",
        "description": event.description,
        "location": event.place,
    }
    times = _times(event.starts_at, event.ends_at, event.zone)
    # confirmed: one that was thrown away comes back by it. No sequence: Google counts for itself and refuses others
    return {**written, **times, "status": "confirmed", "extendedProperties": {"private": {_OURS: "1"}}}


def _call(request: RoomRequest) -> Json:
    times = _times(request.starts_at, request.starts_at + timedelta(minutes=request.minutes), "UTC")
    marked = {"private": {_OURS: "1"}}
    shown = {"summary": request.title, "visibility": "private", "status": "confirmed"}
    return {**shown, **times, "extendedProperties": marked}


def _times(start: datetime, end: datetime, zone: str) -> Json:
    sides = {"start": start, "end": end}
    return {side: {"dateTime": _written(moment), "timeZone": zone} for side, moment in sides.items()}


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _list(page: Json) -> list[Json]:
    items = page.get("items")
    return [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []


def _intervals(items: Iterable[Json], api: ProviderApi) -> list[Interval]:
    try:
        return [(moment_of(item["start"]), moment_of(item["end"])) for item in items if item.get("start")]
    except (KeyError, TypeError, ValueError, AttributeError):
        raise api.failed("unreadable") from None
