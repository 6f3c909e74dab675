"""Jobs, claimed by lease: one worker at a time holds a job, and a worker that died loses it when its lease runs out."""

import secrets
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, func, or_, select, update
from sqlalchemy.engine import RowMapping

from domain.errors import NotFound
from domain.jobs import Job, JobState
from store.drafting_tables import jobs
from store.rows import insert_all_new, insert_new
from store.work import Work

_WAITING = (JobState.QUEUED, JobState.LEASED)
_IN_ORDER = (jobs.c.run_at, jobs.c.created_at, jobs.c.id)


class Jobs:
    """Queries for jobs; those that are due come by the time they are due at."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def add(
        self, kind: str, key: str, payload: Mapping[str, Any], run_at: datetime, *, at: datetime | None = None
    ) -> bool:
        """Keep a job for the effect that `key` names and return whether it is new; `at` is now, None for `run_at`."""
        job = Job(secrets.token_hex(8), kind, key, dict(payload), run_at, at or run_at)
        return insert_new(self._work.writing, jobs, _row(job))

    def add_all(self, planned: Iterable[Job]) -> None:
        """Keep jobs as `add` does, with one statement."""
        insert_all_new(self._work.writing, jobs, [_row(job) for job in planned])

    def claim(self, worker: str, now: datetime, lease: timedelta, kinds: Collection[str]) -> Job | None:
        """Lease the job that is due first to the worker and return it; None when nothing of these kinds is due."""
        first = select(jobs).where(_is_due(now), jobs.c.kind.in_(kinds)).order_by(*_IN_ORDER).limit(1)
        # on PostgreSQL workers pass over rows that another is just claiming; SQLite has one writer at a time
        row = self._work.writing.execute(first.with_for_update(skip_locked=True)).mappings().first()
        if row is None:
            return None
        found = _job(row)
        claimed = replace(
            found, state=JobState.LEASED, attempts=found.attempts + 1, leased_by=worker, leased_until=now + lease
        )
        changes = {name: getattr(claimed, name) for name in ("state", "attempts", "leased_by", "leased_until")}
        self._work.writing.execute(update(jobs).where(jobs.c.id == claimed.id).values(changes))
        return claimed

    def finish(self, job: Job, at: datetime) -> bool:
        """Note that the claimed job is done; return False, and change nothing, when the claim is no longer this one."""
        return self._end(job, state=JobState.DONE, finished_at=at, last_error="")

    def put_back(self, job: Job, run_at: datetime, error: str) -> bool:
        """Let the claimed job run again from `run_at` on; return False when the claim is no longer this one."""
        return self._end(job, state=JobState.QUEUED, run_at=run_at, last_error=error)

    def bury(self, job: Job, at: datetime, error: str) -> bool:
        """Give the claimed job up; return False when the claim is no longer this one."""
        return self._end(job, state=JobState.DEAD, finished_at=at, last_error=error)

    def revive(self, job_id: str, now: datetime) -> None:
        """Let a dead job run from now on, its attempts counted anew; raise NotFound when there is no such dead one."""
        fresh = {"state": JobState.QUEUED, "run_at": now, "attempts": 0, "finished_at": None}
        is_this = and_(jobs.c.id == job_id, jobs.c.state == JobState.DEAD)
        if not self._work.writing.execute(update(jobs).where(is_this).values(fresh)).rowcount:
            raise NotFound("dead job", job_id)

    def cancel(self, key: str) -> bool:
        """Forget the job unless it is done; return whether there was one. What runs just now is not interrupted."""
        is_this = and_(jobs.c.key == key, jobs.c.state != JobState.DONE)
        return bool(self._work.writing.execute(delete(jobs).where(is_this)).rowcount)

    def get(self, key: str) -> Job | None:
        """Return the job for the effect that `key` names, whatever its state; None when there is none."""
        row = self._work.connection.execute(select(jobs).where(jobs.c.key == key)).mappings().first()
        return _job(row) if row else None

    def dead(self) -> list[Job]:
        """Return the jobs that were given up, latest first, ties by id."""
        query = select(jobs).where(jobs.c.state == JobState.DEAD).order_by(jobs.c.finished_at.desc(), jobs.c.id)
        return [_job(row) for row in self._work.connection.execute(query).mappings()]

    def oldest_due(self, now: datetime) -> datetime | None:
        """Return since when the job has been due that waits longest; None when nothing is due."""
        query = select(jobs.c.run_at).where(_is_due(now)).order_by(jobs.c.run_at).limit(1)
        return self._work.connection.execute(query).scalar_one_or_none()

    def count_due(self, now: datetime) -> int:
        """Return how many jobs nobody has claimed although they are due."""
        query = select(func.count()).select_from(jobs).where(_is_due(now))
        return self._work.connection.execute(query).scalar_one()

    def overdue(self, kinds: Collection[str], now: datetime) -> list[Job]:
        """Return the jobs of these kinds that are due, or were and are to be tried again, by the time they run at."""
        is_late = and_(jobs.c.state.in_(_WAITING), or_(jobs.c.run_at <= now, jobs.c.attempts > 0))
        query = select(jobs).where(is_late, jobs.c.kind.in_(kinds)).order_by(*_IN_ORDER)
        return [_job(row) for row in self._work.connection.execute(query).mappings()]

    def purge_before(self, at: datetime, kind: str = "") -> int:
        """Delete the jobs, all or of one kind, that were done before `at`; return how many. Dead ones are kept."""
        is_old = and_(jobs.c.state == JobState.DONE, jobs.c.finished_at < at)
        if kind:
            is_old = and_(is_old, jobs.c.kind == kind)
        return self._work.writing.execute(delete(jobs).where(is_old)).rowcount

    def _end(self, job: Job, **changes: Any) -> bool:
        # attempt and lease tell this claim from a later one, by whomever; a revived job counts its attempts anew
        is_own = and_(*(jobs.c[name] == getattr(job, name) for name in ("id", "state", "attempts", "leased_until")))
        ended = update(jobs).where(is_own).values(leased_by=None, leased_until=None, **changes)
        return bool(self._work.writing.execute(ended).rowcount)


def _is_due(now: datetime) -> ColumnElement[bool]:
    is_free = or_(jobs.c.state == JobState.QUEUED, jobs.c.leased_until <= now)
    return and_(jobs.c.state.in_(_WAITING), jobs.c.run_at <= now, is_free)


def _row(job: Job) -> dict[str, Any]:
    return {name: getattr(job, name) for name in Job.__slots__}


def _job(row: RowMapping) -> Job:
    return Job(**{**row, "state": JobState(row["state"])})
