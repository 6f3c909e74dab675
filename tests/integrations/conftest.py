"""A CalDAV server for all tests here; each finds an empty calendar."""

from collections.abc import Iterator

import pytest

from tests.fakes.radicale_server import RadicaleServer, running_radicale


@pytest.fixture(scope="session")
def radicale_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RadicaleServer]:
    with running_radicale(tmp_path_factory.mktemp("radicale")) as server:
        yield server


@pytest.fixture
def radicale(radicale_server: RadicaleServer) -> RadicaleServer:
    radicale_server.empty()
    return radicale_server
