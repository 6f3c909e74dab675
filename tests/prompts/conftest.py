"""The scripted server, one for all tests of models."""

from collections.abc import Iterator

import pytest

from tests.fakes.llm_server import LLMServer, running_llm_server


@pytest.fixture(scope="session")
def llm_server() -> Iterator[LLMServer]:
    with running_llm_server() as server:
        yield server
