"""Finding the calendar behind what a person typed: on a real server, and on servers that answer as others do."""

from collections.abc import Iterator

import pytest

from integrations.caldav_find import find_calendar
from integrations.caldav_http import CalDavConnection
from integrations.calendar import CalendarFailed
from tests.builders import NOW
from tests.fakes.http_server import Answer, HttpServer, running_http_server
from tests.fakes.radicale_server import PASSWORD, USER, RadicaleServer

EVENTS = '<c:supported-calendar-component-set><c:comp name="VEVENT"/></c:supported-calendar-component-set>'
TASKS = '<c:supported-calendar-component-set><c:comp name="VTODO"/></c:supported-calendar-component-set>'
CALENDAR = "<d:resourcetype><d:collection/><c:calendar/></d:resourcetype>"
READ_ONLY = "<d:current-user-privilege-set><d:privilege><d:read/></d:privilege></d:current-user-privilege-set>"


@pytest.fixture
def server() -> Iterator[HttpServer]:
    with running_http_server() as server:
        yield server


def find(host: str, address: str) -> str:
    return find_calendar(CalDavConnection([host], USER, PASSWORD, lambda: NOW), address)


def find_on(server: HttpServer, path: str = "/") -> str:
    return find(f"127.0.0.1:{server.port}", f"{server.address}{path}").removeprefix(server.address)


def told(**properties_by_path: str) -> Answer:
    """Return a 207 of these resources; `_` in a name is `/`."""
    responses = "".join(
        f"<d:response><d:href>{path.replace('_', '/')}</d:href><d:propstat><d:prop>{properties}</d:prop>"
        "<d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>"
        for path, properties in properties_by_path.items()
    )
    body = f'<d:multistatus xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav">{responses}</d:multistatus>'
    return Answer(207, body=body.encode())


def link(name: str, path: str) -> str:
    return f"<{name}><d:href>{path}</d:href></{name}>"


@pytest.mark.parametrize(
    "path", ["", "nora/", "nora/work/", "nora/work", "nora", ".well-known/caldav", "no/such/place"]
)
def test_the_calendar_is_found_from_anywhere(radicale: RadicaleServer, path: str) -> None:
    assert find(radicale.host, f"{radicale.address}{path}") == radicale.calendar


def test_a_calendar_of_tasks_is_passed_over(radicale: RadicaleServer) -> None:
    radicale.make_calendar("/nora/a-tasks/", "VTODO")
    assert find(radicale.host, radicale.address) == radicale.calendar
    radicale.ask("DELETE", "/nora/a-tasks/")


def test_the_steps_are_principal_home_and_calendars(server: HttpServer) -> None:
    server.play(told(_=link("d:current-user-principal", "/me/")), told(_me_=link("c:calendar-home-set", "/home/")))
    server.play(
        told(_home_="", _home_tasks_=CALENDAR + TASKS, _home_shared_=CALENDAR + READ_ONLY, _home_w_=CALENDAR + EVENTS)
    )
    assert find_on(server) == "/home/w/"
    assert [asked.path for asked in server.asked] == ["/", "/me/", "/home/"]
    assert [asked.headers["depth"] for asked in server.asked] == ["0", "0", "1"]


def test_a_server_that_speaks_no_webdav_at_its_root_points_there(server: HttpServer) -> None:
    server.play(
        Answer(405), Answer(301, headers={"location": "/dav/"}), told(_dav_=link("c:calendar-home-set", "/home/"))
    )
    server.play(told(_home_w_=CALENDAR))
    assert find_on(server) == "/home/w/"
    assert [asked.path for asked in server.asked] == ["/", "/.well-known/caldav", "/dav/", "/home/"]


@pytest.mark.parametrize(
    "answers",
    [
        [Answer(404), Answer(404)],
        [Answer(405), told()],
        [told(_=link("d:current-user-principal", "/me/")), Answer(404)],
        [told(_=link("c:calendar-home-set", "/home/")), told(_home_=CALENDAR + TASKS)],
    ],
)
def test_where_no_calendar_is_that_is_said(server: HttpServer, answers: list[Answer]) -> None:
    server.play(*answers)
    with pytest.raises(CalendarFailed, match=r"caldav\.no_calendar"):
        find_on(server)


@pytest.mark.parametrize(
    "body",
    [
        b"<html>Welcome",
        b"",
        b'<!DOCTYPE x [<!ENTITY a "b">]><d:multistatus xmlns:d="DAV:">&a;</d:multistatus>',
        b'<!DOCTYPE x SYSTEM "http://127.0.0.1:1/evil.dtd"><d:multistatus xmlns:d="DAV:"/>',
        b"\xff\xfe<",
    ],
)
def test_what_is_no_plain_xml_is_refused(server: HttpServer, body: bytes) -> None:
    server.play(Answer(207, body=body))
    with pytest.raises(CalendarFailed, match=r"caldav\.not_xml"):
        find_on(server)


def test_the_home_lies_on_no_other_server(server: HttpServer) -> None:
    with running_http_server() as trap:
        server.play(told(_=link("c:calendar-home-set", "http://evil.example/home/")))
        with pytest.raises(CalendarFailed, match=r"caldav\.other_host"):
            find_on(server)
        assert trap.asked == []


def test_a_wrong_password_is_said_at_once(radicale: RadicaleServer) -> None:
    with pytest.raises(CalendarFailed, match=r"caldav\.401"):
        find_calendar(CalDavConnection([radicale.host], USER, "wrong", lambda: NOW), radicale.address)
