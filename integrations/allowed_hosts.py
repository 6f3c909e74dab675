"""Where Halfhour may connect to: hosts that an admin named, and of their addresses only those that are meant.

A host is given as `cal.example.org` (the usual port), as `cal.example.org:8443`, or as `*.example.org` for every name
below it. Only a host given by its full name may lie in a private network: a name from outside that points inside is how
a server is made to ask its own neighbours. Metadata services and link-local addresses are refused whatever was named.
"""

import ipaddress
import re
import socket
import ssl
from collections.abc import Callable, Collection, Sequence
from functools import cache

import httpx2

from domain.errors import InvalidInput

TIMEOUTS = httpx2.Timeout(10.0, connect=5.0)
MAX_URL_CHARACTERS = 2_000

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], Sequence[str]]

_PORTS = {"https": 443, "http": 80}
_HOST = re.compile(r"(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*")
# 127.1, 2130706433 and 0x7f000001 are names to us and loopback to a resolver. Source: WHATWG URL, "ends in a number"
_LIKE_A_NUMBER = re.compile(r"(.*\.)?([0-9]+|0x[0-9a-f]*)")
# link-local, multicast, "this network" and reserved ones are seen by their kind; these look like any other address.
# Sources: manuals of Azure (wire server), Alibaba, Oracle and Amazon
_METADATA = {ipaddress.ip_address(it) for it in ("168.63.129.16", "100.100.100.200", "192.0.0.192", "fd00:ec2::254")}
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_COMPATIBLE = ipaddress.IPv6Network("::/96")
_ACTION = "Ask an admin to allow the host, and write it as https://cal.example.org."


class AddressRefused(httpx2.ConnectError):
    """The name of an allowed host points to where Halfhour may not connect: nothing was sent."""


def check_outgoing(url: str, allowed_hosts: Collection[str], *, allow_loopback: bool) -> httpx2.URL:
    """Return the address, normalised, if Halfhour may connect to its host; what is not said so is refused.

    Nothing is looked up: `guarded_client` checks what the name points to whenever it connects.

    Parameters
    ----------
    allow_loopback
        Whether an allowed host may be this machine, and be spoken to without encryption.

    Raises
    ------
    InvalidInput
        If it is no plain https address, or its host is not allowed; the address itself is not shown.
    """
    parsed = _parsed(url)
    host, is_loopback = parsed.host, _is_loopback_host(parsed.host)
    if parsed.scheme != "https" and not (parsed.scheme == "http" and is_loopback and allow_loopback):
        raise InvalidInput("address", "begin with https://", parsed.scheme or "nothing", _ACTION)
    if is_loopback and not allow_loopback:
        raise InvalidInput("address", "name another machine", "this machine", _ACTION)
    if not _is_named(parsed, allowed_hosts) and not _is_below(parsed, allowed_hosts):
        raise InvalidInput("address", "name an allowed host", "another host", _ACTION)
    if _is_number(host) and not may_connect(host, is_named=True, allow_loopback=allow_loopback):
        raise InvalidInput("address", "name an allowed host", "a reserved address", _ACTION)
    return parsed


def may_connect(address: str, *, is_named: bool, allow_loopback: bool) -> bool:
    """Return whether a numeric address may be connected to.

    Parameters
    ----------
    is_named
        Whether the admin gave the host by its full name: then it may lie in a private network.
    """
    meant = _meant(ipaddress.ip_address(address.partition("%")[0]))
    if meant in _METADATA or meant.is_link_local or meant.is_multicast or meant.is_unspecified:
        return False
    if meant.is_loopback:
        return is_named and allow_loopback
    return meant.is_global or (is_named and not meant.is_reserved)


