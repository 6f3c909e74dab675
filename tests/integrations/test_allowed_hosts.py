"""R12: whatever address is typed, and wherever a name points to, nothing inside is reached."""

import ssl
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import httpx2
import pytest

from domain.errors import InvalidInput
from integrations import allowed_hosts
from integrations.allowed_hosts import AddressRefused, check_outgoing, guarded_client, may_connect
from tests.fakes.http_server import Answer, HttpServer, running_http_server
from tests.integrations.addresses import ALLOWED, INSIDE, TYPED, aimed
from tests.integrations.mail_server import a_certificate
from tests.integrations.trap import Trap, running_trap

PUBLIC = "93.184.215.14"
NEVER = [
    "0.0.0.0",  # noqa: S104 - nothing binds to it
    "169.254.169.254",
    "224.0.0.1",
    "255.255.255.255",
    "fe80::1",
    "fd00:ec2::254",
    "168.63.129.16",
    "::",
]


@pytest.fixture(scope="module")
def trap() -> Iterator[Trap]:
    with running_trap() as trap:
        yield trap


@pytest.fixture(scope="module")
def server() -> Iterator[HttpServer]:
    with running_http_server() as server:
        yield server


class Resolver:
    """Answers with the next address of a list each time, as a server of names that means ill does."""

    def __init__(self, *answers: Sequence[str]) -> None:
        self._answers = list(answers)

    def __call__(self, host: str, port: int) -> Sequence[str]:
        return self._answers.pop(0)


@pytest.mark.parametrize("typed", TYPED)
def test_an_address_that_was_not_allowed_is_refused_and_not_shown(typed: str, trap: Trap) -> None:
    with pytest.raises(InvalidInput, match="address must") as fault:
        check_outgoing(aimed(typed, trap), ALLOWED, allow_loopback=False)
    assert "127.0.0.1" not in str(fault.value)
    assert trap.connections == 0


@pytest.mark.parametrize("typed", TYPED)
def test_the_client_refuses_it_too_whoever_forgot_to_check(typed: str, trap: Trap) -> None:
    faults = (AddressRefused, httpx2.UnsupportedProtocol, httpx2.InvalidURL)
    with guarded_client(ALLOWED, allow_loopback=False) as client, pytest.raises(faults):
        client.get(aimed(typed, trap))
    assert trap.connections == 0


@pytest.mark.parametrize("found", INSIDE)
def test_a_name_below_an_allowed_one_reaches_nothing_inside(found: str, trap: Trap) -> None:
    resolve = Resolver([found])
    with guarded_client(ALLOWED, allow_loopback=True, resolve=resolve) as client, pytest.raises(AddressRefused):
        client.get("https://evil.example.com/")
    assert trap.connections == 0


def test_one_address_inside_among_many_outside_is_enough_to_refuse() -> None:
    resolve = Resolver([PUBLIC, "10.0.0.1"])
    with guarded_client(ALLOWED, allow_loopback=False, resolve=resolve) as client, pytest.raises(AddressRefused):
        client.get("https://evil.example.com/")


def test_a_name_that_moves_inside_between_two_calls_is_refused(trap: Trap) -> None:
    allowed = [f"cal.example.org:{trap.port}"]
    resolve = Resolver([PUBLIC], ["127.0.0.1"])
    with guarded_client(allowed, allow_loopback=False, resolve=resolve) as client:
        with pytest.raises(httpx2.ConnectError, match="stay on loopback"):  # the tests' own guard: it went outside
            client.get(f"https://cal.example.org:{trap.port}/")
        with pytest.raises(AddressRefused):
            client.get(f"https://cal.example.org:{trap.port}/")
    assert trap.connections == 0


def test_what_was_checked_is_what_is_connected_to(server: HttpServer) -> None:
    allowed = [f"localhost:{server.port}"]
    resolve = Resolver(["127.0.0.1"])  # asked a second time it would fail
    with guarded_client(allowed, allow_loopback=True, resolve=resolve) as client:
        assert client.get(f"http://localhost:{server.port}/x").status_code == 200
    assert server.asked[-1].headers["host"] == f"localhost:{server.port}"


