"""One provider's API over HTTP: bounded in time and size, faults as codes, no word of a token or an answer repeated."""

import json
import re
import ssl
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import quote, urlencode

import httpx2

from integrations.allowed_hosts import TIMEOUTS, AddressRefused, Resolve, check_outgoing, guarded_client
from integrations.calendar import CalendarFailed

MAX_ANSWER_BYTES = 2_000_000
MAX_ANSWER_SECONDS = 30
LONGEST_WAIT = timedelta(days=1)

Json = dict[str, Any]

_MAY_PASS = {408, 425, 429}
_SECONDS = re.compile("[0-9]{1,7}")


class Refused(CalendarFailed):
    """The provider answered, and said no; `reason` is its own word for why, for the code only."""

    def __init__(self, name: str, status: int, reason: str = "", retry_after: timedelta | None = None) -> None:
        self.status, self.reason = status, reason
        may_pass = status >= 500 or status in _MAY_PASS
        super().__init__(f"{name}.{status}", may_retry=may_pass, retry_after=retry_after if may_pass else None)


class ProviderApi:
    """Sends requests to one provider.

    Parameters
    ----------
    name
        Begins every code: `google.429`.
    base
        Where paths begin; only this host is spoken to, encrypted unless it is this machine.
    """

    def __init__(
        self,
        name: str,
        base: str,
        clock: Callable[[], datetime],
        *,
        timeouts: httpx2.Timeout = TIMEOUTS,
        tls: ssl.SSLContext | None = None,
        resolve: Resolve | None = None,
    ) -> None:
        self.name, self.base, self._clock, self._timeouts = name, base.rstrip("/"), clock, timeouts
        self._hosts = {httpx2.URL(self.base).netloc.decode()}
        self._tls, self._resolve = tls, resolve
        check_outgoing(self.base, self._hosts, allow_loopback=True)

    def send(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, str] | None = None,
        content: Json | None = None,
        form: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Json:
        """Return the answer's object; {} where it has no body.

        Parameters
        ----------
        content, form
            What is sent, as JSON or as a form; at most one of both.

        Raises
        ------
        CalendarFailed
            `<name>.<status>` as Refused, or with a word: unreachable, address, redirect, too_large, unreadable.
        """
        sent = {"accept": "application/json", "accept-encoding": "identity", **(headers or {})}
        with guarded_client(self._hosts, allow_loopback=True, tls=self._tls, resolve=self._resolve) as client:
            url = self.base + path + (f"?{urlencode(query, safe='$', quote_via=quote)}" if query else "")
            asked = client.build_request(method, url, json=content, data=form, headers=sent, timeout=self._timeouts)
            return self._answer(client, asked)

    def path_of(self, url: str) -> str:
        """Return the path below the base that an address names, so that a link to more stays with this provider."""
        if not url.startswith(f"{self.base}/"):
            raise self.failed("redirect", may_retry=False)
        return url.removeprefix(self.base)

    def failed(self, why: str, *, may_retry: bool = True) -> CalendarFailed:
        """Return the fault of this provider with a code."""
        return CalendarFailed(f"{self.name}.{why}", may_retry=may_retry)

    def _answer(self, client: httpx2.Client, asked: httpx2.Request) -> Json:
        try:
            answered = client.send(asked, stream=True)
            try:
                body = self._read(answered)
            finally:
                answered.close()
        except AddressRefused:
            raise self.failed("address", may_retry=False) from None
        except httpx2.RequestError:
            raise self.failed("unreachable") from None
        return self._judge(answered, body)

    def _read(self, answered: httpx2.Response) -> bytes:
        read, until = bytearray(), self._clock() + timedelta(seconds=MAX_ANSWER_SECONDS)
        for piece in answered.iter_raw(65_536):
            read += piece
            if len(read) > MAX_ANSWER_BYTES:
                raise self.failed("too_large", may_retry=False)
            if self._clock() > until:
                raise self.failed("unreachable")
        return bytes(read)

    def _judge(self, answered: httpx2.Response, body: bytes) -> Json:
        status = answered.status_code
        if status >= 400:
            raise Refused(self.name, status, _reason(body), self._retry_after(answered.headers.get("retry-after", "")))
        if status >= 300:
            raise self.failed("redirect", may_retry=False)
        if not body:
            return {}
        found = _object(body)
        if found is None:
            raise self.failed("unreadable")
        return found

    def _retry_after(self, value: str) -> timedelta | None:
        """Return the wait a header asks for: seconds, a date of HTTP or one of ISO 8601, as Zoom writes it."""
        if _SECONDS.fullmatch(value):
            return min(timedelta(seconds=int(value)), LONGEST_WAIT)
        for read in (parsedate_to_datetime, datetime.fromisoformat):
            with suppress(ValueError):
                moment = read(value)
                wait = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - self._clock()
                return min(max(wait, timedelta(0)), LONGEST_WAIT)
        return None


def _object(body: bytes) -> Json | None:
    """Return the JSON object of a body; None for anything else."""
    try:
        found = json.loads(body, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _refuse(constant: str) -> None:
    raise ValueError(f"JSON must hold numbers, got {constant}.")


def _reason(body: bytes) -> str:
    """Return the provider's word for what is wrong: of Google's calendar, of Graph, of OAuth; "" for none."""
    error = (_object(body) or {}).get("error")
    if isinstance(error, dict):
        listed = error.get("errors")
        first = listed[0] if isinstance(listed, list) and listed and isinstance(listed[0], dict) else {}
        error = first.get("reason") or error.get("code")
    return error if isinstance(error, str) and re.fullmatch(r"[A-Za-z_]{1,40}", error) else ""
