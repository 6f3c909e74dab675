"""What stands around every route: headers, forms of other sites, sizes, broken addresses, hosts."""

import json

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.requests import Request

from tests.web.conftest import HOME, ClientOf
from web.guard import is_foreign
from web.headers import HEADERS
from web.mount import MAX_BODY_BYTES

TYPED = {"Content-Type": "application/x-www-form-urlencoded"}
FORM = {"text": "I cannot say no to my boss"}


@pytest.mark.parametrize(
    ("path", "status"),
    [("/sign-in", 200), ("/", 303), ("/nothing", 404), ("/api/v1/me", 401), ("/livez", 200), ("/x%00y", 404)],
)
def test_every_answer_carries_the_headers(path: str, status: int, client_of: ClientOf) -> None:
    answered = client_of().get(path)
    assert answered.status_code == status
    assert {name: answered.headers.get(name) for name in HEADERS} == HEADERS


def test_refusals_carry_the_headers_too(client_of: ClientOf, demo: FastAPI) -> None:
    too_large = client_of("nora").post("/needs", content=b"x" * (MAX_BODY_BYTES + 1), headers=TYPED)
    foreign = client_of("nora").post("/needs", data=FORM, headers={"Origin": "https://evil.example"})
    elsewhere = TestClient(demo, base_url="http://evil.example").get("/sign-in")
    assert [too_large.status_code, foreign.status_code, elsewhere.status_code] == [413, 403, 400]
    for answered in (too_large, foreign, elsewhere):
        assert {name: answered.headers.get(name) for name in HEADERS} == HEADERS


def test_a_crash_gives_a_page_with_the_headers_and_tells_nothing(
    app: FastAPI, monkeypatch: pytest.MonkeyPatch, client_of: ClientOf
) -> None:
    def crash(*_: object, **__: object) -> None:
        raise RuntimeError("nora wrote something private")

    monkeypatch.setattr("web.agendas.sessions_of", crash)
    client = TestClient(app, base_url=HOME, raise_server_exceptions=False, cookies=dict(client_of("nora").cookies))
    answered = client.get("/sessions")
    assert answered.status_code == 500
    assert "private" not in answered.text
    assert "That did not work" in answered.text
    assert {name: answered.headers.get(name) for name in HEADERS} == HEADERS


def test_static_files_stay_in_caches_and_missing_ones_do_not(client_of: ClientOf) -> None:
    client = client_of()
    assert "immutable" in client.get("/static/halfhour.css").headers["cache-control"]
    missing = client.get("/static/nothing.css")
    assert (missing.status_code, missing.headers["cache-control"]) == (404, "no-store")
    assert client.get("/static/..%2fpages.py").status_code == 404


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, False),
        ({"origin": HOME}, False),
        ({"origin": HOME, "sec-fetch-site": "same-origin"}, False),
        ({"origin": "https://evil.example"}, True),
        ({"origin": "http://127.0.0.1:9000"}, True),
        ({"origin": "null"}, True),
        ({"sec-fetch-site": "cross-site"}, True),
        ({"sec-fetch-site": "same-site"}, True),
        ({"sec-fetch-site": "none"}, False),
    ],
)
def test_forms_of_other_sites_are_foreign(headers: dict[str, str], expected: bool) -> None:
    sent = [(name.encode(), value.encode()) for name, value in {"host": "127.0.0.1", **headers}.items()]
    assert is_foreign(Request({"type": "http", "method": "POST", "path": "/needs", "headers": sent})) is expected
    assert not is_foreign(Request({"type": "http", "method": "GET", "path": "/needs", "headers": sent}))


@pytest.mark.parametrize(
    ("headers", "is_secure", "expected"),
    [
        ({"referer": f"{HOME}/needs"}, False, False),
        ({"referer": "https://evil.example/127.0.0.1"}, False, True),
        ({"origin": "http://[broken"}, False, True),
        ({"origin": "http://127.0.0.1"}, True, True),  # not encrypted: somebody on the way may have written it
        ({"origin": "https://127.0.0.1"}, True, False),
    ],
)
def test_without_an_origin_the_referer_tells_and_by_https_nothing_else_is_own(
    headers: dict[str, str], is_secure: bool, expected: bool
) -> None:
    sent = [(name.encode(), value.encode()) for name, value in {"host": "127.0.0.1", **headers}.items()]
    request = Request({"type": "http", "method": "POST", "path": "/needs", "headers": sent})
    assert is_foreign(request, is_secure=is_secure) is expected


def test_no_page_may_run_or_style_what_stands_in_it() -> None:
    policy = HEADERS["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert {"default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'"} <= set(
        policy.split("; ")
    )


@pytest.mark.parametrize("path", ["/needs", "/sign-out", "/api/v1/suggestions", "/sign-in/token"])
def test_a_foreign_form_changes_nothing(path: str, client_of: ClientOf) -> None:
    answered = client_of("nora").post(path, data=FORM, headers={"Sec-Fetch-Site": "cross-site"})
    assert answered.status_code == 403
    assert "set-cookie" not in answered.headers


def test_a_body_may_hold_a_million_bytes_and_no_more(client_of: ClientOf) -> None:
    most = client_of("nora").post("/needs", content=b"text=" + b"x" * (MAX_BODY_BYTES - 5), headers=TYPED)
    more = client_of("nora").post("/needs", content=b"text=" + b"x" * (MAX_BODY_BYTES - 4), headers=TYPED)
    assert [most.status_code, more.status_code] == [422, 413]
    assert "That was too much at once" in more.text


def test_a_body_that_does_not_say_its_length_is_counted(client_of: ClientOf) -> None:
    pieces = (b"x" * 100_000 for _ in range(11))
    answered = client_of("nora").post("/api/v1/suggestions", content=pieces)
    assert answered.status_code == 413
    assert answered.json() == {"error": "The body must be at most 1000000 bytes. Send less."}


@pytest.mark.parametrize("path", ["/needs/%00", "/sessions/a%00b/agenda", "/topics/delegate-work?asked=%00", "/?q=%00"])
def test_nul_in_an_address_finds_nothing(path: str, client_of: ClientOf) -> None:
    assert client_of("nora").get(path).status_code == 404


@pytest.mark.parametrize("host", ["evil.example", "halfhour.localhost.evil.example", "127.0.0.1.evil.example"])
def test_the_demo_answers_on_loopback_names_only(host: str, demo: FastAPI) -> None:
    assert TestClient(demo, base_url=f"http://{host}").get("/sign-in").status_code == 400
    assert TestClient(demo, base_url="http://localhost:8000").get("/sign-in").status_code == 200


@pytest.mark.parametrize("host", ["[", "[::1", "a b", "x:y:z", "http://x", ""])
def test_a_broken_host_is_no_crash(host: str, client_of: ClientOf, demo: FastAPI) -> None:
    assert client_of("nora").get("/", headers={"Host": host}).status_code < 500
    assert TestClient(demo, base_url=HOME).get("/sign-in", headers={"Host": host}).status_code == 400


def test_errors_for_programs_are_plain_ascii_json(client_of: ClientOf) -> None:
    answered = client_of("nora").get("/api/v1/topics/нет")
    assert answered.status_code == 404
    assert json.loads(answered.text) == {"error": "topic must exist, got нет. Choose one from the catalog."}
    assert answered.text.isascii()
