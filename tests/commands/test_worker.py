"""`halfhour worker` in a process of its own: it runs jobs, and ends when it is told to, not in the middle of one."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from domain.jobs import JobState
from settings import Settings
from store import Engine, migrate, open_engine, unit_of_work
from tests.builders import NOW

ROOT = Path(__file__).resolve().parents[2]
SLOW = "tests.commands.slow_worker"


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_engine(Settings(data_folder=tmp_path).database)
    migrate(engine)
    yield engine
    engine.dispose()


def add(engine: Engine, *numbers: int) -> None:
    with unit_of_work(engine, write=True) as store:
        for number in numbers:
            store.jobs.add("note", str(number), {"number": number}, NOW)


def states(engine: Engine, *numbers: int) -> list[JobState | None]:
    with unit_of_work(engine) as store:
        jobs = [store.jobs.get(str(number)) for number in numbers]
    return [job and job.state for job in jobs]


@contextmanager
def started(folder: Path, *command: str, **settings: str) -> Iterator[subprocess.Popen[str]]:
    """Yield the running command, killed at the end if it has not ended."""
    environment = os.environ | {"HALFHOUR_DATA_FOLDER": str(folder), **settings}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen([sys.executable, *command], cwd=ROOT, env=environment, text=True, **pipes) as process:
        try:
            yield process
        finally:
            process.kill()


def test_once_runs_what_is_due_and_ends(engine: Engine, tmp_path: Path) -> None:
    add(engine, 1, 2)
    with started(tmp_path, "-m", SLOW, "worker", "--once") as process:
        out, _ = process.communicate("\n\n", timeout=60)
    assert out.splitlines() == ["begins 1", "ends 1", "begins 2", "ends 2", "Jobs run: 2"]
    assert process.returncode == 0
    assert states(engine, 1, 2) == [JobState.DONE, JobState.DONE]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("options", [[], ["--once"]])
def test_a_signal_ends_it_after_the_job_in_hand(
    number: signal.Signals, options: list[str], engine: Engine, tmp_path: Path
) -> None:
    add(engine, 1, 2)
    with started(tmp_path, "-m", SLOW, "worker", *options, HALFHOUR_WORKER_THREADS="1") as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "begins 1\n"
        process.send_signal(number)
        rest, _ = process.communicate("\n", timeout=60)
    assert rest.splitlines()[0] == "ends 1"
    assert "begins 2" not in rest
    assert process.returncode == 0
    assert states(engine, 1, 2) == [JobState.DONE, JobState.QUEUED]


def test_a_signal_ends_it_while_it_rests(engine: Engine, tmp_path: Path) -> None:
    with started(tmp_path, "-m", "cli", "worker", HALFHOUR_WORKER_PERIOD_SECONDS="3600") as process:
        assert process.stderr is not None
        assert "the worker begins, 2 threads" in process.stderr.readline()
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)
    assert process.returncode == 0


SERVES = """
import sys
from pathlib import Path
from fastapi.testclient import TestClient
from api import create_app
from settings import read_settings
app = create_app(read_settings())
with TestClient(app) as client:
    assert client.get("/livez").status_code == 200
    import threading
    print(sum("-" in thread.name and thread.name.split("-")[-2].isdigit() for thread in threading.enumerate()))
print("litellm" in sys.modules)
"""


@pytest.mark.parametrize(("worker", "threads"), [("thread", "3"), ("off", "0")])
def test_serving_runs_the_worker_and_without_a_model_loads_no_litellm(
    worker: str, threads: str, tmp_path: Path
) -> None:
    settings = {"HALFHOUR_WORKER": worker, "HALFHOUR_WORKER_THREADS": "3", "HALFHOUR_SECRET_KEY": "0123456789ab" * 4}
    with started(tmp_path, "-c", SERVES, **settings) as process:
        out, err = process.communicate(timeout=60)
    assert (out.split(), process.returncode) == ([threads, "False"], 0), err


def test_a_worker_without_a_model_loads_no_litellm(tmp_path: Path) -> None:
    runs = "import cli, sys; cli.main(['worker', '--once']); print('litellm' in sys.modules)"
    with started(tmp_path, "-c", runs) as process:
        out, _ = process.communicate(timeout=60)
    assert out.splitlines() == ["Jobs run: 0", "False"]
