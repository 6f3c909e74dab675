"""Outlook's calendar by Microsoft Graph, and calls by Teams, in the account that a person connected.

Own events carry the session's id in a property that only programs see: it is looked for before an event is made, and a
transaction id keeps two attempts at once from making two. Source: Microsoft Graph v1.0.
"""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from integrations.calendar import CalendarEvent, Interval
from integrations.intervals import moment_of
from integrations.oauth import Account, segment
from integrations.provider_api import Json, Refused
from integrations.rooms import Room, RoomRequest, https_link

NAME = "graph"
SCOPES = ("openid", "profile", "email", "offline_access", "Calendars.ReadWrite")
TEAMS_SCOPE = "OnlineMeetings.ReadWrite"
_OURS = "halfhour-"
_UID_PROPERTY = "String {6f6a2a6e-9a0e-4b53-8c5e-52d3f6c3a1b7} Name HalfhourSession"
_UTC = {"prefer": 'outlook.timezone="UTC"'}
_FREE = {"free", "workingElsewhere"}
_GONE = {404, 410}
_PAGE_SIZE = 200
_MAX_PAGES = 20


class GraphCalendar:
    """The default calendar of a connected account."""

    def __init__(self, account: Account) -> None:
        self._account = account

    def busy(self, start: datetime, end: datetime) -> Sequence[Interval]:
        """Return when the person is busy, UTC, in order, without Halfhour's own events; tentative counts as busy."""
        found = [_interval(item) for item in self._view(start, end) if _is_busy(item)]
        if None in found:
            raise self._account.api.failed("unreadable")
        return sorted(interval for interval in found if interval and interval[0] < interval[1])

    def put(self, event: CalendarEvent, event_id: str = "") -> str:
        """Write the event and return its id; one that the person threw away is made anew, for the session stands."""
        if event_id and self._change(event_id, event):
            return event_id
        return self._found(event) or self._made(event)

    def remove(self, event_id: str) -> None:
        """Take the event out; one that is gone already is no fault."""
        try:
            self._account.send("DELETE", f"/me/events/{segment(event_id)}")
        except Refused as refused:
            if refused.status not in _GONE:
                raise

    def _change(self, event_id: str, event: CalendarEvent) -> bool:
        """Change the event; False where there is none."""
        try:
            self._account.send("PATCH", f"/me/events/{segment(event_id)}", content=_written(event), headers=_UTC)
        except Refused as refused:
            if refused.status not in _GONE:
                raise
            return False
        return True

    def _found(self, event: CalendarEvent) -> str:
        """Return the id of this session's event after changing it; "" where there is none."""
        wanted = f"singleValueExtendedProperties/any(p: p/id eq '{_UID_PROPERTY}' and p/value eq '{_mark(event.uid)}')"
        page = self._account.send("GET", "/me/events", query={"$filter": wanted, "$select": "id", "$top": "1"})
        ids = [item["id"] for item in _list(page) if isinstance(item.get("id"), str)]
        return ids[0] if ids and self._change(ids[0], event) else ""

    def _made(self, event: CalendarEvent) -> str:
        mark = _mark(event.uid)
        # the sequence too: one that was thrown away and is made anew later is another transaction
        known = {
            "transactionId": f"{mark}-{event.sequence}",
            "singleValueExtendedProperties": [{"id": _UID_PROPERTY, "value": mark}],
        }
        try:
            kept = self._account.send("POST", "/me/events", content={**_written(event), **known}, headers=_UTC)
        except Refused as refused:
            found = self._found(event) if refused.status == 409 else ""
            if not found:
                raise
            return found
        if not isinstance(kept.get("id"), str):
            raise self._account.api.failed("unreadable")
        return str(kept["id"])

    def _view(self, start: datetime, end: datetime) -> Iterator[Json]:
        query: dict[str, str] | None = {
            "startDateTime": _zulu(start),
            "endDateTime": _zulu(end),
            "$select": "start,end,showAs,isCancelled,transactionId",
            "$top": str(_PAGE_SIZE),
        }
        path = "/me/calendarView"
        for _ in range(_MAX_PAGES):
            page = self._account.send("GET", path, query=query, headers=_UTC)
            yield from _list(page)
            if not page.get("@odata.nextLink"):
                return
            path, query = self._account.api.path_of(str(page["@odata.nextLink"])), None
        raise self._account.api.failed("too_large", may_retry=False)


class TeamsRooms:
    """Calls by Teams in the host's account; the session's id is the provider's own key, so that asking twice opens one.

    They stand beside the calendar's event: to change the words of an event that is itself a Teams meeting takes its
    link away. Source: Graph, "Update event", on preserving the meeting blob
    """

    def __init__(self, account: Account) -> None:
        self._account = account

    def open(self, request: RoomRequest) -> Room:
        """Return the room of this call."""
        sent = {**_call(request), "externalId": _mark(request.uid)}
        kept = self._account.send("POST", "/me/onlineMeetings/createOrGet", content=sent)
        link = https_link(kept.get("joinWebUrl"))
        if not link or not isinstance(kept.get("id"), str):
            raise self._account.api.failed("no_link")
        return Room(kept["id"], link)

    def move(self, room_id: str, request: RoomRequest) -> None:
        """Let the room begin at another time; its link stays."""
        self._account.send("PATCH", f"/me/onlineMeetings/{segment(room_id)}", content=_call(request))

    def close(self, room_id: str) -> None:
        """Give the room up; one that is gone already is no fault."""
        try:
            self._account.send("DELETE", f"/me/onlineMeetings/{segment(room_id)}")
        except Refused as refused:
            if refused.status not in _GONE:
                raise


def _mark(uid: str) -> str:
    return _OURS + hashlib.sha256(uid.encode()).hexdigest()[:32]


def _written(event: CalendarEvent) -> Json:
    sides = {"start": event.starts_at, "end": event.ends_at}
    times = {side: {"dateTime": _naive(moment), "timeZone": "UTC"} for side, moment in sides.items()}
    body = {"contentType": "text", "content": event.description}
    shown = {"showAs": "busy", "sensitivity": "private"}
    return {"subject": event.title, "body": body, "location": {"displayName": event.place}, **shown, **times}


def _call(request: RoomRequest) -> Json:
    end = request.starts_at + timedelta(minutes=request.minutes)
    return {"subject": request.title, "startDateTime": _zulu(request.starts_at), "endDateTime": _zulu(end)}


def _is_busy(item: Json) -> bool:
    is_own = str(item.get("transactionId") or "").startswith(_OURS)
    return not is_own and not item.get("isCancelled") and item.get("showAs") not in _FREE


def _interval(item: Json) -> Interval | None:
    try:
        return moment_of(item["start"]["dateTime"]), moment_of(item["end"]["dateTime"])
    except (KeyError, TypeError, ValueError):
        return None


def _list(page: Json) -> list[Json]:
    items = page.get("value")
    return [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []


def _naive(moment: datetime) -> str:
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds")


def _zulu(moment: datetime) -> str:
    return f"{_naive(moment)}Z"
