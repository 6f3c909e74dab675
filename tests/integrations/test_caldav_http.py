"""Requests to a CalDAV server: what a refusal is called, how much is read, and where no request ever goes."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from email.utils import format_datetime

import pytest

from domain.errors import InvalidInput
from integrations import caldav_http
from integrations.caldav_http import CalDavConnection
from integrations.calendar import CalendarFailed
from tests.builders import NOW
from tests.fakes.http_server import Answer, HttpServer, running_http_server

PASSWORD = "an app password of the tests"


@pytest.fixture
def server() -> Iterator[HttpServer]:
    with running_http_server() as server:
        yield server


def connected(*hosts: str) -> CalDavConnection:
    return CalDavConnection(hosts, "nora", PASSWORD, lambda: NOW)


def to(server: HttpServer) -> CalDavConnection:
    return connected(f"127.0.0.1:{server.port}")


def failure(act: Callable[[], object]) -> CalendarFailed:
    with pytest.raises(CalendarFailed) as fault:
        act()
    return fault.value


@pytest.mark.parametrize(
    ("status", "may_retry"),
    [
        (401, False),
        (403, False),
        (404, False),
        (409, True),
        (412, True),
        (423, True),
        (429, True),
        (500, True),
        (503, True),
    ],
)
def test_a_refusal_says_whether_another_try_may_help(server: HttpServer, status: int, may_retry: bool) -> None:
    server.play(Answer(status))
    failed = failure(lambda: to(server).ask("GET", f"{server.address}/cal/"))
    assert (failed.code, failed.may_retry, failed.retry_after) == (f"caldav.{status}", may_retry, None)


@pytest.mark.parametrize(
    ("told", "wait"),
    [
        ("120", timedelta(minutes=2)),
        (format_datetime(NOW + timedelta(minutes=5), usegmt=True), timedelta(minutes=5)),
        (format_datetime(NOW - timedelta(minutes=5), usegmt=True), timedelta(0)),
        ("99999999999999999999", None),
        ("864000", timedelta(days=1)),
        ("soon", None),
        ("Mon, 02 Mar 2026 09:00:00", None),
    ],
)
@pytest.mark.parametrize("status", [429, 503])
def test_a_server_is_left_alone_for_as_long_as_it_asks(
    server: HttpServer, status: int, told: str, wait: timedelta | None
) -> None:
    server.play(Answer(status, headers={"retry-after": told}))
    assert failure(lambda: to(server).ask("GET", server.address)).retry_after == wait


def test_an_answer_is_read_up_to_its_bound(server: HttpServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(caldav_http, "MAX_ANSWER_BYTES", 1_000)
    server.play(Answer(body=b"x" * 1_000), Answer(body=b"x" * 1_001))
    assert len(to(server).ask("GET", server.address).content) == 1_000
    failed = failure(lambda: to(server).ask("GET", server.address))
    assert (failed.code, failed.may_retry) == ("caldav.too_large", False)


def test_a_server_may_not_take_for_ever(server: HttpServer) -> None:
    times = iter([NOW, NOW + timedelta(seconds=31)])
    connection = CalDavConnection([f"127.0.0.1:{server.port}"], "nora", PASSWORD, lambda: next(times))
    failed = failure(lambda: connection.ask("GET", server.address))
    assert (failed.code, failed.may_retry) == ("caldav.too_slow", True)


def test_answers_come_unpacked(server: HttpServer) -> None:
    to(server).ask("GET", server.address)
    assert server.asked[0].headers["accept-encoding"] == "identity"


def test_nobody_is_waited_for_for_ever(server: HttpServer, monkeypatch: pytest.MonkeyPatch) -> None:
    with running_http_server() as gone:
        address = gone.address
    failed = failure(lambda: connected(address.removeprefix("http://")).ask("GET", address))
    assert (failed.code, failed.may_retry) == ("caldav.unreachable", True)


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_not_followed(server: HttpServer, status: int) -> None:
    with running_http_server() as trap:
        server.play(Answer(status, headers={"location": f"{trap.address}/cal/"}))
        assert failure(lambda: to(server).ask("GET", server.address)).code == f"caldav.{status}"
        assert trap.asked == []


def test_the_pointer_of_the_server_is_followed_on_its_own_host(server: HttpServer) -> None:
    server.play(Answer(301, headers={"location": "/dav/"}), Answer(207, body=b""))
    answer = to(server).ask_well_known("PROPFIND", f"{server.address}/x/y", "", {})
    assert [asked.path for asked in server.asked] == ["/.well-known/caldav", "/dav/"]
    assert answer.url == f"{server.address}/dav/"


def test_the_pointer_of_the_server_leads_to_no_other_host(server: HttpServer) -> None:
    with running_http_server() as trap:
        server.play(Answer(301, headers={"location": f"{trap.address}/dav/"}))
        connection = connected(f"127.0.0.1:{server.port}", f"127.0.0.1:{trap.port}")
        assert (
            failure(lambda: connection.ask_well_known("PROPFIND", server.address, "", {})).code == "caldav.other_host"
        )
        assert trap.asked == []


def test_a_pointer_that_goes_round_ends(server: HttpServer) -> None:
    server.play(*[Answer(301, headers={"location": "/round"})] * 9)
    assert failure(lambda: to(server).ask_well_known("PROPFIND", server.address, "", {})).code == "caldav.redirects"
    assert len(server.asked) == 3


@pytest.mark.parametrize(
    "address",
    [
        "http://dav.example.org/",  # in the clear
        "https://dav.example.org.evil.example/",
        "https://evil.example/",
        "https://nora:secret@dav.example.org/",
        "https://dav.example.org@evil.example/",
        "https://169.254.169.254/",
        "https://127.0.0.1/",
        "https://2130706433/",
        "https://[::ffff:127.0.0.1]/",
        "file:///etc/passwd",
        "ftp://dav.example.org/",
        "dav.example.org",
        "",
        "https://dav.example.org:8443/",
        "https://dav.example.org/\r\nHost: evil.example",
    ],
)
def test_only_allowed_hosts_are_asked(address: str) -> None:
    with pytest.raises(InvalidInput, match="address must"):
        connected("dav.example.org").check(address)


def test_without_any_host_nothing_is_asked(server: HttpServer) -> None:
    failed = failure(lambda: connected().ask("GET", server.address))
    assert (failed.code, failed.may_retry, server.asked) == ("caldav.refused_host", False, [])


def test_a_link_leads_to_no_other_provider() -> None:
    connection = connected("dav.example.org", "dav.example.net", "*.big.example")
    assert connection.beside("https://dav.example.org/a/", "b/c") == "https://dav.example.org/a/b/c"
    assert connection.beside("https://a.big.example/", "https://p7.big.example/x") == "https://p7.big.example/x"
    for url, href in [
        ("https://dav.example.org/", "https://dav.example.net/"),
        ("https://dav.example.org/", "//evil.example/"),
        ("https://a.big.example/", "https://big.example.evil.example/"),
    ]:
        assert failure(lambda url=url, href=href: connection.beside(url, href)).code == "caldav.other_host"  # type: ignore[misc]


def test_the_password_is_never_shown() -> None:
    assert PASSWORD not in repr(connected("dav.example.org")) + str(vars(connected("dav.example.org")))
