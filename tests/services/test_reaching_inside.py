"""R12 where people type addresses: no calendar server, and nothing that one answers, leads inside."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from domain.errors import InvalidInput
from integrations import allowed_hosts
from integrations.calendar import CalendarFailed
from services.connect_calendar import connect_caldav
from services.context import Context
from services.sealed import Seal
from store import unit_of_work
from tests.builders import a_person
from tests.fakes.http_server import Answer, HttpServer, running_http_server
from tests.integrations.addresses import ALLOWED, INSIDE, TYPED, aimed
from tests.integrations.trap import Trap, running_trap

NORA = a_person("p1")
SEAL = Seal("a-secret-of-the-tests-0123456789-abcdefghij")
FAULTS = (InvalidInput, CalendarFailed)
HREF = b"""<?xml version="1.0"?><multistatus xmlns="DAV:"><response><href>/</href><propstat><prop>
<current-user-principal><href>%s</href></current-user-principal></prop><status>HTTP/1.1 200 OK</status>
</propstat></response></multistatus>"""


@pytest.fixture
def trap() -> Iterator[Trap]:
    with running_trap() as trap:
        yield trap


@pytest.fixture
def server() -> Iterator[HttpServer]:
    with running_http_server() as server:
        yield server


def allowing(context: Context, *hosts: str) -> Context:
    return replace(context, seal=SEAL, caldav_hosts=hosts)


def connect(context: Context, address: str) -> None:
    connect_caldav(context, NORA, address, "nora", "an app password")


@pytest.mark.parametrize("typed", TYPED)
def test_a_typed_address_reaches_nothing_inside(typed: str, running: Context, trap: Trap) -> None:
    with pytest.raises(FAULTS):
        connect(allowing(running, *ALLOWED), aimed(typed, trap))
    assert trap.connections == 0
    with unit_of_work(running.engine) as store:
        assert store.calendars.of("p1") is None


@pytest.mark.parametrize("found", INSIDE)
def test_an_allowed_name_that_points_inside_reaches_nothing(
    found: str, running: Context, trap: Trap, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(allowed_hosts, "addresses_of", lambda host, port: [found])
    with pytest.raises(CalendarFailed, match=r"caldav\.refused_host"):
        connect(allowing(running, f"*.example.com:{trap.port}"), f"https://evil.example.com:{trap.port}/")
    assert trap.connections == 0


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_server_that_redirects_inside_is_not_followed(
    status: int, running: Context, server: HttpServer, trap: Trap
) -> None:
    server.play(*[Answer(status, headers={"location": f"http://127.0.0.1:{trap.port}/"})] * 5)
    with pytest.raises(FAULTS):
        connect(allowing(running, f"127.0.0.1:{server.port}"), f"http://127.0.0.1:{server.port}/")
    assert server.asked
    assert trap.connections == 0


def test_a_server_that_names_a_principal_inside_is_not_followed(
    running: Context, server: HttpServer, trap: Trap
) -> None:
    inside = f"http://127.0.0.1:{trap.port}/".encode()
    server.play(*[Answer(207, body=HREF % inside, headers={"content-type": "application/xml"})] * 5)
    with pytest.raises(FAULTS):
        connect(allowing(running, f"127.0.0.1:{server.port}"), f"http://127.0.0.1:{server.port}/")
    assert server.asked
    assert trap.connections == 0


def test_without_the_check_the_trap_is_reached(running: Context, trap: Trap, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(allowed_hosts, "may_connect", lambda *_, **__: True)
    monkeypatch.setattr(allowed_hosts, "addresses_of", lambda host, port: ["127.0.0.1"])
    with pytest.raises(CalendarFailed):
        connect(allowing(running, f"*.example.com:{trap.port}"), f"https://evil.example.com:{trap.port}/")
    assert trap.connections > 0
