"""A small house of its own for tests of who may come in: an application, one person, and a clock that a test sets."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.testclient import TestClient

from api import create_app
from domain.people import Person, Role
from services.context import Context, LazyEncoder
from services.spaces import EncoderName, Spaces
from settings import Settings
from store import migrate, open_engine, unit_of_work
from tests.builders import NOW, a_person, a_skill, a_topic, an_area
from tests.fakes.encoder import FakeEncoder
from tests.web.conftest import HOME, SECRET, UNLIMITED, login_cookie
from web.access import COOKIE


@dataclass
class House:
    """An application with a clock that a test sets, and one mentee in it."""

    app: FastAPI
    context: Context
    after: timedelta = timedelta(0)

    def browser(self, token: str = "") -> TestClient:
        client = TestClient(self.app, base_url=HOME, follow_redirects=False)
        if token:
            client.cookies.set(COOKIE, token, domain="127.0.0.1")
        return client

    def signed_in(self, person_id: str = "p1") -> TestClient:
        return self.browser(login_cookie(self.app, person_id))

    def save(self, person: Person) -> None:
        with unit_of_work(self.context.engine, write=True) as store:
            store.people.save([person])


@contextmanager
def opened_house(folder: Path, *, settings: dict[str, Any] | None = None, **parts: Any) -> Iterator[House]:
    """Yield a house with one person, p1, mentee and hr; `parts` are those of the context that a test brings along."""
    engine = open_engine(f"sqlite:///{folder / 'halfhour.sqlite3'}")
    migrate(engine)
    encoder = FakeEncoder()
    name = EncoderName(encoder.id, encoder.languages)
    spaces = Spaces(name, folder / "indexes", run_later=lambda job: job())
    context = Context(engine, lambda: NOW + made.after, LazyEncoder(name, lambda: encoder), spaces)
    with unit_of_work(engine, write=True) as store:
        store.catalog.publish([an_area()], [a_skill()], [a_topic("delegate-work")], "for tests of access", NOW)
        store.people.save([a_person("p1", roles=frozenset({Role.MENTEE, Role.HR}))])
    context = replace(context, **parts)
    said = Settings(secret_key=SECRET, worker="off", **{**UNLIMITED, **(settings or {})})
    made = House(create_app(said, context=context), context)
    yield made
    engine.dispose()
