"""How often one person or one address may ask: counted in this process, in a window that slides."""

import ipaddress
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from fastapi import Request

from domain.errors import LimitReached

MAX_KEYS = 20_000
VISITOR_SHARE = 20
_REQUESTS, _LINKS = "requests a minute", "sign-in links in a quarter of an hour"
MINUTE, QUARTER = timedelta(minutes=1), timedelta(minutes=15)


class SlidingWindow:
    """Counts what each key does in the last stretch of time.

    Two counters per key: what the current stretch holds, and the share of the one before that the window still covers.
    Source: https://blog.cloudflare.com/counting-things-a-lot-of-different-things

    Parameters
    ----------
    what
        What is counted, in words: "requests a minute".
    most
        How often a key may come within `span`; 0 for as often as it likes.
    """

    def __init__(self, what: str, most: int, span: timedelta, clock: Callable[[], datetime]) -> None:
        self._what, self._most = what, most
        self._seconds, self._clock = span.total_seconds(), clock
        self._stretch, self._now, self._before = 0, dict[str, int](), dict[str, int]()
        self._lock = threading.Lock()

    def check(self, key: str) -> None:
        """Count one more; raise LimitReached, and count nothing, when that is too many."""
        if not self._most:
            return
        with self._lock:
            stretch, gone = divmod(self._clock().timestamp(), self._seconds)
            self._slide_to(int(stretch))
            before, now = self._before.get(key, 0), self._now.get(key, 0)
            if before * (1 - gone / self._seconds) + now + 1 > self._most:
                seconds = self._wait(before, now, gone)
                raise LimitReached(self._what, self._most, seconds, f"Wait {seconds} seconds and repeat.")
            if len(self._now) >= MAX_KEYS:  # a flood of addresses must not fill the memory: then all begin anew
                self._now.clear()
            self._now[key] = now + 1

    def _slide_to(self, stretch: int) -> None:
        if stretch != self._stretch:
            self._before = self._now if stretch == self._stretch + 1 else {}
            self._now, self._stretch = {}, stretch

    def _wait(self, before: int, now: int, gone: float) -> int:
        """Return after how many seconds one more would fit."""
        room = self._most - 1 - now
        if room >= 0 and before:
            return max(1, ceil(self._seconds * (1 - room / before) - gone))
        # the current stretch is full: it becomes the one before, and its share has to shrink
        return max(1, ceil(self._seconds - gone + self._seconds * (1 - (self._most - 1) / now)))


@dataclass(frozen=True, slots=True)
class Limits:
    """Who may ask how often, as the settings say."""

    people: SlidingWindow
    visitors: SlidingWindow
    links_per_address: SlidingWindow
    links_per_visitor: SlidingWindow


def build_limits(clock: Callable[[], datetime], *, per_person: int, per_visitor: int, links: int) -> Limits:
    """Return the limits of one process: requests a minute, and sign-in links in a quarter of an hour.

    Parameters
    ----------
    links
        Sign-in links for one mail address; twenty times as many for one visitor: a whole office may sit behind it.
    """
    return Limits(
        SlidingWindow(_REQUESTS, per_person, MINUTE, clock),
        SlidingWindow(_REQUESTS, per_visitor, MINUTE, clock),
        SlidingWindow(_LINKS, links, QUARTER, clock),
        SlidingWindow(_LINKS, links * VISITOR_SHARE, QUARTER, clock),
    )


def check_person(request: Request, person_id: str) -> None:
    """Count a request of a person; raise LimitReached when there are too many."""
    request.app.state.limits.people.check(person_id)


def check_visitor(request: Request) -> None:
    """Count a request of somebody who is not signed in; raise LimitReached when there are too many."""
    request.app.state.limits.visitors.check(visitor_of(request))


def visitor_of(request: Request) -> str:
    """Return what stands for whoever sends the request: the address, of IPv6 the network that one household has."""
    host = request.client.host if request.client else ""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    if address.version == 6 and address.ipv4_mapped is None:
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address.ipv4_mapped or address) if address.version == 6 else str(address)
