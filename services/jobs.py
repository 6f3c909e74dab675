"""Runs jobs: each that is due is claimed, handled outside of any transaction, and then noted as done or tried again.

An effect happens at least once: a worker that dies between the effect and the note leaves a lease behind, and when it
runs out another worker does the job again. So a handler must do no harm when it runs twice, and must end well within
the lease.
"""

import logging
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from domain.jobs import Job, JobFailed
from services.context import Context
from store import Engine, Store, unit_of_work

Handler = Callable[[Context, Mapping[str, Any]], None]
Handlers = Mapping[str, Handler]

LEASE = timedelta(minutes=2)
MAX_ATTEMPTS = 12
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=30), timedelta(hours=1)
WORKER_DIED = "worker.died"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class JobsOverview:
    """How many jobs are due and since when, and those that were given up, latest first."""

    due: int
    oldest_due: datetime | None
    dead: list[Job]


def run_due(
    context: Context,
    handlers: Handlers,
    worker: str,
    *,
    lease: timedelta = LEASE,
    is_stopping: Callable[[], bool] = lambda: False,
) -> int:
    """Run what is due, one job after the other, until nothing is or somebody wants to stop; return how many ran.

    Parameters
    ----------
    handlers
        What to do, by kind; jobs of other kinds are left to other workers. A handler raises JobFailed to say why.
    worker
        A name that no other worker has.
    """
    ran = 0
    while not is_stopping() and _run_next(context, handlers, worker, lease):
        ran += 1
    return ran


def pause_after(attempts: int) -> timedelta:
    """Return how long to wait after so many failed attempts: 30 s, doubled each time, at most an hour.

    With twelve attempts a job is given up after five hours.
    """
    doubled = 1 << (attempts - 1)
    return min(FIRST_PAUSE * doubled, LONGEST_PAUSE)


def jobs_overview(store: Store, now: datetime) -> JobsOverview:
    """Return what waits and what was given up."""
    return JobsOverview(store.jobs.count_due(now), store.jobs.oldest_due(now), store.jobs.dead())


def dead_jobs(engine: Engine) -> list[Job]:
    """Return the jobs that were given up, latest first."""
    with unit_of_work(engine) as store:
        return store.jobs.dead()


def retry_job(context: Context, job_id: str) -> None:
    """Let a job that was given up run again now; raise NotFound when it is not there, or was revived already."""
    with unit_of_work(context.engine, write=True) as store:
        store.jobs.revive(job_id, context.clock())


def _run_next(context: Context, handlers: Handlers, worker: str, lease: timedelta) -> bool:
    with unit_of_work(context.engine, write=True) as store:
        job = store.jobs.claim(worker, context.clock(), lease, handlers.keys())
    if job is None:
        return False
    failure = _attempt(context, handlers[job.kind], job)
    with unit_of_work(context.engine, write=True) as store:
        outcome = _settle(store, job, failure, context.clock())
    log.log(logging.WARNING if failure else logging.INFO, "job %s (%s) %s", job.id, job.kind, outcome)
    return True


def _attempt(context: Context, handler: Handler, job: Job) -> JobFailed | None:
    if job.attempts > MAX_ATTEMPTS:  # only a lease that ran out gets here: every time the worker died with the job
        return JobFailed(WORKER_DIED, may_retry=False)
    attempt = _Attempt()
    with attempt:
        handler(context, job.payload)
    return attempt.failure


class _Attempt:
    """A block in which a handler runs: whatever it raises, its job is tried again and the others go on."""

    failure: JobFailed | None = None

    def __enter__(self) -> None:
        pass

    def __exit__(self, _kind: object, error: BaseException | None, _traceback: object) -> bool:
        if isinstance(error, Exception):
            self.failure = error if isinstance(error, JobFailed) else _unexpected(error)
        return self.failure is not None


def _unexpected(error: Exception) -> JobFailed:
    # the text of an error may hold people's words: only its class and its place are told
    place = traceback.extract_tb(error.__traceback__)[-1]
    log.error("a handler raised %s at %s:%s", type(error).__name__, place.filename, place.lineno)
    return JobFailed(f"error.{type(error).__name__}"[:60])


def _settle(store: Store, job: Job, failure: JobFailed | None, now: datetime) -> str:
    """Note how the attempt went and return it in words for the log."""
    if failure is None:
        is_own, outcome = store.jobs.finish(job, now), "is done"
    elif failure.may_retry and job.attempts < MAX_ATTEMPTS:
        pause = max(pause_after(job.attempts), failure.retry_after or timedelta(0))
        outcome = f"failed: {failure.code}, again in {pause}"
        is_own = store.jobs.put_back(job, now + pause, failure.code)
    else:
        is_own, outcome = store.jobs.bury(job, now, failure.code), f"is given up: {failure.code}"
    return outcome if is_own else f"{outcome}, yet it was cancelled or taken over meanwhile"
