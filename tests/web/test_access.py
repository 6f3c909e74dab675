"""Who is signed in: only an active person with a fresh cookie that this server signed."""

from dataclasses import replace

import pytest
from fastapi import Response
from itsdangerous import URLSafeTimedSerializer

from services.context import Context
from store import unit_of_work
from tests.builders import a_person
from tests.web.conftest import SECRET, ClientOf
from web.access import COOKIE, LOGIN_DAYS, Logins


def signed(person_id: object, secret: str = SECRET, salt: str = "halfhour-login") -> str:
    return str(URLSafeTimedSerializer(secret, salt=salt).dumps(person_id))


def status_with(client_of: ClientOf, cookie: str) -> int:
    client = client_of()
    client.cookies.set(COOKIE, cookie)
    return client.get("/api/v1/me").status_code


def test_the_cookie_of_a_person_lets_in(client_of: ClientOf) -> None:
    assert status_with(client_of, signed("nora")) == 200


OTHERS = {
    "none": "",
    "an id alone": "nora",
    "three parts": "x.y.z",
    "another secret": signed("nora", secret="another-secret-of-32-characters-or-more"),
    "another purpose": signed("nora", salt="another-purpose"),
    "cut": signed("nora")[:-1],
    "nobody like that": signed("nobody-like-that"),
    "a list": signed(["nora"]),
    "null": signed(None),
    "somebody who left": signed("gone"),
}


@pytest.mark.parametrize("name", OTHERS)
def test_any_other_cookie_is_nobody(name: str, client_of: ClientOf) -> None:
    assert status_with(client_of, OTHERS[name]) == 401


def test_a_cookie_ends_after_its_days(client_of: ClientOf, monkeypatch: pytest.MonkeyPatch) -> None:
    cookie = signed("nora")
    made_at = URLSafeTimedSerializer(SECRET, salt="halfhour-login").loads(cookie, return_timestamp=True)[1].timestamp()
    monkeypatch.setattr("itsdangerous.timed.time.time", lambda: made_at + LOGIN_DAYS * 86_400)
    assert status_with(client_of, cookie) == 200
    monkeypatch.setattr("itsdangerous.timed.time.time", lambda: made_at + LOGIN_DAYS * 86_400 + 1)
    assert status_with(client_of, cookie) == 401


def test_a_suspended_person_is_out_at_once(client_of: ClientOf, running: Context) -> None:
    person = a_person("temp")
    with unit_of_work(running.engine, write=True) as store:
        store.people.save([person])
    client = client_of("temp")
    assert client.get("/").status_code == 200
    with unit_of_work(running.engine, write=True) as store:
        store.people.save([replace(person, is_active=False)])
    assert client.get("/").headers["location"] == "/sign-in"
    assert client.get("/api/v1/me").status_code == 401


@pytest.mark.parametrize("is_secure", [True, False])
def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(is_secure: bool) -> None:
    response = Response()
    Logins(SECRET, is_secure=is_secure).sign_in(response, "nora")
    marks = set(response.headers["set-cookie"].split("; ")[1:])
    assert {"HttpOnly", "SameSite=lax", "Path=/", f"Max-Age={LOGIN_DAYS * 86_400}"} <= marks
    assert ("Secure" in marks) is is_secure


def test_someone_elses_session_reads_like_a_missing_one(client_of: ClientOf) -> None:
    client = client_of("nora")
    others, missing = client.get("/sessions/lenas/agenda"), client.get("/sessions/no-such/agenda")
    assert (others.status_code, missing.status_code) == (404, 404)
    assert others.text.replace("lenas", "no-such") == missing.text
    others, missing = client.get("/api/v1/sessions/lenas/agenda"), client.get("/api/v1/sessions/no-such/agenda")
    assert (others.status_code, missing.status_code) == (404, 404)
    assert others.text.replace("lenas", "no-such") == missing.text


def test_hrs_page_reads_like_a_missing_one(client_of: ClientOf) -> None:
    hidden, missing = client_of("nora").get("/catalog"), client_of("nora").get("/catalogue")
    assert hidden.status_code == 404
    assert hidden.text.replace("/catalog", "X") == missing.text.replace("/catalogue", "X")


def test_a_form_sent_after_the_login_ran_out_says_so(client_of: ClientOf) -> None:
    answered = client_of().post("/needs", data={"text": "I cannot say no"})
    assert answered.status_code == 401
    assert "You are not signed in any more." in answered.text
