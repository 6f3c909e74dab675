"""Signing in at a provider: over real HTTP, with a provider that others wrote and one that forges."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx2
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text

from domain.people import Role
from integrations.oidc import OpenIdProvider
from services.context import Clock
from tests.builders import NOW, a_person
from tests.fakes.http_server import Answer, running
from tests.fakes.openid_mock import PERSON, STRANGER, running_mock, time_at
from tests.fakes.openid_server import CLIENT_ID, CLIENT_SECRET, OpenIdServer, new_key
from tests.web.house import House, opened_house


@pytest.fixture
def server() -> Iterator[OpenIdServer]:
    with running(OpenIdServer()) as server:
        yield server


@pytest.fixture
def house(tmp_path: Path, server: OpenIdServer) -> Iterator[House]:
    with with_provider(tmp_path, server.address, name="Work account") as made:
        yield made


@contextmanager
def with_provider(folder: Path, issuer: str, **changes: Any) -> Iterator[House]:
    """Yield a house that people enter by this provider, and whose clock the provider's tokens are judged by."""
    times: list[Clock] = []
    provider = OpenIdProvider(issuer, CLIENT_ID, CLIENT_SECRET, lambda: times[0](), **changes)
    with opened_house(folder, sign_on=provider) as made:
        times.append(made.context.clock)
        yield made


def sent_to(client: TestClient) -> dict[str, str]:
    """Begin, and return what the browser is sent to the provider with."""
    answered = client.get("/oidc/begin")
    assert answered.status_code == 303
    return dict(parse_qsl(urlsplit(answered.headers["location"]).query))


def come_back(client: TestClient, **query: str) -> httpx2.Response:
    return client.get("/oidc/callback", params=query)


def through(client: TestClient, server: OpenIdServer) -> httpx2.Response:
    """Go to the provider, agree there, and come back."""
    query = sent_to(client)
    return come_back(client, code=server.agree(query), state=query["state"])


def why_not(answered: httpx2.Response) -> str:
    """Return why somebody is not signed in, "" when they are."""
    assert answered.status_code == 303
    return answered.headers["location"].removeprefix("/oidc/failed?why=").removeprefix("/")


def is_in(client: TestClient) -> bool:
    return client.get("/api/v1/me").status_code == 200


def test_the_browser_is_sent_with_state_nonce_and_challenge(house: House, server: OpenIdServer) -> None:
    client = house.browser()
    assert "Sign in with Work account" in client.get("/sign-in").text
    query = sent_to(client)
    expected = {"tenant", "response_type", "client_id", "redirect_uri", "scope", "state", "nonce", "code_challenge"}
    assert set(query) == expected | {"code_challenge_method"}
    assert query["redirect_uri"] == "http://127.0.0.1/oidc/callback"
    assert (query["response_type"], query["code_challenge_method"]) == ("code", "S256")
    assert query["scope"].split() == ["openid", "email", "profile"]
    assert sent_to(client)["state"] != query["state"]


def test_who_has_a_checked_address_is_signed_in_and_known_by_the_subject_from_then_on(
    house: House, server: OpenIdServer
) -> None:
    client = house.browser()
    assert through(client, server).headers["location"] == "/"
    assert is_in(client)
    server.about |= {"email": "another@example.org", "email_verified": False}
    again = house.browser()
    assert through(again, server).headers["location"] == "/"
    assert is_in(again)


def test_signing_in_raises_no_role(house: House, server: OpenIdServer) -> None:
    server.change = lambda claims: claims.update(roles=["admin"], groups=["hr"], role="admin")
    client = house.browser()
    through(client, server)
    with house.context.engine.connect() as connection:
        (roles,) = connection.execute(text("SELECT roles FROM people WHERE id = 'p1'")).one()
    assert "admin" not in roles


@pytest.mark.parametrize(
    "about",
    [
        {"email_verified": False},
        {"email_verified": "true"},
        {"email_verified": None},
        {"email": "nobody@example.org"},
        {"email": ""},
        {"email": None},
        {"email": "gone@example.org"},
    ],
)
def test_whom_halfhour_does_not_know_is_told_what_to_do(
    about: dict[str, Any], house: House, server: OpenIdServer
) -> None:
    house.save(a_person("gone", is_active=False))
    server.about |= about
    client = house.browser()
    answered = client.get(through(client, server).headers["location"])
    assert answered.status_code == 403
    assert "Ask the people in HR" in answered.text
    assert not is_in(client)


