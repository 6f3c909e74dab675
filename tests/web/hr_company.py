"""A small company of its own for tests of HR's pages that change things: four topics, HR, an admin, and colleagues."""

from pathlib import Path

from fastapi import FastAPI
from fastapi.testclient import TestClient

from api import create_app
from domain.people import Role
from services.context import Context
from services.index import refresh_index
from settings import Settings
from store import migrate, open_engine, unit_of_work
from tests.builders import NOW, a_person, a_role, a_skill, an_area, an_offer
from tests.services.conftest import a_context, some_topics
from tests.web.conftest import HOME, SECRET, login_cookie
from web.access import COOKIE

PEOPLE = [
    a_person("hana", name="Hana Sato", roles=frozenset({Role.HR})),
    a_person("adam", name="Adam Root", roles=frozenset({Role.ADMIN})),
    a_person("mia", name="Mia Lund", department="Care", roles=frozenset({Role.MENTEE, Role.MENTOR})),
    a_person("ned", name="Ned Vane", department="Care"),
    a_person("gone", name="Gwen Stone", is_active=False),
]


def small_company(folder: Path) -> Context:
    """Return the parts of a running Halfhour over it, embedded by the fake encoder."""
    engine = open_engine(f"sqlite:///{folder / 'halfhour.sqlite3'}")
    migrate(engine)
    with unit_of_work(engine, write=True) as store:
        store.catalog.publish([an_area()], [a_skill(), a_skill("sql")], some_topics(), "for tests", NOW)
        store.roles.save([a_role()])
        store.people.save(PEOPLE)
        store.offers.save([an_offer("mia")])
    context = a_context(engine, folder)
    refresh_index(context)
    return context


def client_for(context: Context, person_id: str = "hana") -> TestClient:
    """Return a browser in which the person is signed in."""
    app: FastAPI = create_app(Settings(secret_key=SECRET), context=context)
    client = TestClient(app, base_url=HOME, follow_redirects=False)
    client.cookies.set(COOKIE, login_cookie(app, person_id))
    return client


def address_after(client: TestClient, address: str, **form: str) -> str:
    """Send a form, return where it leads."""
    answered = client.post(address, data=form)
    assert answered.status_code == 303, answered.text
    return str(answered.headers["location"])
