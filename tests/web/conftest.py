"""One application over a small company, for all tests of the pages; a test that changes things adds its own people."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI, Response
from fastapi.testclient import TestClient
from playwright.sync_api import Browser

from api import create_app
from services.context import Context, LazyEncoder
from services.index import refresh_index
from services.spaces import EncoderName, Spaces
from services.starter import publish_starter_catalog
from settings import Settings
from store import migrate, open_engine
from tests.builders import NOW
from tests.fakes.encoder import FakeEncoder
from tests.web import company
from tests.web.browser import chromium
from web.access import COOKIE

SECRET = "a-secret-of-the-tests-0123456789-abcdefghij"
HOME = "http://127.0.0.1"
UNLIMITED: dict[str, Any] = {"requests_per_person": 0, "requests_per_visitor": 0}  # under a clock that stands still
ClientOf = Callable[..., TestClient]


@pytest.fixture(scope="session")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Context]:
    """The parts of a running Halfhour: starter catalog, company, embedded by the fake encoder. To be copied only."""
    folder = tmp_path_factory.mktemp("untouched")
    engine = open_engine(f"sqlite:///{folder / 'halfhour.sqlite3'}")
    migrate(engine)
    publish_starter_catalog(engine, NOW)
    encoder = FakeEncoder()
    name = EncoderName(encoder.id, encoder.languages)
    context = Context(engine, lambda: NOW, LazyEncoder(name, lambda: encoder), Spaces(name, folder / "indexes"))
    company.fill(context)
    refresh_index(context)
    yield context
    engine.dispose()


@contextmanager
def copied(untouched: Context, folder: Path) -> Iterator[Context]:
    """Yield a copy of a running Halfhour, which may be changed; that takes a tenth of the time of another one."""
    theirs, ours = untouched.engine.url.database or "", folder / "copy.sqlite3"
    with closing(sqlite3.connect(theirs)) as source, closing(sqlite3.connect(ours)) as copy:
        source.backup(copy)
    shutil.copytree(untouched.spaces.folder, folder / "indexes")
    encoder = untouched.encoder
    spaces = Spaces(EncoderName(encoder.id, encoder.languages), folder / "indexes", run_later=lambda job: job())
    engine = open_engine(f"sqlite:///{ours}")
    yield replace(untouched, engine=engine, spaces=spaces)
    engine.dispose()


@pytest.fixture(scope="session")
def running(untouched: Context, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Context]:
    """A running Halfhour that all tests of the pages share."""
    with copied(untouched, tmp_path_factory.mktemp("web")) as context:
        yield context


@pytest.fixture(scope="session")
def app(running: Context) -> FastAPI:
    return create_app(Settings(secret_key=SECRET, **UNLIMITED), context=running)


@pytest.fixture(scope="session")
def demo(running: Context) -> FastAPI:
    return create_app(Settings(**UNLIMITED), is_demo=True, context=running)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser that the tests of one file share."""
    with chromium() as opened:
        yield opened


@pytest.fixture
def client_of(app: FastAPI) -> ClientOf:
    """A browser in which the named person is signed in; without a name nobody is."""

    def make(person_id: str | None = None) -> TestClient:
        client = TestClient(app, base_url=HOME, follow_redirects=False)
        if person_id:
            client.cookies.set(COOKIE, login_cookie(app, person_id))
        return client

    return make


def login_cookie(app: FastAPI, person_id: str) -> str:
    """Return the value of the cookie that signs the person in."""
    response = Response()
    app.state.logins.sign_in(response, person_id)
    return SimpleCookie(response.headers["set-cookie"])[COOKIE].value


@pytest.fixture
def unready(tmp_path: Path) -> Iterator[FastAPI]:
    """An application over a database without any table."""
    engine = open_engine(f"sqlite:///{tmp_path / 'empty.sqlite3'}")
    encoder = FakeEncoder()
    name = EncoderName(encoder.id, encoder.languages)
    context = Context(engine, lambda: NOW, LazyEncoder(name, lambda: encoder), Spaces(name, tmp_path / "indexes"))
    yield create_app(Settings(secret_key=SECRET), context=context)
    engine.dispose()