def test_the_certificate_is_that_of_the_name_not_of_the_address(tmp_path: Path) -> None:
    certificate = a_certificate(tmp_path)  # of 127.0.0.1
    tls = ssl.create_default_context(cafile=certificate)
    with running_http_server(certificate) as server:
        for host, is_right in [("127.0.0.1", True), ("cal.localhost", False)]:
            allowed = [f"{host}:{server.port}"]
            resolve = Resolver(["127.0.0.1"])
            with guarded_client(allowed, allow_loopback=True, tls=tls, resolve=resolve) as client:
                asked = partial(client.get, f"https://{host}:{server.port}/")
                if is_right:
                    assert asked().status_code == 200
                else:
                    with pytest.raises(httpx2.ConnectError, match="Hostname mismatch"):
                        asked()


def test_without_the_check_the_trap_is_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(allowed_hosts, "may_connect", lambda *_, **__: True)
    with running_trap() as trap:
        allowed = [f"cal.example.org:{trap.port}"]
        resolve = Resolver(["127.0.0.1"])
        with guarded_client(allowed, allow_loopback=False, resolve=resolve) as client, pytest.raises(httpx2.HTTPError):
            client.get(f"https://cal.example.org:{trap.port}/")
        assert trap.connections == 1


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_answered_not_followed(status: int, server: HttpServer, trap: Trap) -> None:
    server.play(Answer(status, headers={"location": f"http://127.0.0.1:{trap.port}/"}))
    with guarded_client([f"127.0.0.1:{server.port}"], allow_loopback=True) as client:
        assert client.get(f"http://127.0.0.1:{server.port}/").status_code == status
    assert trap.connections == 0


def test_another_port_of_an_allowed_host_is_another_host(server: HttpServer, trap: Trap) -> None:
    allowed = ["127.0.0.1", f"127.0.0.1:{server.port}"]
    with guarded_client(allowed, allow_loopback=True) as client, pytest.raises(AddressRefused):
        client.get(f"http://127.0.0.1:{trap.port}/")
    assert trap.connections == 0


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://cal.example.org/dav/", "https://cal.example.org/dav/"),
        ("https://CAL.example.org:443", "https://cal.example.org"),
        ("https://dav.example.org:8443/a?b=c", "https://dav.example.org:8443/a?b=c"),
        ("https://p42.caldav.example.com/", "https://p42.caldav.example.com/"),
    ],
)
def test_an_allowed_address_comes_back_normalised(url: str, shown: str) -> None:
    assert str(check_outgoing(url, ALLOWED, allow_loopback=False)) == shown


@pytest.mark.parametrize(
    "host", ["x%2e", "127.0.0.1%20", "a.", "a..b", "-a", "%6c", "*", "a,b", "a;b", "a'b", "127.0.0.1%0d%0a"]
)
def test_below_an_allowed_name_only_names_are_hosts(host: str) -> None:
    with pytest.raises(InvalidInput, match="address must"):
        check_outgoing(f"https://{host}.example.com/", ALLOWED, allow_loopback=False)


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "127.1", "0177.0.0.1", "10.1"])
def test_a_number_that_only_a_resolver_reads_cannot_be_allowed(host: str) -> None:
    with pytest.raises(InvalidInput, match=r"address must (name a host|be a web address)"):
        check_outgoing(f"https://{host}/", [host], allow_loopback=False)


@pytest.mark.parametrize("login", ["nora:secret@", "nora@", ":@", "@"])
def test_no_name_and_password_stand_in_an_address(login: str) -> None:
    with pytest.raises(InvalidInput, match="address must hold no name or password") as fault:
        check_outgoing(f"https://{login}cal.example.org/", ALLOWED, allow_loopback=False)
    assert "secret" not in str(fault.value)


@pytest.mark.parametrize("address", ["10.0.0.1", "192.168.1.1", "100.64.0.1", "fc00::1"])
def test_a_private_address_needs_a_host_that_was_named(address: str) -> None:
    assert may_connect(address, is_named=True, allow_loopback=False)
    assert not may_connect(address, is_named=False, allow_loopback=False)


@pytest.mark.parametrize("address", NEVER)
def test_some_addresses_are_never_meant(address: str) -> None:
    assert not may_connect(address, is_named=True, allow_loopback=True)


def test_this_machine_needs_to_be_named_and_allowed() -> None:
    assert may_connect("127.0.0.1", is_named=True, allow_loopback=True)
    assert not may_connect("127.0.0.1", is_named=True, allow_loopback=False)
    assert not may_connect("127.0.0.1", is_named=False, allow_loopback=True)
