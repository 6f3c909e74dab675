"""Server processes for the proofs: the whole application on one database, killed and started again at will."""

import multiprocessing
import os
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from multiprocessing.process import BaseProcess
from pathlib import Path

import uvicorn

from api import create_app
from compose import keep_for_good
from services.context import Context, LazyEncoder
from services.spaces import EncoderName, Spaces
from settings import Settings
from store import open_engine
from tests.builders import NOW
from tests.fakes.encoder import FakeEncoder
from tests.web.conftest import UNLIMITED

SECRET = "a-secret-of-the-proofs-0123456789-abcdefghij"
HOST = "127.0.0.1"
PATIENCE_SECONDS = 60


def a_context(url: str, folder: Path) -> Context:
    """Return the parts of a Halfhour on that database, at NOW, with a fake encoder."""
    encoder = FakeEncoder()
    name = EncoderName(encoder.id, encoder.languages)
    spaces = Spaces(name, folder / "indexes", run_later=lambda job: job())
    return Context(open_engine(url), lambda: NOW, LazyEncoder(name, lambda: encoder), spaces)


def serve(url: str, folder: Path, port: int) -> None:
    """Serve until killed; jobs are left alone."""
    app = create_app(Settings(secret_key=SECRET, worker="off", **UNLIMITED), context=a_context(url, folder))
    keep_for_good()  # as `halfhour serve` does
    uvicorn.run(app, host=HOST, port=port, log_level="error", access_log=False)


class Servers:
    """Processes that serve one database, each on a port of its own."""

    def __init__(self, url: str, folder: Path, count: int) -> None:
        self._arguments = url, folder
        self._forks = multiprocessing.get_context("forkserver")
        self._forks.set_forkserver_preload([__name__])
        self.ports = [_free_port() for _ in range(count)]
        self._processes: list[BaseProcess] = [self._start(port) for port in self.ports]
        for port in self.ports:
            wait_until_it_listens(port)

    def kill(self, number: int) -> None:
        """Kill one without a warning, and start another in its place; do not wait for it."""
        process = self._processes[number]
        assert process.pid
        os.kill(process.pid, signal.SIGKILL)
        process.join()
        self._processes[number] = self._start(self.ports[number])

    def close(self) -> None:
        for process in self._processes:
            process.kill()
            process.join()

    def _start(self, port: int) -> BaseProcess:
        process = self._forks.Process(target=serve, args=(*self._arguments, port), daemon=True)
        process.start()
        return process


@contextmanager
def running_servers(url: str, folder: Path, count: int = 4) -> Iterator[Servers]:
    """Yield servers that listen; all are gone afterwards."""
    servers = Servers(url, folder, count)
    try:
        yield servers
    finally:
        servers.close()


def wait_until_it_listens(port: int) -> None:
    """Return once somebody takes connections there; fail after a minute."""
    give_up_at = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < give_up_at:
        with closing(socket.socket()) as probe:
            if probe.connect_ex((HOST, port)) == 0:
                return
        time.sleep(0.02)
    raise AssertionError(f"nothing listens on port {port}")


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
