"""Requests to a CalDAV server: to allowed hosts only, under a name and a password, answers of bounded length."""

import ssl
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import httpx2

from integrations.allowed_hosts import AddressRefused, check_outgoing, guarded_client
from integrations.calendar import CalendarFailed

MAX_ANSWER_BYTES = 5_000_000
MAX_TIME = timedelta(seconds=30)  # for one answer; each part of it is awaited for ten seconds at most
MAX_WAIT = timedelta(days=1)
WELL_KNOWN = "/.well-known/caldav"  # RFC 6764, 5
_MAX_REDIRECTS = 3
_WORTH_ANOTHER_TRY = {408, 409, 412, 423, 425, 429}
_LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server said; `url` is where it said so."""

    url: str = field(repr=False)
    status: int
    headers: httpx2.Headers = field(repr=False)
    content: bytes = field(repr=False)

    @property
    def is_redirect(self) -> bool:
        return self.status in (301, 302, 303, 307, 308)


class CalDavConnection:
    """Asks one server as one person; every method raises CalendarFailed when that did not work out.

    Parameters
    ----------
    hosts
        Where an admin lets people keep calendars, as `check_outgoing` reads them.
    tls
        Which certificates to trust; None for those that the system trusts.
    """

    def __init__(
        self,
        hosts: Collection[str],
        user: str,
        password: str,
        clock: Callable[[], datetime],
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._hosts, self._login, self._clock = frozenset(hosts), httpx2.BasicAuth(user, password), clock
        # a server on this machine is contacted where an admin has named it, and no other name may lead to it
        self._may_loop = any(host.startswith(_LOOPBACK) for host in self._hosts)
        self._client = guarded_client(self._hosts, allow_loopback=self._may_loop, tls=tls)

    def check(self, address: str) -> str:
        """Return a typed address as it is used; raise InvalidInput when it is none, or leads to another host."""
        return str(check_outgoing(address, self._hosts, allow_loopback=self._may_loop))

    def beside(self, url: str, href: str) -> str:
        """Return the address that the answer of `url` names, by path or whole; never one of another provider."""
        own, other = httpx2.URL(url), httpx2.URL(url).join(href)
        if other.host != own.host and not any(self._covers(pattern, own, other) for pattern in self._hosts):
            raise CalendarFailed("caldav.other_host", may_retry=False)
        return str(other)

    def ask(
        self,
        method: str,
        url: str,
        content: str = "",
        headers: Mapping[str, str] | None = None,
        *,
        also: Collection[int] = (),
    ) -> Answer:
        """Return the answer to one request; those outside of 2xx raise unless `also` names them."""
        answer = self._send(method, url, content, headers or {})
        if not 200 <= answer.status < 300 and answer.status not in also:
            may_retry = answer.status >= 500 or answer.status in _WORTH_ANOTHER_TRY
            raise CalendarFailed(f"caldav.{answer.status}", may_retry=may_retry, retry_after=self._wait(answer))
        return answer

    def ask_well_known(self, method: str, url: str, content: str, headers: Mapping[str, str]) -> Answer:
        """Return the answer of where the server's own pointer leads, on the same host and at most three steps."""
        address = self.beside(url, WELL_KNOWN)
        for _ in range(_MAX_REDIRECTS):
            answer = self._send(method, address, content, headers)
            if not answer.is_redirect:
                return answer
            address = self._within(address, answer.headers.get("location", ""))
        raise CalendarFailed("caldav.redirects", may_retry=False)

    def _within(self, url: str, location: str) -> str:
        """Return where a redirect leads if it stays with its host, port and scheme."""
        own, other = httpx2.URL(url), httpx2.URL(url).join(location)
        if (other.scheme, other.host, other.port) != (own.scheme, own.host, own.port):
            raise CalendarFailed("caldav.other_host", may_retry=False)
        return str(other)

    def _covers(self, pattern: str, own: httpx2.URL, other: httpx2.URL) -> bool:
        """Whether one entry for a whole domain names both hosts: big providers keep people on hosts of their own."""
        return pattern.startswith("*.") and all(url.host.endswith(pattern[1:].lower()) for url in (own, other))

    def _send(self, method: str, url: str, content: str, headers: Mapping[str, str]) -> Answer:
        # packed bytes could unfold to any length
        sent = {"accept-encoding": "identity", "user-agent": "Halfhour", **headers}
        with (
            _named_faults(),
            self._client.stream(method, url, content=content.encode(), headers=sent, auth=self._login) as response,
        ):
            return Answer(url, response.status_code, response.headers, self._read(response))

    def _read(self, response: httpx2.Response) -> bytes:
        """Return the body; a server may neither send without end nor word by word for ever."""
        read, until = bytearray(), self._clock() + MAX_TIME
        for part in response.iter_raw():
            read += part
            if len(read) > MAX_ANSWER_BYTES:
                raise CalendarFailed("caldav.too_large", may_retry=False)
            if self._clock() > until:
                raise CalendarFailed("caldav.too_slow")
        return bytes(read)

    def _wait(self, answer: Answer) -> timedelta | None:
        """Return how long the server asks to be left alone. Source: RFC 9110, 10.2.3"""
        told = answer.headers.get("retry-after", "")
        try:
            wait = timedelta(seconds=int(told)) if told.isdecimal() else parsedate_to_datetime(told) - self._clock()
        except (ValueError, TypeError, OverflowError):
            return None
        return min(max(wait, timedelta(0)), MAX_WAIT)


@contextmanager
def _named_faults() -> Iterator[None]:
    """Turn what the client raises into a code; its texts hold addresses."""
    try:
        yield
    except AddressRefused:
        raise CalendarFailed("caldav.refused_host", may_retry=False) from None
    except (httpx2.HTTPError, httpx2.InvalidURL, ssl.SSLError, OSError):
        raise CalendarFailed("caldav.unreachable") from None


def utc_stamp(at: datetime) -> str:
    """Return the moment as CalDAV writes it: 20260305T132000Z."""
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
