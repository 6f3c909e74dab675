"""Client processes for the proofs: many requests at once, each over a connection that is open before it starts."""

import json
import multiprocessing
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from typing import Any

from tests.proofs.servers import HOST

BROKEN = 0  # the status of a request whose connection broke before there was an answer
TIMEOUT_SECONDS = 60


@dataclass(frozen=True)
class Call:
    """One request: to which server, by whom, for what."""

    port: int
    cookie: str = field(repr=False)
    path: str
    body: dict[str, Any] | None = None
    key: str = ""


@dataclass(frozen=True)
class Answer:
    """What came back, and after how many seconds."""

    status: int
    body: Any
    seconds: float


class Clients:
    """Processes that send requests, many threads each."""

    def __init__(self, pool: ProcessPoolExecutor, count: int) -> None:
        self._pool, self._count = pool, count

    def send(self, calls: Sequence[Call], at_once: int = 0) -> list[Answer]:
        """Send all at once, or so many at a time in all; return the answers in the order of the calls."""
        shares = [list(calls[number :: self._count]) for number in range(self._count)]
        threads = at_once // self._count or max(1, max(map(len, shares)))
        found = list(self._pool.map(send_all, shares, [threads] * self._count))
        return [found[place % self._count][place // self._count] for place in range(len(calls))]


@contextmanager
def running_clients(count: int = 4) -> Iterator[Clients]:
    """Yield client processes that are gone afterwards."""
    forks = multiprocessing.get_context("forkserver")
    with ProcessPoolExecutor(count, mp_context=forks) as pool:
        yield Clients(pool, count)


def send_all(calls: Sequence[Call], threads: int) -> list[Answer]:
    """Send the calls from so many threads; where each has its own, all begin at one moment."""
    start = threading.Barrier(len(calls)) if 0 < len(calls) <= threads else None
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(lambda call: send_one(call, start), calls))


def send_one(call: Call, start: threading.Barrier | None = None) -> Answer:
    """Send one request and return its answer; a connection that breaks is an answer too."""
    connection = HTTPConnection(HOST, call.port, timeout=TIMEOUT_SECONDS)
    with suppress(OSError):
        connection.connect()
    if start:
        start.wait()
    began = time.perf_counter()
    try:
        answer = _exchange(connection, call)
    except (OSError, HTTPException):
        answer = BROKEN, None
    finally:
        connection.close()
    return Answer(*answer, time.perf_counter() - began)


def _exchange(connection: HTTPConnection, call: Call) -> tuple[int, Any]:
    headers = {"Cookie": call.cookie, "Content-Type": "application/json"}
    if call.key:
        headers["Idempotency-Key"] = call.key
    text = json.dumps(call.body) if call.body is not None else None
    connection.request("POST" if text is not None else "GET", call.path, text, headers)
    response = connection.getresponse()
    content = response.read()
    return response.status, json.loads(content) if content else None
