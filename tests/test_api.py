"""The application refuses to start open: no demo beyond loopback, no login without a key."""

import os
import threading
from pathlib import Path

import pytest
from fastapi import Response
from fastapi.testclient import TestClient

from api import create_app
from domain.errors import InvalidInput
from settings import Settings
from store import unit_of_work
from tests.builders import a_person

SECRET = "a-secret-of-the-tests-0123456789-abcdefghij"


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.0.7", "halfhour.example.org"])  # noqa: S104 - refused
def test_a_demo_stays_on_loopback(host: str) -> None:
    with pytest.raises(InvalidInput, match="HALFHOUR_HOST must be a loopback address in the demo"):
        create_app(Settings(host=host), is_demo=True)


def test_without_a_key_nothing_is_served() -> None:
    with pytest.raises(InvalidInput, match="HALFHOUR_SECRET_KEY must hold 32 or more random characters, got nothing"):
        create_app(Settings())


def test_a_new_folder_becomes_a_halfhour_with_the_starter_catalog(tmp_path: Path) -> None:
    app = create_app(Settings(data_folder=tmp_path / "new", secret_key=SECRET))
    client = TestClient(app, base_url="http://127.0.0.1")
    assert client.get("/readyz").status_code == 200
    assert client.get("/", follow_redirects=False).status_code == 303
    app.state.context.engine.dispose()


@pytest.mark.parametrize(
    ("host", "address", "is_secure"),
    [
        ("127.0.0.1", "", False),
        ("0.0.0.0", "", True),  # noqa: S104 - not opened
        ("127.0.0.1", "https://halfhour.example.org", True),
        ("127.0.0.1", "http://localhost:8000", False),
    ],
)
def test_beyond_loopback_the_login_travels_by_https_only(
    host: str, address: str, is_secure: bool, tmp_path: Path
) -> None:
    app = create_app(Settings(data_folder=tmp_path, host=host, public_address=address, secret_key=SECRET))
    with unit_of_work(app.state.context.engine, write=True) as store:
        store.people.save([a_person("p1")])
    response = Response()
    app.state.logins.sign_in(response, "p1")
    name, *marks = response.headers["set-cookie"].split("; ")
    assert ("Secure" in marks) is is_secure
    assert name.startswith("__Host-halfhour=") is is_secure
    assert {"Path=/", "HttpOnly", "SameSite=lax"} <= set(marks)
    client = TestClient(app, base_url="https://halfhour.example.org")
    assert ("strict-transport-security" in client.get("/livez").headers) is is_secure
    app.state.context.engine.dispose()


@pytest.mark.parametrize(("worker", "threads"), [("thread", 3), ("off", 0)])
def test_the_worker_runs_while_the_application_is_served_unless_it_is_off(
    worker: str, threads: int, tmp_path: Path
) -> None:
    settings = Settings(data_folder=tmp_path, secret_key=SECRET, worker_threads=3).model_copy(update={"worker": worker})
    app = create_app(settings)
    assert worker_threads() == 0
    with TestClient(app, base_url="http://127.0.0.1"):
        assert worker_threads() == threads
    assert worker_threads() == 0
    app.state.context.engine.dispose()


def worker_threads() -> int:
    return sum(f"-{os.getpid()}-" in thread.name for thread in threading.enumerate())
