"""Google's token endpoint and calendar API on loopback, as far as Halfhour speaks them; keeps events and tokens."""

import base64
import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote

from tests.fakes.http_server import Answer, Asked, HttpServer

CLIENT_ID, CLIENT_SECRET = "halfhour.apps.example", "a secret of the tests"
EMAIL = "nora.quist@example.org"
OWN = ("primary", EMAIL)  # two names of one calendar


def refusal(status: int, reason: str, **headers: str) -> Answer:
    """Return a refusal in the shape of the calendar API."""
    error = {"errors": [{"domain": "global", "reason": reason, "message": f"about {EMAIL}"}], "code": status}
    return Answer(status, {"error": error}, headers={key.replace("_", "-"): value for key, value in headers.items()})


def an_id_token(claims: dict[str, str]) -> str:
    """Return claims as a token nobody signed: it came over the connection with the tokens."""
    parts = [{"alg": "none"}, claims]
    return ".".join([base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts]) + ".x"


class GoogleServer(HttpServer):
    """`busy_elsewhere` are intervals of other events; `events` by id, thrown-away ones kept as cancelled."""

    def __init__(self) -> None:
        super().__init__()
        self.events: dict[str, dict[str, Any]] = {}
        self.busy_elsewhere: list[tuple[datetime, datetime]] = []
        self.codes: dict[str, str] = {"a-code": ""}
        self.good_tokens = {"access-1"}
        self.refresh_tokens = {"refresh-1"}
        self.has_slow_conferences = False
        self._number = 1

    def answer(self, asked: Asked) -> Answer:
        if asked.path == "/token":
            return self._token(asked.form)
        if asked.path == "/revoke":
            self.refresh_tokens.discard(asked.form["token"])
            return Answer(content={})
        if asked.headers.get("authorization", "").removeprefix("Bearer ") not in self.good_tokens:
            return refusal(401, "authError")
        if asked.path == "/freeBusy":
            return self._free_busy(asked.content)
        return self._event(asked)

    def live(self) -> list[dict[str, Any]]:
        """Return the events that a person sees."""
        return [event for event in self.events.values() if event["status"] != "cancelled"]

    def _token(self, form: dict[str, str]) -> Answer:
        if (form["client_id"], form["client_secret"]) != (CLIENT_ID, CLIENT_SECRET):
            return Answer(401, {"error": "invalid_client"})
        is_code = form["grant_type"] == "authorization_code" and self.codes.pop(form["code"], None) is not None
        if not is_code and form.get("refresh_token") not in self.refresh_tokens:
            return Answer(400, {"error": "invalid_grant", "error_description": f"Token of {EMAIL} was revoked."})
        self._number += 1
        access = f"access-{self._number}"
        self.good_tokens.add(access)
        answered = {"access_token": access, "expires_in": 3599, "token_type": "Bearer", "scope": "openid email"}
        if is_code:
            answered |= {"refresh_token": "refresh-1", "id_token": an_id_token({"email": EMAIL})}
        return Answer(content=answered)

    def _free_busy(self, sent: dict[str, Any]) -> Answer:
        own = [tuple(_moment(event[side]["dateTime"]) for side in ("start", "end")) for event in self.live()]
        until, since = _moment(sent["timeMax"]), _moment(sent["timeMin"])
        taken = sorted(
            (max(a, since), min(b, until)) for a, b in [*self.busy_elsewhere, *own] if a < until and b > since
        )
        busy = [{"start": _written(start), "end": _written(end)} for start, end in _merged(taken)]
        name = sent["items"][0]["id"]
        found = {"busy": busy} if name in OWN else {"errors": [{"domain": "global", "reason": "notFound"}], "busy": []}
        return Answer(content={"kind": "calendar#freeBusy", "calendars": {name: found}})

    def _event(self, asked: Asked) -> Answer:
        *_, calendar, collection = asked.path.split("/")[:4]
        event_id = asked.path.split("/")[4] if asked.path.count("/") == 4 else ""
        if unquote(calendar) not in OWN or collection != "events":
            return refusal(404, "notFound")
        if not event_id:
            return self._insert(asked) if asked.method == "POST" else self._listed(asked)
        found = self.events.get(event_id)
        if found is None:
            return refusal(404, "notFound")
        return {"GET": self._read, "PATCH": self._patch, "DELETE": self._delete}[asked.method](found, asked)

    def _insert(self, asked: Asked) -> Answer:
        event = asked.content
        if not set(event["id"]) <= set("abcdefghijklmnopqrstuv0123456789") or not 5 <= len(event["id"]) <= 1024:
            return refusal(400, "invalid")
        if event["id"] in self.events:
            return refusal(409, "duplicate")
        self.events[event["id"]] = event
        self._confer(event, asked)
        return Answer(content=_shown(event))

    def _patch(self, event: dict[str, Any], asked: Asked) -> Answer:
        event.update(asked.content)
        self._confer(event, asked)
        return Answer(content=_shown(event))

    def _read(self, event: dict[str, Any], asked: Asked) -> Answer:
        if "conferenceData" in event and asked.query.get("conferenceDataVersion") != "1":
            event.setdefault("hangoutLink", _link(event))
        return Answer(content=_shown(event))

    def _delete(self, event: dict[str, Any], asked: Asked) -> Answer:
        if event["status"] == "cancelled":
            return refusal(410, "deleted")
        event["status"] = "cancelled"
        return Answer(204)

    def _confer(self, event: dict[str, Any], asked: Asked) -> None:
        if asked.query.get("conferenceDataVersion") != "1":
            event.pop("conferenceData", None) if asked.method == "POST" else None
        elif "conferenceData" in event and not self.has_slow_conferences:
            event.setdefault("hangoutLink", _link(event))

    def _listed(self, asked: Asked) -> Answer:
        name, _, value = asked.query["privateExtendedProperty"].partition("=")
        since, until = _moment(asked.query["timeMin"]), _moment(asked.query["timeMax"])
        found = [
            event
            for event in self.live()
            if event.get("extendedProperties", {}).get("private", {}).get(name) == value
            and _moment(event["start"]["dateTime"]) < until
            and _moment(event["end"]["dateTime"]) > since
        ]
        # one on each page, so that pages are turned
        at = int(asked.query.get("pageToken", "0"))
        page: dict[str, Any] = {"items": [_shown(event) for event in found[at : at + 1]]}
        if at + 1 < len(found):
            page["nextPageToken"] = str(at + 1)
        return Answer(content=page)


def _link(event: dict[str, Any]) -> str:
    return f"https://meet.example/{event['conferenceData']['createRequest']['requestId'][:12]}"


def _shown(event: dict[str, Any]) -> dict[str, Any]:
    return {"kind": "calendar#event", **event}


def _merged(intervals: list[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    merged: list[tuple[datetime, datetime]] = []
    for start, end in intervals:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
