"""Microsoft's token endpoint and Graph on loopback, as far as Halfhour speaks them; keeps events, calls and tokens."""

import re
from datetime import UTC, datetime
from typing import Any

from tests.fakes.google_server import an_id_token
from tests.fakes.http_server import Answer, Asked, HttpServer

TENANT, CLIENT_ID, CLIENT_SECRET = "a-tenant", "an-app", "a secret of the tests"
EMAIL = "nora.quist@example.org"


def refusal(status: int, code: str, **headers: str) -> Answer:
    """Return a refusal in the shape of Graph."""
    content = {"error": {"code": code, "message": f"about {EMAIL}", "innerError": {"request-id": "r1"}}}
    return Answer(status, content, headers={key.replace("_", "-"): value for key, value in headers.items()})


class GraphServer(HttpServer):
    """`events` and `calls` by id; `v1` begins every path of Graph, `a-tenant` those of tokens."""

    def __init__(self) -> None:
        super().__init__()
        self.events: dict[str, dict[str, Any]] = {}
        self.calls: dict[str, dict[str, Any]] = {}
        self.codes: dict[str, str] = {"a-code": ""}
        self.good_tokens = {"access-1"}
        self.refresh_tokens = {"refresh-1"}
        self.elsewhere = ""
        self._number = 1

    @property
    def base(self) -> str:
        return f"{self.address}/v1"

    def answer(self, asked: Asked) -> Answer:
        if asked.path == f"/{TENANT}/oauth2/v2.0/token":
            return self._token(asked.form)
        if asked.headers.get("authorization", "").removeprefix("Bearer ") not in self.good_tokens:
            return refusal(401, "InvalidAuthenticationToken")
        path = asked.path.removeprefix("/v1/me")
        if path == "/calendarView":
            return self._view(asked)
        if path == "/onlineMeetings/createOrGet":
            return self._call(asked.content)
        kept = self.calls if path.startswith("/onlineMeetings/") else self.events
        if path == "/events":
            return self._create(asked.content) if asked.method == "POST" else self._search(asked.query["$filter"])
        return self._change(kept, path.split("/")[2], asked)

    def meet(self, start: datetime, end: datetime, **fields: Any) -> None:
        """Put an event of somebody else into the calendar."""
        times = {
            side: {"dateTime": _written(moment), "timeZone": "UTC"} for side, moment in (("start", start), ("end", end))
        }
        self._keep({"showAs": "busy", "isCancelled": False, "transactionId": None, **times, **fields})

    def _token(self, form: dict[str, str]) -> Answer:
        if (form["client_id"], form["client_secret"]) != (CLIENT_ID, CLIENT_SECRET):
            return Answer(401, {"error": "invalid_client", "error_description": "AADSTS7000215"})
        is_code = form["grant_type"] == "authorization_code" and self.codes.pop(form["code"], None) is not None
        if not is_code and form.get("refresh_token") not in self.refresh_tokens:
            return Answer(400, {"error": "invalid_grant", "error_description": f"AADSTS70000 {EMAIL}"})
        self._number += 1
        access, refresh = f"access-{self._number}", f"refresh-{self._number}"
        self.good_tokens.add(access)
        if not is_code:  # each refresh token is good once here
            self.refresh_tokens.discard(form["refresh_token"])
        self.refresh_tokens.add(refresh)
        claims = an_id_token({"preferred_username": EMAIL})
        answered = {"access_token": access, "refresh_token": refresh, "expires_in": 4821, "token_type": "Bearer"}
        return Answer(content={**answered, "id_token": claims})

    def _view(self, asked: Asked) -> Answer:
        since, until = (_moment(asked.query[name]) for name in ("startDateTime", "endDateTime"))
        found = [
            event
            for event in self.events.values()
            if _moment(event["start"]["dateTime"]) < until and _moment(event["end"]["dateTime"]) > since
        ]
        # one on each page, so that pages are turned
        at = int(asked.query.get("$skip", "0"))
        page: dict[str, Any] = {"value": [_precise(event) for event in found[at : at + 1]]}
        if at + 1 < len(found):
            times = "&".join(f"{name}={asked.query[name]}" for name in ("startDateTime", "endDateTime"))
            page["@odata.nextLink"] = f"{self.elsewhere or self.base}/me/calendarView?{times}&$skip={at + 1}"
        return Answer(content=page)

    def _create(self, sent: dict[str, Any]) -> Answer:
        same = [event for event in self.events.values() if event.get("transactionId") == sent["transactionId"]]
        if same:
            return refusal(409, "ErrorDuplicateTransactionId")
        return Answer(201, self._keep({"isCancelled": False, **sent}))

    def _keep(self, event: dict[str, Any]) -> dict[str, Any]:
        event["id"] = f"AAMkAG{len(self.events)}-_="
        self.events[event["id"]] = event
        return event

    def _search(self, wanted: str) -> Answer:
        matched = re.fullmatch(r"singleValueExtendedProperties/any\(p: p/id eq '(.+)' and p/value eq '(.+)'\)", wanted)
        if matched is None:
            return refusal(400, "ErrorInvalidUrlQueryFilter")
        pair = {"id": matched[1], "value": matched[2]}
        found = [event for event in self.events.values() if pair in event.get("singleValueExtendedProperties", [])]
        return Answer(content={"value": [{"id": event["id"]} for event in found]})

    def _change(self, kept: dict[str, dict[str, Any]], key: str, asked: Asked) -> Answer:
        from_path = next((name for name in kept if _quoted(name) == key), "")
        if not from_path:
            return refusal(404, "ErrorItemNotFound")
        if asked.method == "DELETE":
            del kept[from_path]
            return Answer(204)
        kept[from_path].update(asked.content)
        return Answer(content=kept[from_path])

    def _call(self, sent: dict[str, Any]) -> Answer:
        same = [call for call in self.calls.values() if call["externalId"] == sent["externalId"]]
        if same:
            return Answer(200, same[0])
        key = f"MSp{len(self.calls)}"
        self.calls[key] = {**sent, "id": key, "joinWebUrl": f"https://teams.example/l/meetup-join/{key}"}
        return Answer(201, self.calls[key])


def _quoted(name: str) -> str:
    return name.replace("=", "%3D")


def _precise(event: dict[str, Any]) -> dict[str, Any]:
    """Return an event with times to the tenth of a microsecond, as Graph writes them."""
    sides = {side: {**event[side], "dateTime": f"{event[side]['dateTime']}.0000000"} for side in ("start", "end")}
    return {**event, **sides}


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds")
