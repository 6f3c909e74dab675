"""Whether it lives and whether it is ready: two questions with two answers."""

from types import SimpleNamespace

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from tests.web.conftest import HOME, ClientOf


@pytest.fixture
def new(unready: FastAPI) -> TestClient:
    return TestClient(unready, base_url=HOME, follow_redirects=False)


def test_a_running_halfhour_is_ready(client_of: ClientOf) -> None:
    assert client_of().get("/readyz").json() == {"status": "ok"}


def test_without_tables_it_lives_but_is_not_ready_and_says_why(new: TestClient) -> None:
    assert new.get("/livez").json() == {"status": "ok"}
    answered = new.get("/readyz")
    assert answered.status_code == 503
    assert answered.json()["status"] == "not ready"
    assert answered.json()["why"]


def test_life_asks_nothing_of_the_parts(unready: FastAPI) -> None:
    del unready.state.context, unready.state.logins
    assert TestClient(unready, base_url=HOME).get("/livez").status_code == 200


def test_a_folder_that_cannot_be_written_is_not_ready(client_of: ClientOf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.health.os", SimpleNamespace(access=lambda *_: False, W_OK=2))
    answered = client_of().get("/readyz")
    assert (answered.status_code, answered.json()["why"]) == (503, "The data folder cannot be written.")
