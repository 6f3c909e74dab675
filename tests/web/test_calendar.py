"""The page of one's own calendar: what is said before, connecting on a real server, errors beside their field."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from api import create_app
from compose import build_calendar_kinds
from domain.calendars import CalendarEntry, CalendarKind
from services.context import Context
from services.sealed import Seal
from settings import Settings
from store import unit_of_work
from tests.builders import NOW
from tests.fakes.calendars import FakeCalendar
from tests.fakes.radicale_server import PASSWORD, USER, RadicaleServer
from tests.services.calendars import UNREACHABLE, a_connection
from tests.web.conftest import HOME, SECRET, ClientOf, login_cookie
from web.access import COOKIE

FIELDS = {"account": USER, "password": PASSWORD}
Browse = Callable[..., TestClient]


@pytest.fixture
def browse(running: Context, radicale: RadicaleServer) -> Iterator[Browse]:
    """A browser of Nora, or of somebody else, where her server is allowed; afterwards nothing is connected."""
    kinds = build_calendar_kinds(Settings(caldav_hosts=radicale.host), running.clock)

    def make(person_id: str = "nora", **changes: object) -> TestClient:
        context = replace(running, seal=Seal(SECRET), calendar_kinds=kinds, caldav_hosts=(radicale.host,))
        app = create_app(Settings(secret_key=SECRET), context=replace(context, **changes))  # type: ignore[arg-type]
        client = TestClient(app, base_url=HOME, follow_redirects=False)
        client.cookies.set(COOKIE, login_cookie(app, person_id))
        return client

    yield make
    with unit_of_work(running.engine, write=True) as store:
        store.calendars.disconnect("nora")


def test_where_nothing_is_set_up_the_page_says_so(client_of: ClientOf) -> None:
    page = client_of("nora").get("/calendar").text
    assert "No calendar can be connected here yet" in page
    assert '<form method="post" action="/calendar/' not in page


def test_a_calendar_is_connected_shown_and_let_go(browse: Browse, radicale: RadicaleServer) -> None:
    client = browse()
    assert "App password" in client.get("/calendar").text
    answer = client.post("/calendar/caldav", data={"address": radicale.address, **FIELDS})
    assert (answer.status_code, answer.headers["location"]) == (303, "/calendar")
    page = client.get("/calendar").text
    assert "Disconnect" in page
    assert "not yet, it takes about a minute" in page
    assert "App password" not in page
    assert "Disconnect" not in browse("max").get("/calendar").text
    assert client.post("/calendar/disconnect").headers["location"] == "/calendar"
    assert "Disconnect" not in client.get("/calendar").text


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"password": "wrong"}, "password", "does not accept this name and password"),
        ({"password": ""}, "password", "Write the app password."),
        ({"account": ""}, "account", "Write the name you sign in with there."),
        ({"address": "https://evil.example/"}, "address", "no address of a server that is allowed here"),
        ({"address": ""}, "address", "no address of a server that is allowed here"),
    ],
)
def test_an_error_stands_beside_its_field_and_what_was_typed_stays(
    browse: Browse, radicale: RadicaleServer, changes: dict[str, str], field: str, words: str
) -> None:
    typed = {"address": radicale.calendar, **FIELDS, **changes}
    answer = browse().post("/calendar/caldav", data=typed)
    assert answer.status_code == 422
    assert words in answer.text.partition(f'id="{field}-wrong"')[2].partition("</span>")[0]
    assert answer.text.count("aria-invalid") == 1
    for name in ("address", "account"):
        assert f'id="{name}" name="{name}" type="text" value="{typed[name]}"' in answer.text
    assert 'type="password" value=""' in answer.text


def test_a_password_is_never_in_a_page(browse: Browse, radicale: RadicaleServer) -> None:
    answer = browse().post("/calendar/caldav", data={"address": "x", "account": USER, "password": "hunter2 hunter2"})
    assert "hunter2" not in answer.text


def test_what_a_server_cannot_give_is_said(browse: Browse, radicale: RadicaleServer) -> None:
    radicale.ask("DELETE", "/nora/work/")
    answer = browse().post("/calendar/caldav", data={"address": radicale.address, **FIELDS})
    assert "There is no calendar at this address." in answer.text


@pytest.mark.parametrize(
    ("error", "words", "has_form"),
    [
        ("google.401", "no longer lets Halfhour in", True),
        ("google.unreachable", "tries again every quarter of an hour", False),
        ("", "Last read", False),
    ],
)
def test_how_reading_goes_is_said(browse: Browse, running: Context, error: str, words: str, has_form: bool) -> None:
    with unit_of_work(running.engine, write=True) as store:
        store.calendars.connect(a_connection("nora", read_at=NOW - timedelta(minutes=5), last_error=error))
    page = browse().get("/calendar").text
    assert words in page
    assert "Mon 2 March, 09:55" in page
    assert ("App password" in page) is has_form


def test_other_providers_are_connected_by_a_link(browse: Browse) -> None:
    page = browse(calendar_kinds={CalendarKind.GOOGLE: FakeCalendar().open}, caldav_hosts=()).get("/calendar").text
    assert 'href="/calendar/google/connect"' in page
    assert "/calendar/graph" not in page
    assert "App password" not in page


def test_without_a_secret_nothing_is_offered(browse: Browse) -> None:
    assert "No calendar can be connected here yet" in browse(seal=Seal("")).get("/calendar").text


def test_what_stays_behind_is_said(browse: Browse, running: Context) -> None:
    with unit_of_work(running.engine, write=True) as store:
        store.calendars.connect(a_connection("nora"))
        store.calendars.keep_entry(CalendarEntry("booked", "nora", "e1", 0))
    silent = FakeCalendar(failure=UNREACHABLE)
    client = browse(calendar_kinds={CalendarKind.GOOGLE: silent.open})
    assert client.post("/calendar/disconnect").headers["location"] == "/calendar?left=1"
    assert "some sessions are still in it" in client.get("/calendar?left=1").text


def test_the_page_is_russian_throughout(browse: Browse) -> None:
    page = browse("lena").get("/calendar").text
    assert "Что Halfhour делает с календарём" in page
    assert "Пароль приложения" in page