def test_an_address_that_passed_on_to_a_colleague_opens_nothing(house: House, server: OpenIdServer) -> None:
    through(house.browser(), server)
    server.about |= {"sub": "person-2"}
    assert why_not(through(house.browser(), server)) == "unknown"


def test_who_was_suspended_since_does_not_come_in(house: House, server: OpenIdServer) -> None:
    through(house.browser(), server)
    house.save(replace(a_person("p1", roles=frozenset({Role.MENTEE, Role.HR})), is_active=False))
    assert why_not(through(house.browser(), server)) == "unknown"


def test_addresses_count_as_checked_only_where_the_settings_say_so(tmp_path: Path, server: OpenIdServer) -> None:
    del server.about["email_verified"]
    for trusts, why in ((False, "unknown"), (True, "")):
        folder = tmp_path / str(trusts)
        folder.mkdir()
        with with_provider(folder, server.address, trusts_emails=trusts) as house:
            assert why_not(through(house.browser(), server)) == why


def test_an_address_told_beside_the_token_is_taken_if_it_is_about_the_same_person(
    house: House, server: OpenIdServer
) -> None:
    def leave_out(claims: dict[str, Any]) -> None:
        del claims["email"], claims["email_verified"]

    server.change = leave_out
    assert why_not(through(house.browser(), server)) == ""
    server.play(Answer(content={**server.about, "sub": "somebody-else"}), at="/userinfo")
    assert why_not(through(house.browser(), server)) == "fault"


def signs_with_another_key(server: OpenIdServer) -> None:
    server.signs_with = new_key("key-1")


def claims(**changed: Any) -> Callable[[OpenIdServer], None]:
    def forge(server: OpenIdServer) -> None:
        server.change = lambda signed: signed.update(changed)

    return forge


def without(name: str) -> Callable[[OpenIdServer], None]:
    def forge(server: OpenIdServer) -> None:
        server.change = lambda signed: signed.pop(name)

    return forge


def header(**changed: Any) -> Callable[[OpenIdServer], None]:
    return lambda server: server.header.update(changed)


SECONDS = int(NOW.timestamp())
FORGED: dict[str, Callable[[OpenIdServer], None]] = {
    "alg none": header(alg="none"),
    "the public key as a secret": header(alg="HS256"),
    "another key": signs_with_another_key,
    "another issuer": claims(iss="https://evil.example"),
    "no issuer": without("iss"),
    "another audience": claims(aud="another-client"),
    "another audience, asked for by this one": claims(aud="another-client", azp=CLIENT_ID),
    "no audience": without("aud"),
    "several audiences, for another": claims(aud=[CLIENT_ID, "another-client"], azp="another-client"),
    "several audiences, for nobody": claims(aud=["another-client", "a-third"]),
    "another nonce": claims(nonce="of-another-attempt"),
    "no nonce": without("nonce"),
    "expired": claims(exp=SECONDS - 61),
    "without an end": without("exp"),
    "an end that is no number": claims(exp="tomorrow"),
    "from the future": claims(iat=SECONDS + 3_600),
    "not before tomorrow": claims(nbf=SECONDS + 86_400),
    "without a subject": without("sub"),
    "an empty subject": claims(sub=""),
    "a subject that is no text": claims(sub=7),
    "another access token": claims(at_hash="AAAAAAAAAAAAAAAAAAAAAA"),
}


@pytest.mark.parametrize("name", FORGED)
def test_a_forged_token_signs_nobody_in(name: str, house: House, server: OpenIdServer) -> None:
    FORGED[name](server)
    client = house.browser()
    answered = client.get(through(client, server).headers["location"])
    assert answered.status_code == 502
    assert "did not answer as it should" in answered.text
    assert not is_in(client)
    with house.context.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM identities")).scalar_one() == 0


@pytest.mark.parametrize("token", ["", "a", "a.b.c", "a.b.c.d.e", "." * 100, 7, None, ["a"]])
def test_what_is_no_token_signs_nobody_in(token: Any, house: House, server: OpenIdServer) -> None:
    server.play(Answer(content={"access_token": "a", "id_token": token}), at="/token")
    assert why_not(through(house.browser(), server)) == "fault"


