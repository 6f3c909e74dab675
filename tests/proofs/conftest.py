"""A company, its servers and its clients, on each database."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import time, timedelta
from pathlib import Path

import pytest

from api import create_app
from domain.booking import BookingPolicy
from domain.people import Role, WeeklyHours
from services.booking.policy import keep_booking_policy
from services.context import Context
from settings import Settings
from store import migrate, unit_of_work
from tests.builders import NOW, a_person, a_skill, a_topic, an_area, an_offer
from tests.databases import KINDS, new_database
from tests.proofs.clients import Call, Clients, running_clients
from tests.proofs.servers import SECRET, Servers, a_context, running_servers
from tests.web.conftest import login_cookie
from web.access import COOKIE

MENTEES, MENTORS = 200, 100
ALWAYS = tuple(WeeklyHours(day, time(0), time(23, 55)) for day in range(7))
FIRST = (NOW + timedelta(days=3)).replace(hour=6)  # a Thursday
TOPIC = "delegate-work"


@dataclass
class House:
    """One database under several servers, and who sends requests to them."""

    kind: str
    url: str
    folder: Path
    context: Context
    servers: Servers
    clients: Clients
    cookies: dict[str, str]

    def call(self, number: int, person_id: str, path: str, body: object = None, key: str = "") -> Call:
        """Return a request of the person, to the servers in turn."""
        port = self.servers.ports[number % len(self.servers.ports)]
        return Call(port, self.cookies[person_id], f"/api/v1/sessions{path}", body, key)  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def clients() -> Iterator[Clients]:
    with running_clients() as running:
        yield running


@pytest.fixture(params=KINDS)
def house(request: pytest.FixtureRequest, tmp_path: Path, clients: Clients) -> Iterator[House]:
    """Two hundred mentees and a hundred mentors who have time always, under four server processes."""
    with new_database(request.param, tmp_path) as url:
        context = a_context(url, tmp_path)
        migrate(context.engine)
        fill(context)
        cookies = all_cookies(context)
        with running_servers(url, tmp_path) as servers:
            yield House(request.param, url, tmp_path, context, servers, clients, cookies)
        context.engine.dispose()


def fill(context: Context) -> None:
    """Let people and offers be there, and hardly any limit."""
    mentors = [f"m{number:03}" for number in range(MENTORS)]
    people = [a_person(f"p{number:03}", zone="UTC") for number in range(MENTEES)]
    people += [a_person(mentor, zone="UTC", roles=frozenset({Role.MENTOR})) for mentor in mentors]
    with unit_of_work(context.engine, write=True) as store:
        store.catalog.publish([an_area()], [a_skill()], [a_topic(TOPIC)], "for proofs", NOW)
        store.people.save(people)
        offer = an_offer(capacity_minutes_per_week=100_000, weekly_hours=ALWAYS)
        store.offers.save([replace(offer, mentor_id=mentor) for mentor in mentors])
        keep_booking_policy(store, BookingPolicy(max_open_requests=50, max_requests_per_week=100))


def all_cookies(context: Context) -> dict[str, str]:
    """Return a login of everybody."""
    app = create_app(Settings(secret_key=SECRET, worker="off"), context=context)
    with unit_of_work(context.engine) as store:
        ids = [person.id for person in store.people.list()]
    return {person_id: f"{COOKIE}={login_cookie(app, person_id)}" for person_id in ids}


def overlaps(context: Context) -> list[tuple[str, str]]:
    """Return pairs of live sessions that meet in time and share a person; read from the sessions themselves."""
    with unit_of_work(context.engine) as store:
        live = [s for s in store.sessions.list() if s.status in ("requested", "accepted", "booked") and s.starts_at]
    live.sort(key=lambda session: session.starts_at or NOW)
    found = []
    for place, first in enumerate(live):
        for second in live[place + 1 :]:
            if (second.starts_at or NOW) >= (first.ends_at or NOW):
                break
            if set(first.everybody) & set(second.everybody):
                found.append((first.id, second.id))
    return found
