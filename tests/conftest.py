"""What every test stands on: no network but loopback, two threads, the encoders, and no silent skips in CI."""

import fcntl
import ipaddress
import os
import socket
import sys
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

os.environ.update(HF_HUB_OFFLINE="1", TOKENIZERS_PARALLELISM="false")
# before numpy, FAISS or torch make their thread pools; several processes of tests share the cores
os.environ.setdefault("OMP_NUM_THREADS", "1" if "PYTEST_XDIST_WORKER" in os.environ else "2")

import pytest

from compose import build_context
from embeddings import Encoder, load_encoder
from services.index import refresh_index
from settings import Settings
from tests.fakes.encoder import FakeEncoder
from tests.fakes.llm_server import LLMServer, running_llm_server
from tests.fakes.radicale_server import RadicaleServer, running_radicale

_ROOT = Path(__file__).resolve().parent.parent
TEST_DATA = Path(os.environ.get("HALFHOURTEST_DATA", _ROOT / "var" / "test-models"))
_SKIPS_FAIL = os.environ.get("REQUIRE_ALL") == "1"


@pytest.fixture(scope="session")
def minilm() -> Encoder:
    """The real MiniLM, exported once and kept between runs."""
    return load_encoder("minilm", data_folder=TEST_DATA)


@pytest.fixture(scope="session")
def indexed_folder(minilm: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder over the starter catalog, indexed with the real MiniLM; to be copied, not changed.

    That takes minutes: the processes of one run share it.
    """
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "indexed"
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "ready").exists():
            folder.mkdir()
            (folder / "models").symlink_to(TEST_DATA / "models", target_is_directory=True)
            context = build_context(Settings(data_folder=folder))
            refresh_index(context)
            context.engine.dispose()
            (folder / "ready").touch()
    return folder


@pytest.fixture
def fake_encoder() -> FakeEncoder:
    return FakeEncoder()


@pytest.fixture(scope="session")
def llm_server() -> Iterator[LLMServer]:
    """A scripted server of a language model; a test says what it plays."""
    with running_llm_server() as server:
        yield server


@pytest.fixture(scope="session")
def radicale_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RadicaleServer]:
    with running_radicale(tmp_path_factory.mktemp("radicale")) as server:
        yield server


@pytest.fixture
def radicale(radicale_server: RadicaleServer) -> RadicaleServer:
    """A real CalDAV server on which Nora has one calendar, empty."""
    radicale_server.empty()
    return radicale_server


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let files with slow tests begin first, so that none of them is still to come when the other process is done."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _is_loopback(host: str) -> bool:
    return host in ("", "localhost") or (_is_address(host) and ipaddress.ip_address(host).is_loopback)


def _stay_local(event: str, arguments: tuple[Any, ...]) -> None:
    """Refuse connections to other machines and look-ups of their names; an audit hook, so that no test can undo it."""
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        own, address = arguments
        if own.family in (socket.AF_INET, socket.AF_INET6) and address and not _is_loopback(address[0]):
            raise OSError(f"Tests must stay on loopback, got {address[0]}. Use a fake.")
    elif event == "socket.getaddrinfo":
        name = arguments[0].decode() if isinstance(arguments[0], bytes) else arguments[0] or ""
        if not _is_loopback(name) and not _is_address(name):
            raise socket.gaierror(f"Tests must not look up names, got {name}. Use a fake.")


def pytest_configure() -> None:
    sys.addaudithook(_stay_local)


def _fail_when_skipped(report: pytest.TestReport | pytest.CollectReport) -> None:
    if not (_SKIPS_FAIL and report.skipped) or hasattr(report, "wasxfail"):
        return
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    report.outcome = "failed"
    report.longrepr = f"REQUIRE_ALL=1 lets no test be skipped: {reason}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    _fail_when_skipped(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    _fail_when_skipped(report)
    return report
