"""The outbox over real processes: workers are killed without warning, and yet each effect happens."""

import multiprocessing
import random
import signal
import time
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from domain.jobs import JobState
from store import Engine, migrate, unit_of_work
from tests.databases import KINDS, new_database, opened
from tests.services import outbox_worker
from tests.services.outbox_worker import EFFECTS

WORKERS, JOBS, KILLS, EFFECTS_BETWEEN_KILLS = 4, 200, 12, 12
DYING = {20: "before", 60: "before", 100: "before", 40: "after", 80: "after", 120: "after"}
PATIENCE_SECONDS = 180


class Fleet:
    """Worker processes, of which one that was killed is replaced; forked, for they start in no time."""

    def __init__(self, url: str, folder: Path) -> None:
        self._arguments, self._effects = (url, folder, JOBS), folder / EFFECTS
        self._effects.touch()
        self._choice = random.Random(5)
        self._forks = multiprocessing.get_context("forkserver")
        self._forks.set_forkserver_preload([outbox_worker.__name__])
        self.killed: set[int | None] = set()
        self.running = [self._start() for _ in range(WORKERS)]

    @property
    def effects(self) -> list[tuple[str, int]]:
        """(key, process id) of each effect, in order."""
        lines = (line.split() for line in self._effects.read_text().splitlines())
        return [(key, int(pid)) for key, pid in lines]

    def work(self, kills: int) -> None:
        """Let the jobs be done, and meanwhile kill so many workers, each after some more effects."""
        give_up_at, asked = time.monotonic() + PATIENCE_SECONDS, 0
        while self.running:
            assert time.monotonic() < give_up_at
            wait([process.sentinel for process in self.running], timeout=0.01)
            self._look_after()
            if asked < kills and self.running and len(self.effects) >= (asked + 1) * EFFECTS_BETWEEN_KILLS:
                self._choice.choice(self.running).kill()
                asked += 1

    def close(self) -> None:
        for process in self.running:
            process.kill()
            process.join()

    def _start(self) -> BaseProcess:
        process = self._forks.Process(target=outbox_worker.work, args=self._arguments)
        process.start()
        return process

    def _look_after(self) -> None:
        for process in [process for process in self.running if process.exitcode is not None]:
            self.running.remove(process)
            assert process.exitcode in (0, -signal.SIGKILL)
            if process.exitcode:
                self.killed.add(process.pid)
                self.running.append(self._start())


def add_jobs(engine: Engine) -> list[str]:
    keys = [f"k{number:03}" for number in range(JOBS)]
    due = datetime.now(UTC) - timedelta(minutes=1)
    with unit_of_work(engine, write=True) as store:
        for number, key in enumerate(keys):
            payload = {"key": key, "dies": DYING.get(number, "")}
            store.jobs.add("note", key, payload, due + timedelta(milliseconds=number))
    return keys


def states(engine: Engine, keys: list[str]) -> set[JobState | None]:
    with unit_of_work(engine) as store:
        return {job and job.state for job in map(store.jobs.get, keys)}


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_no_effect_is_lost_and_none_happens_twice_but_after_a_crash(kind: str, tmp_path: Path) -> None:
    with new_database(kind, tmp_path) as url, opened(url) as engine:
        migrate(engine)
        keys = add_jobs(engine)
        fleet = Fleet(url, tmp_path)
        try:
            fleet.work(KILLS)
        finally:
            fleet.close()
        assert states(engine, keys) == {JobState.DONE}
    pids_of = defaultdict(list)
    for key, pid in fleet.effects:
        pids_of[key].append(pid)
    assert sorted(pids_of) == keys
    assert len(fleet.killed) >= len(DYING) + KILLS // 2
    # whoever did it and was not the last to do it died before the note; and each died with one job in hand
    not_noted = [pid for pids in pids_of.values() for pid in pids[:-1]]
    assert set(not_noted) <= fleet.killed
    assert len(not_noted) == len(set(not_noted))
    assert all(len(pids_of[f"k{number:03}"]) >= 2 for number, dies in DYING.items() if dies == "after")
