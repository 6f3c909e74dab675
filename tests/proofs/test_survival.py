"""R4: what was acknowledged survives, however often servers are killed in the middle of their work."""

import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import text

from services.booking.jobs import EXPIRE_REQUEST, session_key
from store import unit_of_work
from tests.proofs.clients import BROKEN, Answer, send_one
from tests.proofs.conftest import FIRST, TOPIC, House, overlaps
from tests.proofs.report import record

pytestmark = pytest.mark.proof
KILLS, THREADS, PAUSE_SECONDS, PATIENCE_SECONDS = 50, 8, 0.4, 30


class Load:
    """Threads that book one new session after the other until told to stop; keeps what was acknowledged."""

    def __init__(self, house: House) -> None:
        self._house, self._lock = house, threading.Lock()
        self._next, self.acknowledged, self.broken = 0, dict[str, str](), 0
        self.statuses: set[int] = set()
        self.is_over = threading.Event()

    def run(self) -> None:
        while not self.is_over.is_set():
            with self._lock:
                number, self._next = self._next, self._next + 1
            self._note(f"k{number}", self._book(number))

    def _book(self, number: int) -> Answer:
        mentor, place = number % 100, number // 100
        start = FIRST + timedelta(minutes=20 * (place % 40), days=place // 40)
        body = {"topic_id": TOPIC, "mentor_id": f"m{mentor:03}", "minutes": 15, "starts_at": start.isoformat()}
        call = self._house.call(number, f"p{number % 200:03}", "", body, f"k{number}")
        answer = send_one(call)
        give_up_at = time.monotonic() + PATIENCE_SECONDS
        while answer.status == BROKEN and time.monotonic() < give_up_at and not self.is_over.is_set():
            with self._lock:
                self.broken += 1
            time.sleep(0.05)  # as a browser would: the same request with the same key once more
            answer = send_one(call)
        return answer

    def _note(self, key: str, answer: Answer) -> None:
        with self._lock:
            self.statuses.add(answer.status)
            if answer.status == 201:
                self.acknowledged[key] = answer.body["session_id"]


def test_r4_nothing_acknowledged_is_lost(house: House) -> None:
    load, choice = Load(house), random.Random(4)
    with ThreadPoolExecutor(THREADS) as pool:
        runs = [pool.submit(load.run) for _ in range(THREADS)]
        for _ in range(KILLS):
            time.sleep(PAUSE_SECONDS * (0.5 + choice.random()))
            house.servers.kill(choice.randrange(4))
        load.is_over.set()
        for run in runs:
            run.result()
    with unit_of_work(house.context.engine) as store:
        kept = {session.id: session for session in store.sessions.list()}
        without_jobs = [s.id for s in kept.values() if store.jobs.get(session_key(EXPIRE_REQUEST, s)) is None]
    lost = set(load.acknowledged.values()) - set(kept)
    assert lost == set()
    assert without_jobs == []
    assert overlaps(house.context) == []
    assert len(set(load.acknowledged.values())) == len(load.acknowledged) > KILLS
    assert load.broken > 0
    assert load.statuses <= {201, 409, 429, BROKEN}
    if house.kind == "sqlite":
        with house.context.engine.connect() as connection:
            assert connection.execute(text("PRAGMA integrity_check")).scalar_one() == "ok"
    figures = {"kills": KILLS, "acknowledged": len(load.acknowledged), "broken off": load.broken, "lost": len(lost)}
    record("R4", house.kind, figures | {"without outbox row": len(without_jobs)})