def test_a_code_or_state_serves_once(house: House, server: OpenIdServer) -> None:
    client = house.browser()
    query = sent_to(client)
    code = server.agree(query)
    attempt = client.cookies["halfhour_attempt"]
    assert why_not(come_back(client, code=code, state=query["state"])) == ""
    thief = house.browser()
    thief.cookies.set("halfhour_attempt", attempt)
    asked = len(server.asked)
    assert [why_not(come_back(thief, code=code, state=query["state"])) for _ in range(3)] == ["late"] * 3
    assert len(server.asked) == asked
    other = sent_to(thief)
    assert come_back(thief, code=code, state=other["state"]).headers["location"] == "/oidc/failed?why=fault"


def test_an_answer_to_another_browser_is_refused(house: House, server: OpenIdServer) -> None:
    query = sent_to(house.browser())
    victim = house.browser()
    assert why_not(come_back(victim, code=server.agree(query), state=query["state"])) == "late"
    sent_to(victim)
    assert why_not(come_back(victim, code=server.agree(query), state=query["state"])) == "late"
    assert why_not(come_back(victim, code="a", state="")) == "late"
    assert not is_in(victim)


def test_an_attempt_is_good_for_ten_minutes(house: House, server: OpenIdServer) -> None:
    client = house.browser()
    query = sent_to(client)
    house.after = timedelta(minutes=10, seconds=1)
    answered = client.get(come_back(client, code=server.agree(query), state=query["state"]).headers["location"])
    assert answered.status_code == 400
    assert "That took too long" in answered.text


def test_who_breaks_off_can_begin_again(house: House) -> None:
    client = house.browser()
    back = come_back(client, error="access_denied", state=sent_to(client)["state"])
    answered = client.get(back.headers["location"])
    assert "Begin again when you like." in answered.text
    assert 'href="/sign-in"' in answered.text


def test_new_keys_are_read_once_a_minute_at_most(house: House, server: OpenIdServer) -> None:
    through(house.browser(), server)
    server.key = server.signs_with = new_key("key-2")
    server.header["kid"] = "key-2"
    assert why_not(through(house.browser(), server)) == "fault"
    house.after = timedelta(seconds=61)
    server.seconds += 61
    assert why_not(through(house.browser(), server)) == ""
    read = [asked.path for asked in server.asked].count("/keys")
    for _ in range(3):
        server.signs_with = new_key("key-2")
        assert why_not(through(house.browser(), server)) == "fault"
    assert [asked.path for asked in server.asked].count("/keys") == read


@pytest.mark.parametrize(
    "answer",
    [
        Answer(503),
        Answer(content={"issuer": "https://evil.example", "authorization_endpoint": "https://evil.example/a"}),
        Answer(content={}),
        Answer(302, headers={"location": "http://127.0.0.1:1/"}),
    ],
)
def test_a_provider_that_is_not_itself_is_not_asked_further(answer: Answer, house: House, server: OpenIdServer) -> None:
    server.play(answer, at="/.well-known")
    assert why_not(house.browser().get("/oidc/begin")) == "fault"
    assert sent_to(house.browser())["client_id"] == CLIENT_ID


def test_no_secret_of_an_attempt_is_told_by_the_page_or_the_log(
    house: House, server: OpenIdServer, caplog: pytest.LogCaptureFixture
) -> None:
    server.change = lambda signed: signed.update(nonce="wrong")
    client = house.browser()
    query = sent_to(client)
    answered = come_back(client, code=server.agree(query), state=query["state"])
    answered = client.get(answered.headers["location"])
    assert "oidc.token.invalid_claim" in caplog.text
    for secret in (query["state"], query["nonce"], CLIENT_SECRET, "person-1"):
        assert secret not in answered.text + caplog.text


def test_with_a_provider_that_others_wrote(tmp_path: Path) -> None:
    with running_mock() as issuer, with_provider(tmp_path, issuer) as house, httpx2.Client() as browser:
        house.after = time_at(issuer) - NOW
        outcomes = {}
        for who in (STRANGER, PERSON):
            client = house.browser()
            address = client.get("/oidc/begin").headers["location"]
            back = urlsplit(browser.post(address, data={"sub": who["sub"]}).headers["location"])
            outcomes[who["sub"]] = why_not(come_back(client, **dict(parse_qsl(back.query)))), is_in(client)
            assert why_not(come_back(client, **dict(parse_qsl(back.query)))) == "late"
        assert outcomes == {"mock-1": ("", True), "mock-2": ("unknown", False)}
