"""Jobs: one per effect, one worker per job, and none lost when a worker dies."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import Engine

from domain.errors import NotFound
from domain.jobs import Job, JobState
from store import Store, unit_of_work
from tests.builders import NOW

LEASE = timedelta(minutes=2)
LATER = NOW + timedelta(minutes=5)
KINDS = ("note",)


def claim(store: Store, worker: str = "w1") -> Job | None:
    return store.jobs.claim(worker, NOW, LEASE, KINDS)


def claimed(store: Store, worker: str = "w1") -> Job:
    job = claim(store, worker)
    assert job is not None
    return job


def add_one(store: Store, key: str = "a") -> None:
    assert store.jobs.add("note", key, {"session": "s1"}, NOW)


def state_of(store: Store, key: str = "a") -> tuple[JobState, str]:
    job = store.jobs.get(key)
    assert job is not None
    return job.state, job.last_error


def test_a_job_comes_back_as_added_and_claimed(engine: Engine) -> None:
    with unit_of_work(engine, write=True) as store:
        store.jobs.add("note", "a", {"session": "s1", "слово": [1]}, NOW, at=NOW - LEASE)
        job = claimed(store)
        assert job == Job(
            job.id,
            "note",
            "a",
            {"session": "s1", "слово": [1]},
            NOW,
            NOW - LEASE,
            JobState.LEASED,
            attempts=1,
            leased_by="w1",
            leased_until=NOW + LEASE,
        )
        assert store.jobs.get("a") == job
        assert store.jobs.get("b") is None


def test_one_effect_makes_one_job_even_when_it_is_done(engine: Engine) -> None:
    with unit_of_work(engine, write=True) as store:
        add_one(store)
        assert not store.jobs.add("note", "a", {"session": "another"}, LATER)
        job = claimed(store)
        assert (job.payload, job.run_at) == ({"session": "s1"}, NOW)
        store.jobs.finish(job, NOW)
        assert not store.jobs.add("note", "a", {}, NOW)
        assert claim(store) is None


def test_a_job_is_undone_with_the_transaction_that_asked_for_it(engine: Engine) -> None:
    def add_and_fail() -> None:
        with unit_of_work(engine, write=True) as store:
            add_one(store)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        add_and_fail()
    with unit_of_work(engine) as store:
        assert store.jobs.get("a") is None


def test_the_longest_due_comes_first_and_what_is_not_due_or_of_another_kind_does_not(engine: Engine) -> None:
    with unit_of_work(engine, write=True) as store:
        store.jobs.add("note", "second", {}, NOW)
        store.jobs.add("note", "first", {}, NOW - LEASE)
        store.jobs.add("note", "tomorrow", {}, LATER)
        store.jobs.add("mail", "other kind", {}, NOW - LEASE)
        assert (store.jobs.oldest_due(NOW), store.jobs.count_due(NOW)) == (NOW - LEASE, 3)
        assert [claimed(store).key for _ in range(2)] == ["first", "second"]
        assert claim(store) is None
        assert store.jobs.oldest_due(NOW - LEASE * 2) is None


def test_a_lease_that_ran_out_goes_to_another_and_the_first_can_no_longer_end_it(engine: Engine) -> None:
    with unit_of_work(engine, write=True) as store:
        add_one(store)
        first = claimed(store)
        assert store.jobs.claim("w2", NOW + LEASE - timedelta(seconds=1), LEASE, KINDS) is None
        second = store.jobs.claim("w2", NOW + LEASE, LEASE, KINDS)
        assert second is not None
        assert (second.id, second.attempts, second.leased_by) == (first.id, 2, "w2")
        assert not store.jobs.finish(first, LATER)
        assert not store.jobs.put_back(first, LATER, "late")
        assert not store.jobs.bury(first, LATER, "late")
        assert store.jobs.get("a") == second
        assert store.jobs.finish(second, LATER)
        assert state_of(store) == (JobState.DONE, "")


def test_a_job_put_back_waits_for_its_time(engine: Engine) -> None:
    with unit_of_work(engine, write=True) as store:
        add_one(store)
        assert store.jobs.put_back(claimed(store), LATER, "smtp.down")
        assert state_of(store) == (JobState.QUEUED, "smtp.down")
        assert claim(store) is None
        again = store.jobs.claim("w1", LATER, LEASE, KINDS)
        assert again is not None
        assert again.attempts == 2


def test_the_dead_wait_until_they_are_revived(engine: Engine) -> None:
    with unit_of_work(engine, write=True) as store:
        add_one(store)
        buried = claimed(store)
        assert store.jobs.bury(buried, LATER, "smtp.refused")
        (dead,) = store.jobs.dead()
        assert (dead.state, dead.last_error, dead.finished_at) == (JobState.DEAD, "smtp.refused", LATER)
        assert claim(store) is None
        store.jobs.revive(dead.id, NOW)
        assert store.jobs.dead() == []
        again = store.jobs.claim("w1", NOW, LEASE * 2, KINDS)
        assert again is not None
        assert again.attempts == 1
        # the same attempt by number, yet not the same claim
        assert not store.jobs.finish(buried, LATER)
        assert store.jobs.finish(again, LATER)


def test_only_the_dead_can_be_revived(engine: Engine) -> None:
    with unit_of_work(engine, write=True) as store:
        add_one(store)
        job = claimed(store)
        for job_id in (job.id, "none"):
            with pytest.raises(NotFound, match="dead job must exist"):
                store.jobs.revive(job_id, NOW)


def test_a_cancelled_job_never_runs_and_may_be_asked_for_anew(engine: Engine) -> None:
    with unit_of_work(engine, write=True) as store:
        add_one(store)
        assert store.jobs.cancel("a")
        assert not store.jobs.cancel("a")
        assert claim(store) is None
        add_one(store)
        running = claimed(store)
        assert store.jobs.cancel("a")
        assert not store.jobs.finish(running, NOW)
        add_one(store)
        store.jobs.finish(claimed(store), NOW)
        assert not store.jobs.cancel("a")
        assert state_of(store) == (JobState.DONE, "")


def test_old_jobs_that_are_done_are_purged_and_nothing_else(engine: Engine) -> None:
    with unit_of_work(engine, write=True) as store:
        for key in ("dead", "done", "done later", "queued"):
            store.jobs.add("note", key, {}, NOW - LEASE if key != "queued" else LATER)
        jobs = {job.key: job for job in (claimed(store) for _ in range(3))}
        store.jobs.bury(jobs["dead"], NOW, "x")
        store.jobs.finish(jobs["done"], NOW)
        store.jobs.finish(jobs["done later"], LATER)
        assert store.jobs.purge_before(LATER) == 1
        assert store.jobs.get("done") is None
        assert all(store.jobs.get(key) for key in ("dead", "done later", "queued"))


def test_workers_at_once_get_every_job_once(engine: Engine) -> None:
    workers, count = 4, 40
    start = Barrier(workers)
    with unit_of_work(engine, write=True) as store:
        for number in range(count):
            store.jobs.add("note", f"k{number}", {}, NOW)

    def work(name: str) -> list[str]:
        start.wait(timeout=10)
        keys = []
        while True:
            with unit_of_work(engine, write=True) as store:
                job = claim(store, name)
            if job is None:
                return keys
            keys.append(job.key)

    with ThreadPoolExecutor(workers) as pool:
        got = [key for keys in pool.map(work, map(str, range(workers))) for key in keys]
    assert sorted(got) == sorted(f"k{number}" for number in range(count))
