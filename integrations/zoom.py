"""Calls by Zoom, opened by the organisation's own app (server-to-server OAuth).

Zoom takes no key that would make a second request for a meeting harmless: so the host's meetings are looked through
first for the mark of the session, which stands in the agenda. One job per session asks, never two at once.
Source: Zoom API v2, "Meetings".
"""

import base64
import hashlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from integrations.oauth import LEEWAY, segment
from integrations.provider_api import Json, ProviderApi, Refused
from integrations.rooms import Room, RoomRequest, https_link

NAME = "zoom"
_SCHEDULED = 2
_PAGE_SIZE = 300
_MAX_PAGES = 20
_GONE = {404, 410}
_LIFE_SECONDS = 3600
_MAX_TOPIC = 200


@dataclass(frozen=True, slots=True)
class ZoomApp:
    """The app that an admin of Zoom made for Halfhour."""

    account_id: str
    client_id: str
    client_secret: str = field(repr=False)


class ZoomAccount:
    """The organisation's account: requests bear a token that is asked for once an hour, by one thread."""

    def __init__(self, api: ProviderApi, login: ProviderApi, app: ZoomApp, clock: Callable[[], datetime]) -> None:
        self.api, self._login, self._app, self._clock = api, login, app, clock
        self._lock = threading.Lock()
        self._token, self._expires_at = "", datetime.min.replace(tzinfo=UTC)

    def send(self, method: str, path: str, *, query: dict[str, str] | None = None, content: Json | None = None) -> Json:
        """Return the answer's object.

        Raises
        ------
        CalendarFailed
            As ProviderApi; `zoom.401` once a new token is refused too, or the app itself is.
        """
        token = self._token_in_force()
        try:
            return self._with(token, method, path, query, content)
        except Refused as refused:
            if refused.status != 401:
                raise
        return self._with(self._token_in_force(refused=token), method, path, query, content)

    def _with(self, token: str, method: str, path: str, query: dict[str, str] | None, content: Json | None) -> Json:
        headers = {"authorization": f"Bearer {token}"}
        return self.api.send(method, path, query=query, content=content, headers=headers)

    def _token_in_force(self, *, refused: str = "") -> str:
        with self._lock:
            if self._token == refused or self._expires_at - LEEWAY <= self._clock():
                self._token, self._expires_at = self._asked_for()
            return self._token

    def _asked_for(self) -> tuple[str, datetime]:
        known = base64.b64encode(f"{self._app.client_id}:{self._app.client_secret}".encode()).decode()
        form = {"grant_type": "account_credentials", "account_id": self._app.account_id}
        try:
            headers = {"authorization": f"Basic {known}"}
            answered = self._login.send("POST", "/oauth/token", form=form, headers=headers)
        except Refused as refused:
            if refused.status in (400, 401):  # 400 where the account or the app is unknown
                raise Refused(NAME, 401, refused.reason) from None
            raise
        token, seconds = answered.get("access_token"), answered.get("expires_in")
        if not isinstance(token, str) or not token:
            raise self.api.failed("unreadable")
        life = seconds if isinstance(seconds, int) and 0 < seconds <= _LIFE_SECONDS else _LIFE_SECONDS
        return token, self._clock() + timedelta(seconds=life)


class ZoomRooms:
    """Meetings of one host.

    Parameters
    ----------
    host
        Whose meetings they are: an e-mail address or id at Zoom, or `me` for the app's own.
    """

    def __init__(self, account: ZoomAccount, host: str = "me") -> None:
        self._account, self._meetings = account, f"/users/{segment(host)}/meetings"

    def open(self, request: RoomRequest) -> Room:
        """Return the room of this call: the one that an earlier attempt opened, else a new one."""
        mark = _mark(request.uid)
        found = next((item for item in self._scheduled() if item.get("agenda") == mark), None)
        if found is None:
            return self._room(self._account.send("POST", self._meetings, content=_written(request)))
        room = self._room(found)
        self.move(room.id, request)
        return room

    def move(self, room_id: str, request: RoomRequest) -> None:
        """Let the meeting begin at another time; its link stays."""
        self._account.send("PATCH", f"/meetings/{segment(room_id)}", content=_written(request))

    def close(self, room_id: str) -> None:
        """Delete the meeting without a word to anybody; one that is gone already is no fault."""
        try:
            query = {"schedule_for_reminder": "false", "cancel_meeting_reminder": "false"}
            self._account.send("DELETE", f"/meetings/{segment(room_id)}", query=query)
        except Refused as refused:
            if refused.status not in _GONE:
                raise

    def _scheduled(self) -> Iterator[Json]:
        query = {"type": "scheduled", "page_size": str(_PAGE_SIZE)}
        for _ in range(_MAX_PAGES):
            page = self._account.send("GET", self._meetings, query=query)
            items = page.get("meetings")
            yield from (item for item in items if isinstance(item, dict)) if isinstance(items, list) else ()
            if not page.get("next_page_token"):
                return
            query = {**query, "next_page_token": str(page["next_page_token"])}

    def _room(self, item: Json) -> Room:
        number, link = item.get("id"), https_link(item.get("join_url"))
        if not isinstance(number, int) or not link:
            raise self._account.api.failed("no_link")
        return Room(str(number), link)


def _mark(uid: str) -> str:
    return f"Halfhour {hashlib.sha256(uid.encode()).hexdigest()[:32]}"


def _written(request: RoomRequest) -> Json:
    start = request.starts_at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds")
    # both may enter whoever comes first: nobody waits at a door for a host who is not told
    doors = {"join_before_host": True, "jbh_time": 10, "waiting_room": False}
    times = {"start_time": f"{start}Z", "duration": request.minutes, "timezone": "UTC"}
    return {
        "topic": request.title[:_MAX_TOPIC],
        "type": _SCHEDULED,
        **times,
        "agenda": _mark(request.uid),
        "settings": doors,
    }
