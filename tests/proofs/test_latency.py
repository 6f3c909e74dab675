"""How long a person waits for a booking while fifty people book: one server process, as `halfhour serve` runs."""

import multiprocessing
import random
import statistics
import threading
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from store import migrate
from tests.databases import new_database
from tests.proofs.clients import Answer, Call, send_one
from tests.proofs.conftest import FIRST, TOPIC, all_cookies, fill
from tests.proofs.report import record
from tests.proofs.servers import a_context, running_servers

pytestmark = pytest.mark.proof
USERS, BOOKINGS_EACH, ROUNDS = 50, 8, 3
THINKING_SECONDS = 1.0, 3.0  # nobody reads a page and chooses a time faster
LIMIT_MS = 100.0


def test_booking_stays_quick_while_fifty_people_book(tmp_path: Path) -> None:
    with new_database("sqlite", tmp_path) as url:
        context = a_context(url, tmp_path)
        migrate(context.engine)
        fill(context)
        cookies = all_cookies(context)
        # the people are in a process of their own: this one holds all tests, and stops to collect garbage
        forks = multiprocessing.get_context("forkserver")
        with running_servers(url, tmp_path, 1) as servers, ProcessPoolExecutor(1, forks) as people:
            rounds = [people.submit(_round, servers.ports[0], cookies, n).result() for n in range(ROUNDS)]
        context.engine.dispose()
    waits = [[answer.seconds * 1000 for answer in answers] for answers in rounds]
    assert {answer.status for answers in rounds for answer in answers} == {201}
    p99 = [_percentile(some, 99) for some in waits]
    figures = {"people": USERS, "bookings": sum(map(len, waits)), "p99 ms": round(statistics.median(p99), 1)}
    median = statistics.median(wait for some in waits for wait in some)
    record("booking", "sqlite", figures | {"median ms": round(median, 1), "worst p99 ms": round(max(p99), 1)})
    assert statistics.median(p99) < LIMIT_MS


def _round(port: int, cookies: dict[str, str], number: int) -> list[Answer]:
    start = threading.Barrier(USERS)

    def book(user: int) -> list[Answer]:
        choice = random.Random(100 * number + user)
        start.wait()
        answers = []
        for booking in range(BOOKINGS_EACH):
            time.sleep(choice.uniform(*THINKING_SECONDS))
            answers.append(send_one(_call(port, cookies, user, number * BOOKINGS_EACH + booking)))
        return answers

    with ThreadPoolExecutor(USERS) as pool:
        return [answer for answers in pool.map(book, range(USERS)) for answer in answers]


def _call(port: int, cookies: dict[str, str], user: int, booking: int) -> Call:
    at = FIRST + timedelta(minutes=30 * (booking % 24), days=booking // 24)
    body = {"topic_id": TOPIC, "mentor_id": f"m{user:03}", "minutes": 20, "starts_at": at.isoformat()}
    return Call(port, cookies[f"p{user:03}"], "/api/v1/sessions", body, f"{user}-{booking}")


def _percentile(values: list[float], percent: int) -> float:
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]
