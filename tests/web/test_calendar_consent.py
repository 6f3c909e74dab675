"""Connecting a calendar end to end: from the link to the provider, back, and on to what the calendar says."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx import Response

from api import create_app
from compose import build_calendar_kinds, build_clouds
from domain.people import Person
from services.calendars import calendar_of
from services.context import Context
from services.read_busy import read_busy
from services.sealed import Seal
from settings import Settings
from store import unit_of_work
from tests.builders import a_person
from tests.fakes import google_server, graph_server
from tests.fakes.google_server import GoogleServer
from tests.fakes.graph_server import GraphServer
from tests.fakes.http_server import Answer
from tests.fakes.http_server import running as running_server
from tests.integrations.events import AT, an_event
from tests.web.conftest import HOME, SECRET, login_cookie
from web.access import COOKIE

HOUR = timedelta(hours=1)
ALSO = a_person("cal", name="Cal Reed")
OTHER = a_person("cora", name="Cora Lind")


@pytest.fixture(scope="module")
def google() -> Iterator[GoogleServer]:
    with running_server(GoogleServer()) as server:
        yield server


@pytest.fixture(scope="module")
def microsoft() -> Iterator[GraphServer]:
    with running_server(GraphServer()) as server:
        yield server


@pytest.fixture(scope="module")
def context(running: Context, google: GoogleServer, microsoft: GraphServer) -> Context:
    settings = Settings(
        google_client_id=google_server.CLIENT_ID,
        google_client_secret=google_server.CLIENT_SECRET,
        google_api_base=google.address,
        google_oauth_base=google.address,
        google_authorize_url=f"{google.address}/auth",
        microsoft_tenant=graph_server.TENANT,
        microsoft_client_id=graph_server.CLIENT_ID,
        microsoft_client_secret=graph_server.CLIENT_SECRET,
        microsoft_graph_base=microsoft.base,
        microsoft_login_base=microsoft.address,
    )
    with unit_of_work(running.engine, write=True) as store:
        store.people.save([ALSO, OTHER])
    consents = {cloud.kind: cloud.oauth for cloud in build_clouds(settings, running.clock)}
    kinds = build_calendar_kinds(settings, running.clock)
    return replace(running, seal=Seal(SECRET), calendar_kinds=kinds, calendar_consents=consents)


@pytest.fixture(scope="module")
def connecting(context: Context) -> FastAPI:
    return create_app(Settings(secret_key=SECRET), context=context)


def browser(app: FastAPI, person: Person = ALSO) -> TestClient:
    client = TestClient(app, base_url=HOME, follow_redirects=False)
    client.cookies.set(COOKIE, login_cookie(app, person.id))
    return client


def sent_to(answered: Response) -> dict[str, str]:
    """Return what the provider is told by the address to which a browser is sent."""
    assert answered.status_code == 303
    return {key: values[0] for key, values in parse_qs(urlsplit(answered.headers["location"]).query).items()}


def come_back(client: TestClient, provider: str, **brought: str) -> str:
    """Come back from the provider and return where the browser is sent next."""
    answered = client.get(f"/calendar/{provider}/callback", params=brought)
    assert answered.status_code == 303
    return str(answered.headers["location"])


def test_google_from_the_link_to_busy_times_and_an_event(
    connecting: FastAPI, context: Context, google: GoogleServer
) -> None:
    client = browser(connecting)
    told = sent_to(client.get("/calendar/google/connect"))
    assert told["redirect_uri"] == f"{HOME}/calendar/google/callback"
    assert (told["access_type"], told["prompt"]) == ("offline", "consent")
    google.codes["g-1"] = ""
    assert come_back(client, "google", code="g-1", state=told["state"]) == "/calendar"
    google.busy_elsewhere = [(AT, AT + HOUR)]
    with unit_of_work(context.engine) as store:
        calendar = calendar_of(context, store, ALSO.id)
    calendar.put(an_event(starts_at=AT + 2 * HOUR, ends_at=AT + 3 * HOUR))
    assert calendar.busy(AT - HOUR, AT + 8 * HOUR) == [(AT, AT + HOUR)]
    assert len(google.live()) == 1


def test_microsoft_from_the_link_to_busy_times_and_an_event(
    connecting: FastAPI, context: Context, microsoft: GraphServer
) -> None:
    client = browser(connecting)
    told = sent_to(client.get("/calendar/microsoft/connect"))
    assert told["redirect_uri"] == f"{HOME}/calendar/microsoft/callback"
    assert told["scope"] == "openid profile email offline_access Calendars.ReadWrite"
    microsoft.codes["m-1"] = ""
    assert come_back(client, "microsoft", code="m-1", state=told["state"]) == "/calendar"
    microsoft.meet(AT, AT + HOUR)
    with unit_of_work(context.engine) as store:
        calendar = calendar_of(context, store, ALSO.id)
    calendar.put(an_event(starts_at=AT + 2 * HOUR, ends_at=AT + 3 * HOUR))
    assert calendar.busy(AT - HOUR, AT + 8 * HOUR) == [(AT, AT + HOUR)]
    assert len(microsoft.events) == 2


def test_nothing_that_came_from_the_provider_can_be_used_again(connecting: FastAPI, google: GoogleServer) -> None:
    client = browser(connecting)
    told = sent_to(client.get("/calendar/google/connect"))
    google.codes["g-2"] = ""
    assert come_back(client, "google", code="g-2", state=told["state"]) == "/calendar"
    asked = len(google.asked)
    for _ in range(20):
        assert come_back(client, "google", code="g-2", state=told["state"]) == "/calendar/google/failed?why=late"
    assert len(google.asked) == asked


def test_another_person_cannot_be_made_to_connect_mine(connecting: FastAPI, google: GoogleServer) -> None:
    told = sent_to(browser(connecting).get("/calendar/google/connect"))
    google.codes["g-3"] = ""
    where = come_back(browser(connecting, OTHER), "google", code="g-3", state=told["state"])
    assert where == "/calendar/google/failed?why=late"
    assert "g-3" in google.codes


def test_who_declines_is_told_so(connecting: FastAPI) -> None:
    client = browser(connecting)
    told = sent_to(client.get("/calendar/google/connect"))
    where = come_back(client, "google", error="access_denied", state=told["state"])
    assert where == "/calendar/google/failed?why=declined"


@pytest.mark.parametrize(("answer", "why"), [(Answer(400), "refused"), (Answer(503), "unreachable")])
def test_a_provider_that_fails_is_told(answer: Answer, why: str, connecting: FastAPI, google: GoogleServer) -> None:
    client = browser(connecting)
    told = sent_to(client.get("/calendar/google/connect"))
    google.play(answer)
    assert come_back(client, "google", code="g-4", state=told["state"]) == f"/calendar/google/failed?why={why}"


@pytest.mark.parametrize("why", ["declined", "late", "refused", "unreachable"])
@pytest.mark.parametrize(("lang", "word"), [("en", "Connect Microsoft 365"), ("ru", "Подключить Microsoft 365")])
def test_the_page_of_a_failure_offers_to_try_again(why: str, lang: str, word: str, connecting: FastAPI) -> None:
    page = browser(connecting).get(f"/calendar/microsoft/failed?why={why}&lang={lang}")
    assert page.status_code == 200
    assert word in page.text
    assert 'href="/calendar/microsoft/connect"' in page.text


@pytest.mark.parametrize(
    "path",
    ["yahoo/connect", "yahoo/callback?code=a&state=b", "graph/connect", "google/failed", "google/failed?why=%3Cb%3E"],
)
def test_what_is_none_of_these_does_not_exist(path: str, connecting: FastAPI) -> None:
    assert browser(connecting).get(f"/calendar/{path}").status_code == 404


def test_the_address_of_the_house_is_what_the_provider_knows(context: Context) -> None:
    app = create_app(
        Settings(secret_key=SECRET), context=replace(context, public_address="https://halfhour.example.org")
    )
    told = sent_to(browser(app).get("/calendar/google/connect"))
    assert told["redirect_uri"] == "https://halfhour.example.org/calendar/google/callback"


def test_nobody_is_connected_without_signing_in(connecting: FastAPI) -> None:
    client = TestClient(connecting, base_url=HOME, follow_redirects=False)
    for path in ("connect", "callback?code=a&state=b", "failed?why=late"):
        assert client.get(f"/calendar/google/{path}").headers["location"] == "/sign-in"


def test_the_page_names_the_provider_and_asks_to_connect_again_once_it_refuses(
    connecting: FastAPI, context: Context, google: GoogleServer
) -> None:
    client = browser(connecting, OTHER)
    told = sent_to(client.get("/calendar/google/connect"))
    google.codes["g-5"] = ""
    assert come_back(client, "google", code="g-5", state=told["state"]) == "/calendar"
    assert f"Google Calendar · {google_server.EMAIL}" in client.get("/calendar").text
    google.good_tokens.clear()
    google.refresh_tokens.clear()  # the person took the permission back at Google
    read_busy(context, {"person_id": OTHER.id})
    page = client.get("/calendar").text
    assert "Connect it once more.</p>" in page
    assert 'href="/calendar/google/connect"' in page
