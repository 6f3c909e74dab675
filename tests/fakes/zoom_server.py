"""Zoom's token endpoint and meetings on loopback, as far as Halfhour speaks them; keeps meetings."""

import base64
from typing import Any

from tests.fakes.http_server import Answer, Asked, HttpServer

ACCOUNT_ID, CLIENT_ID, CLIENT_SECRET = "an-account", "an-app", "a secret of the tests"
HOST = "nora.quist@example.org"


def refusal(status: int, code: int, **headers: str) -> Answer:
    """Return a refusal in Zoom's shape."""
    content = {"code": code, "message": f"about {HOST}"}
    return Answer(status, content, headers={key.replace("_", "-"): value for key, value in headers.items()})


class ZoomServer(HttpServer):
    """`meetings` by number, all of one host; `v2` begins every path of the API."""

    def __init__(self) -> None:
        super().__init__()
        self.meetings: dict[int, dict[str, Any]] = {}
        self.good_tokens: set[str] = set()
        self.tokens_given = 0

    @property
    def base(self) -> str:
        return f"{self.address}/v2"

    def answer(self, asked: Asked) -> Answer:
        if asked.path == "/oauth/token":
            return self._token(asked)
        if asked.headers.get("authorization", "").removeprefix("Bearer ") not in self.good_tokens:
            return refusal(401, 124)
        if asked.path == f"/v2/users/{HOST.replace('@', '%40').replace('.', '%2E')}/meetings":
            return self._create(asked.content) if asked.method == "POST" else self._listed(asked)
        if asked.path.startswith("/v2/users/"):
            return refusal(404, 1001)
        return self._change(int(asked.path.removeprefix("/v2/meetings/")), asked)

    def _token(self, asked: Asked) -> Answer:
        known = base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
        if asked.headers["authorization"] != f"Basic {known}" or asked.form["account_id"] != ACCOUNT_ID:
            return Answer(400, {"reason": "unsupported grant type", "error": "unsupported_grant_type"})
        self.tokens_given += 1
        token = f"token-{self.tokens_given}"
        self.good_tokens.add(token)
        return Answer(content={"access_token": token, "token_type": "bearer", "expires_in": 3599, "scope": "meeting"})

    def _create(self, sent: dict[str, Any]) -> Answer:
        number = 85_000_000_000 + len(self.meetings)
        link = {"join_url": f"https://zoom.example/j/{number}", "start_url": "https://zoom.example/s/secret"}
        self.meetings[number] = {**sent, "id": number, "uuid": "u==", **link}
        return Answer(201, self.meetings[number])

    def _listed(self, asked: Asked) -> Answer:
        # one on each page, so that pages are turned
        found, at = list(self.meetings.values()), int(asked.query.get("next_page_token", "0"))
        is_last = at + 1 >= len(found)
        page = {"page_size": 1, "meetings": found[at : at + 1], "next_page_token": "" if is_last else str(at + 1)}
        return Answer(content=page)

    def _change(self, number: int, asked: Asked) -> Answer:
        if number not in self.meetings:
            return refusal(404, 3001)
        if asked.method == "DELETE":
            del self.meetings[number]
        else:
            self.meetings[number].update(asked.content)
        return Answer(204)
