"""A catalog without topics: every page says what is missing and how to begin, and none breaks."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api import create_app
from domain.people import Role
from services.context import Context, LazyEncoder
from services.index import refresh_index
from services.spaces import EncoderName, Spaces
from settings import Settings
from store import migrate, open_engine, unit_of_work
from tests.builders import NOW, a_goal, a_person
from tests.fakes.encoder import FakeEncoder
from tests.web.conftest import HOME, SECRET, login_cookie
from web.access import COOKIE

PEOPLE = [a_person("p1"), a_person("new"), a_person("h1", roles=frozenset({Role.HR, Role.MENTEE}))]


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[FastAPI]:
    engine = open_engine(f"sqlite:///{tmp_path / 'halfhour.sqlite3'}")
    migrate(engine)
    with unit_of_work(engine, write=True) as store:
        store.catalog.publish([], [], [], "nothing", NOW)
        store.people.save(PEOPLE)
        store.goals.add(a_goal())
    encoder = FakeEncoder()
    name = EncoderName(encoder.id, encoder.languages)
    context = Context(engine, lambda: NOW, LazyEncoder(name, lambda: encoder), Spaces(name, tmp_path / "indexes"))
    refresh_index(context)
    yield create_app(Settings(secret_key=SECRET), context=context)
    engine.dispose()


def client(app: FastAPI, person_id: str) -> TestClient:
    made = TestClient(app, base_url=HOME, follow_redirects=True)
    made.cookies.set(COOKIE, login_cookie(app, person_id))
    return made


@pytest.mark.parametrize("person_id", ["p1", "new"])
def test_whoever_looks_for_a_topic_is_told_who_will_bring_them(empty: FastAPI, person_id: str) -> None:
    page = client(empty, person_id).get("/")
    assert page.status_code == 200
    assert "No topics yet" in page.text
    assert "as soon as HR has put topics into the catalog" in page.text
    assert "halfhour import" not in page.text


def test_a_typed_need_finds_the_same_words(empty: FastAPI) -> None:
    page = client(empty, "p1").post("/needs", data={"text": "I cannot say no"})
    assert (page.status_code, "No topics yet" in page.text) == (200, True)


@pytest.mark.parametrize("address", ["/", "/catalog"])
def test_hr_is_told_the_command(empty: FastAPI, address: str) -> None:
    page = client(empty, "h1").get(address)
    assert (page.status_code, "<code>halfhour import topics FILE</code>" in page.text) == (200, True)


def test_hrs_programme_stands_and_offers_no_topic_to_choose(empty: FastAPI) -> None:
    page = client(empty, "h1").get("/hr/programme")
    assert (page.status_code, 'id="topic"' in page.text) == (200, False)
