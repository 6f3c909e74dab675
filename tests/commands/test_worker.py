"""`halfhour worker` in a process of its own: it runs jobs, and ends when it is told to, not in the middle of one."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from compose import build_context
from domain.jobs import JobState
from settings import Settings
from store import Engine, open_engine, unit_of_work
from tests.builders import NOW

ROOT = Path(__file__).resolve().parents[2]
SLOW = "tests.commands.slow_worker"


@pytest.fixture(scope="module")
def new_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder as the first start leaves it."""
    folder = tmp_path_factory.mktemp("new")
    build_context(Settings(data_folder=folder)).engine.dispose()
    return folder


@pytest.fixture
def folder(new_folder: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(new_folder, tmp_path / "data"))


@pytest.fixture
def engine(folder: Path) -> Iterator[Engine]:
    engine = open_engine(Settings(data_folder=folder).database)
    yield engine
    engine.dispose()


def add(engine: Engine, *numbers: int) -> None:
    with unit_of_work(engine, write=True) as store:
        for number in numbers:
            store.jobs.add("note", str(number), {"number": number}, NOW + timedelta(seconds=number))


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


def test_once_runs_what_is_due_and_ends(engine: Engine, folder: Path) -> None:
    add(engine, 1, 2)
    with started(folder, "-m", SLOW, "worker", "--once") as process:
        out, _ = process.communicate("\n\n", timeout=60)
    assert out.splitlines() == ["begins 1", "ends 1", "begins 2", "ends 2", "Jobs run: 2"]
    assert process.returncode == 0
    assert states(engine, 1, 2) == [JobState.DONE, JobState.DONE]


@pytest.mark.parametrize(("number", "options"), [(signal.SIGTERM, []), (signal.SIGINT, ["--once"])])
def test_a_signal_ends_it_after_the_job_in_hand(
    number: signal.Signals, options: list[str], engine: Engine, folder: Path
) -> None:
    add(engine, 1, 2)
    with started(folder, "-m", SLOW, "worker", *options, HALFHOUR_WORKER_THREADS="1") as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "begins 1\n"
        process.send_signal(number)
        assert process.stderr is not None
        assert any("asked to stop" in line for line in process.stderr)  # heard before the job may end
        rest, _ = process.communicate("\n", timeout=60)
    assert rest.splitlines()[0] == "ends 1"
    assert "begins 2" not in rest
    assert process.returncode == 0
    assert states(engine, 1, 2) == [JobState.DONE, JobState.QUEUED]


def test_a_signal_ends_it_while_it_rests(engine: Engine, folder: Path) -> None:
    with started(folder, "-m", "cli", "worker", HALFHOUR_WORKER_PERIOD_SECONDS="3600") as process:
        assert process.stderr is not None
        assert "the worker begins, 2 threads" in process.stderr.readline()
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)
    assert process.returncode == 0


SERVES = """
import sys
from fastapi.testclient import TestClient
from api import create_app
from settings import read_settings
with TestClient(create_app(read_settings())) as client:
    client.get("/livez")
print("litellm" in sys.modules)
"""


def test_serving_without_a_model_loads_no_litellm(folder: Path) -> None:
    with started(folder, "-c", SERVES, HALFHOUR_SECRET_KEY="0123456789ab" * 4) as process:
        out, err = process.communicate(timeout=60)
    assert (out, process.returncode) == ("False\n", 0), err


def test_a_worker_without_a_model_loads_no_litellm(folder: Path) -> None:
    runs = "import cli, sys; cli.main(['worker', '--once']); print('litellm' in sys.modules)"
    with started(folder, "-c", runs) as process:
        out, _ = process.communicate(timeout=60)
    assert out.splitlines() == [
        "Jobs run: 4",
        "False",
    ]  # purge, booked sessions, calendars, digests
