"""A worker runs jobs as they come, in threads that end when told to; nothing here waits for time to pass."""

import logging
import threading
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import pytest

from services.context import Context
from services.worker import Worker
from store import Engine, open_engine, unit_of_work
from tests.builders import NOW
from tests.services.conftest import a_context

AN_HOUR, PATIENCE_SECONDS = 3600.0, 10.0


@pytest.fixture
def done() -> SimpleQueue[int]:
    return SimpleQueue()


@pytest.fixture
def context(stocked: Engine, tmp_path: Path) -> Context:
    return a_context(stocked, tmp_path)


@pytest.fixture
def worker(context: Context, done: SimpleQueue[int]) -> Iterator[Worker]:
    def note(context: Context, payload: Mapping[str, Any]) -> None:
        done.put(payload["number"])

    worker = Worker(context, {"note": note}, name="w", period_seconds=AN_HOUR, threads=2)
    yield worker
    worker.ask_to_stop()


def add(context: Context, *numbers: int) -> None:
    with unit_of_work(context.engine, write=True) as store:
        for number in numbers:
            store.jobs.add("note", str(number), {"number": number}, NOW - timedelta(seconds=9 - number))


def test_jobs_run_at_the_start_and_whenever_it_is_woken(
    worker: Worker, context: Context, done: SimpleQueue[int]
) -> None:
    add(context, 1)
    worker.start()
    assert done.get(timeout=PATIENCE_SECONDS) == 1
    add(context, 2)
    worker.wake()
    assert done.get(timeout=PATIENCE_SECONDS) == 2
    worker.stop()
    add(context, 3)
    worker.wake()
    assert done.empty()


def test_it_looks_again_after_a_period_by_itself(context: Context, done: SimpleQueue[int]) -> None:
    handler = {"note": lambda _, payload: done.put(payload["number"])}
    worker = Worker(context, handler, name="w", period_seconds=0.05)
    worker.start()
    add(context, 1)
    assert done.get(timeout=PATIENCE_SECONDS) == 1
    worker.stop()


def test_stopping_waits_for_the_job_in_hand(context: Context, done: SimpleQueue[int]) -> None:
    has_begun, may_end = threading.Event(), threading.Event()

    def slow(context: Context, payload: Mapping[str, Any]) -> None:
        has_begun.set()
        may_end.wait(PATIENCE_SECONDS)
        done.put(payload["number"])

    add(context, 1, 2)
    worker = Worker(context, {"note": slow}, name="w", period_seconds=AN_HOUR)
    worker.start()
    assert has_begun.wait(PATIENCE_SECONDS)
    worker.ask_to_stop()
    may_end.set()
    worker.wait()
    assert (done.get_nowait(), done.empty()) == (1, True)


def test_threads_work_at_the_same_time(context: Context) -> None:
    both = threading.Barrier(2)
    met: SimpleQueue[int] = SimpleQueue()

    def meet(context: Context, payload: Mapping[str, Any]) -> None:
        both.wait(PATIENCE_SECONDS)
        met.put(payload["number"])

    add(context, 1, 2)
    worker = Worker(context, {"note": meet}, name="w", period_seconds=AN_HOUR, threads=2)
    worker.start()
    assert {met.get(timeout=PATIENCE_SECONDS) for _ in range(2)} == {1, 2}
    worker.stop()


def test_once_runs_here_what_is_due_now(worker: Worker, context: Context, done: SimpleQueue[int]) -> None:
    add(context, 1, 2)
    assert worker.run_once() == 2
    assert worker.run_once() == 0


def test_a_database_that_is_away_ends_no_worker(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    told = threading.Event()

    class Tells(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            told.set()

    logging.getLogger("services.worker").addHandler(handler := Tells())
    engine = open_engine(f"sqlite:///{tmp_path / 'without_tables.sqlite3'}")
    worker = Worker(a_context(engine, tmp_path), {"note": lambda *_: None}, name="w", period_seconds=AN_HOUR)
    worker.start()
    assert told.wait(PATIENCE_SECONDS)
    worker.stop()
    logging.getLogger("services.worker").removeHandler(handler)
    engine.dispose()
    assert "the worker cannot reach its jobs: The database file cannot be read or written." in caplog.text