def addresses_of(host: str, port: int) -> Sequence[str]:
    """Return the numeric addresses that a name points to now, in the order in which to try them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


@cache
def system_tls() -> ssl.SSLContext:
    """Return which certificates this machine trusts; read once, for that takes longer than many a request."""
    return ssl.create_default_context()


class GuardedTransport(httpx2.BaseTransport):
    """Connects to allowed hosts only, at the very address that was checked, so that no second look-up can differ.

    Connections are not kept: one made for a host must not serve another that shares its address.
    """

    def __init__(
        self,
        allowed_hosts: Collection[str],
        *,
        allow_loopback: bool,
        tls: ssl.SSLContext | None = None,
        resolve: Resolve | None = None,
    ) -> None:
        self._allowed, self._allow_loopback, self._resolve = (
            frozenset(allowed_hosts),
            allow_loopback,
            resolve or addresses_of,
        )
        limits = httpx2.Limits(max_keepalive_connections=0)
        self._inner = httpx2.HTTPTransport(verify=tls or system_tls(), trust_env=False, limits=limits)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Return the answer of the first address that takes the connection.

        Raises
        ------
        AddressRefused
            If the host is not allowed, or one of its addresses may not be connected to.
        """
        request.extensions = {**request.extensions, "sni_hostname": request.url.host}
        url, failed = request.url, None
        for address in self._checked(request):
            request.url = url.copy_with(host=address)
            try:
                return self._inner.handle_request(request)
            except (httpx2.ConnectError, httpx2.ConnectTimeout) as unreachable:
                failed = unreachable
            finally:
                request.url = url
        raise failed or httpx2.ConnectError("the host has no address", request=request)

    def close(self) -> None:
        self._inner.close()

    def _checked(self, request: httpx2.Request) -> Sequence[str]:
        try:
            url = check_outgoing(str(request.url), self._allowed, allow_loopback=self._allow_loopback)
        except InvalidInput:
            raise AddressRefused("the host is not allowed", request=request) from None
        is_named = _is_named(url, self._allowed)
        found = [url.host] if _is_number(url.host) else self._looked_up(request)
        if not all(may_connect(it, is_named=is_named, allow_loopback=self._allow_loopback) for it in found):
            raise AddressRefused("the host points to an address that is not allowed", request=request)
        return found

    def _looked_up(self, request: httpx2.Request) -> Sequence[str]:
        try:
            return self._resolve(request.url.host, _port(request.url))
        except (OSError, UnicodeError):
            raise httpx2.ConnectError("the host is unknown", request=request) from None


def guarded_client(
    allowed_hosts: Collection[str],
    *,
    allow_loopback: bool,
    tls: ssl.SSLContext | None = None,
    resolve: Resolve | None = None,
) -> httpx2.Client:
    """Return a client that follows no redirect, reads no proxy from the environment, and waits for nobody for ever."""
    transport = GuardedTransport(allowed_hosts, allow_loopback=allow_loopback, tls=tls, resolve=resolve)
    return httpx2.Client(transport=transport, timeout=TIMEOUTS, follow_redirects=False, trust_env=False)


def _parsed(url: str) -> httpx2.URL:
    """Return a plain absolute address with a host that every reader reads alike."""
    action = "Write it as https://cal.example.org/path."
    if not url.isascii() or not url.isprintable() or set(url) & set(" \\") or len(url) > MAX_URL_CHARACTERS:
        raise InvalidInput("address", "be plain letters, digits and signs", f"{len(url)} characters", action)
    try:
        parsed = httpx2.URL(url)
    except httpx2.InvalidURL:
        raise InvalidInput("address", "be a web address", f"{len(url)} characters", action) from None
    if "@" in re.split("[/?#]", url.partition("//")[2])[0]:
        raise InvalidInput("address", "hold no name or password", "one with @", action)
    is_name = _HOST.fullmatch(parsed.host) and not _LIKE_A_NUMBER.fullmatch(parsed.host)
    if not is_name and not _is_number(parsed.host):
        raise InvalidInput("address", "name a host", "something else", action)
    return parsed


def _port(url: httpx2.URL) -> int:
    return _PORTS.get(url.scheme, 0) if url.port is None else url.port


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _is_loopback_host(host: str) -> bool:
    if _is_number(host):
        return _meant(ipaddress.ip_address(host)).is_loopback
    return host == "localhost" or host.endswith(".localhost")


def _is_named(url: httpx2.URL, allowed_hosts: Collection[str]) -> bool:
    named = {entry.lower() for entry in allowed_hosts}
    host = f"[{url.host}]" if ":" in url.host else url.host
    return f"{host}:{_port(url)}" in named or (url.port is None and host in named)


def _is_below(url: httpx2.URL, allowed_hosts: Collection[str]) -> bool:
    suffixes = tuple(entry.lower()[1:] for entry in allowed_hosts if entry.startswith("*."))
    return f"{url.host}:{_port(url)}".endswith(suffixes) or (url.port is None and url.host.endswith(suffixes))


def _meant(address: Address) -> Address:
    """Return the address that a packet would reach in the end: an IPv4 one may be wrapped into one of IPv6."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address in _NAT64 or (address in _COMPATIBLE and int(address) > 1):
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None) or address
