"""Jobs run one by one; what fails is tried again later, then given up, and nobody's words get out."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from domain.jobs import Job, JobFailed, JobState
from services.context import Context
from services.jobs import LEASE, MAX_ATTEMPTS, dead_jobs, jobs_overview, pause_after, retry_job, run_due
from store import Engine, unit_of_work
from tests.builders import NOW
from tests.services.conftest import a_context

SECRET = "I cannot stand my boss"


@dataclass
class Notes:
    """A handler that notes what it was given, and fails as told."""

    failure: Exception | None = None
    seen: list[Any] = field(default_factory=list)

    def __call__(self, context: Context, payload: Mapping[str, Any]) -> None:
        self.seen.append(payload["number"])
        if self.failure:
            raise self.failure


@dataclass
class Watch:
    """A clock that a test sets."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def context(stocked: Engine, watch: Watch, tmp_path: Path) -> Context:
    return replace(a_context(stocked, tmp_path), clock=watch)


def add(context: Context, *numbers: int, kind: str = "note") -> None:
    with unit_of_work(context.engine, write=True) as store:
        for number in numbers:
            store.jobs.add(kind, f"{kind}:{number}", {"number": number}, NOW + timedelta(seconds=number - 10))


def job_of(context: Context, number: int) -> Job:
    with unit_of_work(context.engine) as store:
        job = store.jobs.get(f"note:{number}")
    assert job is not None
    return job


def test_what_is_due_runs_once_in_order(context: Context) -> None:
    notes = Notes()
    add(context, 3, 1, 2)
    assert run_due(context, {"note": notes}, "w") == 3
    assert run_due(context, {"note": notes}, "w") == 0
    assert notes.seen == [1, 2, 3]
    assert (job_of(context, 1).state, job_of(context, 1).finished_at) == (JobState.DONE, NOW)


def test_jobs_of_a_kind_that_nobody_here_knows_are_left(context: Context) -> None:
    add(context, 1, kind="later")
    assert run_due(context, {"note": Notes()}, "w") == 0
    assert run_due(context, {}, "w") == 0


def test_a_handler_works_outside_of_any_transaction(context: Context) -> None:
    """It may write itself: on SQLite a transaction around it would make that wait for ever."""

    def write(context: Context, payload: Mapping[str, Any]) -> None:
        with unit_of_work(context.engine, write=True) as store:
            store.put_setting("note", payload["number"])

    add(context, 1)
    run_due(context, {"note": write}, "w")
    with unit_of_work(context.engine) as store:
        assert store.get_setting("note") == 1


def test_a_failed_job_is_tried_again_ever_later_until_it_is_given_up(context: Context, watch: Watch) -> None:
    notes = Notes(JobFailed("smtp.unreachable"))
    add(context, 1)
    for attempt in range(1, MAX_ATTEMPTS):
        assert run_due(context, {"note": notes}, "w") == 1
        job = job_of(context, 1)
        assert (job.state, job.attempts, job.last_error) == (JobState.QUEUED, attempt, "smtp.unreachable")
        assert job.run_at == watch.now + pause_after(attempt)
        assert run_due(context, {"note": notes}, "w") == 0
        watch.now = job.run_at
    assert run_due(context, {"note": notes}, "w") == 1
    assert [(job.last_error, job.finished_at) for job in dead_jobs(context.engine)] == [("smtp.unreachable", watch.now)]
    assert len(notes.seen) == MAX_ATTEMPTS


def test_pauses_double_from_half_a_minute_to_an_hour_and_end_after_five_hours() -> None:
    pauses = [pause_after(attempts).total_seconds() for attempts in range(1, MAX_ATTEMPTS)]
    assert pauses == [30, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600, 3600]
    assert sum(pauses) == pytest.approx(5 * 3600, rel=0.02)


def test_who_is_told_to_wait_longer_waits_longer(context: Context) -> None:
    add(context, 1, 2)
    run_due(context, {"note": Notes(JobFailed("llm.busy", retry_after=timedelta(hours=2)))}, "w")
    assert job_of(context, 1).run_at == NOW + timedelta(hours=2)
    short = Notes(JobFailed("llm.busy", retry_after=timedelta(seconds=1)))
    add(context, 3)
    run_due(context, {"note": short}, "w")
    assert job_of(context, 3).run_at == NOW + timedelta(seconds=30)


def test_what_cannot_be_helped_is_given_up_at_once_and_may_be_tried_anew(context: Context) -> None:
    add(context, 1)
    run_due(context, {"note": Notes(JobFailed("smtp.550", may_retry=False))}, "w")
    (dead,) = dead_jobs(context.engine)
    assert (dead.attempts, dead.last_error) == (1, "smtp.550")
    retry_job(context, dead.id)
    assert run_due(context, {"note": Notes()}, "w") == 1
    assert dead_jobs(context.engine) == []


def test_one_that_fails_unexpectedly_stops_no_other_and_shows_no_words(
    context: Context, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    notes = Notes(ValueError(SECRET))
    add(context, 1, 2)
    assert run_due(context, {"note": notes}, "w") == 2
    assert job_of(context, 1).last_error == "error.ValueError"
    assert "a handler raised ValueError at " in caplog.text
    assert SECRET not in caplog.text


def test_a_job_that_outlives_every_worker_is_given_up_without_running(context: Context, watch: Watch) -> None:
    notes = Notes()
    add(context, 1)
    for _ in range(MAX_ATTEMPTS):  # workers that claim and die
        with unit_of_work(context.engine, write=True) as store:
            assert store.jobs.claim("dying", watch.now, LEASE, ["note"])
        watch.now += LEASE
    run_due(context, {"note": notes}, "w")
    assert [job.last_error for job in dead_jobs(context.engine)] == ["worker.died"]
    assert notes.seen == []


def test_a_job_cancelled_while_it_runs_is_not_noted(context: Context, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)

    def cancel(context: Context, payload: Mapping[str, Any]) -> None:
        with unit_of_work(context.engine, write=True) as store:
            store.jobs.cancel("note:1")

    add(context, 1)
    assert run_due(context, {"note": cancel}, "w") == 1
    with unit_of_work(context.engine) as store:
        assert store.jobs.get("note:1") is None
    assert "yet it was cancelled or taken over meanwhile" in caplog.text


def test_a_worker_that_is_to_stop_finishes_the_job_in_hand_only(context: Context) -> None:
    notes = Notes()
    add(context, 1, 2, 3)
    enough: Callable[[], bool] = lambda: len(notes.seen) == 2  # noqa: E731
    assert run_due(context, {"note": notes}, "w", is_stopping=enough) == 2
    assert job_of(context, 2).state is JobState.DONE
    assert job_of(context, 3).state is JobState.QUEUED


def test_the_overview_says_what_waits_and_what_was_given_up(context: Context) -> None:
    add(context, 1, 2)
    add(context, 3, kind="later")
    run_due(context, {"later": Notes(JobFailed("x", may_retry=False))}, "w")
    with unit_of_work(context.engine) as store:
        seen = jobs_overview(store, NOW)
    assert (seen.due, seen.oldest_due) == (2, NOW - timedelta(seconds=9))
    assert [job.key for job in seen.dead] == ["later:3"]


@pytest.mark.parametrize("code", ["", SECRET, "a\nb", "x" * 61])
def test_a_code_is_one_word(code: str) -> None:
    with pytest.raises(ValueError, match="code must be 1 to 60 letters") as fault:
        JobFailed(code)
    assert SECRET not in str(fault.value)
