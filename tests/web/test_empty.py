"""A company without mentors, without topics, without minutes: every page says what is missing and what to do."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api import create_app
from domain.errors import InvalidInput
from domain.people import MentorOffer, Role, WeeklyHours
from domain.topics import Topic
from services.context import Context, LazyEncoder
from services.index import refresh_index
from services.spaces import EncoderName, Spaces
from settings import Settings
from store import migrate, open_engine, unit_of_work
from tests.builders import NOW, a_goal, a_person, a_skill, a_topic, an_area, an_offer
from tests.fakes.encoder import FakeEncoder
from tests.web.conftest import HOME, SECRET, login_cookie
from web.access import COOKIE

NEED = {"text": "I cannot hand over work"}
ALL_DAY = tuple(WeeklyHours(day, time(9), time(17)) for day in range(5))


@dataclass
class Company:
    """An application over what a test puts into the store."""

    context: Context

    def open(self, topics: list[Topic], offers: list[MentorOffer]) -> TestClient:
        """Return the browser of p1, who wrote a goal."""
        with unit_of_work(self.context.engine, write=True) as store:
            store.catalog.publish([an_area()], [a_skill()], topics, "", NOW)
            store.people.save([a_person("p1", roles=frozenset({Role.MENTEE, Role.HR})), a_person("m1")])
            store.goals.save([a_goal()])
            store.offers.save(offers)
        refresh_index(self.context)
        app = create_app(Settings(secret_key=SECRET), context=self.context)
        client = TestClient(app, base_url=HOME, follow_redirects=True)
        client.cookies.set(COOKIE, login_cookie(app, "p1"))
        return client


@pytest.fixture
def company(tmp_path: Path) -> Iterator[Company]:
    engine = open_engine(f"sqlite:///{tmp_path / 'halfhour.sqlite3'}")
    migrate(engine)
    encoder = FakeEncoder()
    name = EncoderName(encoder.id, encoder.languages)
    yield Company(Context(engine, lambda: NOW, LazyEncoder(name, lambda: encoder), Spaces(name, tmp_path / "indexes")))
    engine.dispose()


def test_without_mentors_topics_can_be_read_and_who_is_missing_is_said(company: Company) -> None:
    client = company.open([a_topic()], [])
    home = client.get("/")
    assert home.status_code == 200
    assert "Nobody you could choose is free to talk about “delegate work” now" in home.text
    topic = client.get("/topics/delegate-work")
    assert topic.status_code == 200
    assert "Nobody is free for this topic right now." in topic.text
    assert client.post("/needs", data=NEED).status_code == 200
    assert client.get("/catalog").status_code == 200
    assert client.get("/api/v1/topics/delegate-work/mentors").json() == []


@pytest.mark.parametrize("offers", [[], [an_offer(topic_ids=frozenset())]])
def test_with_an_empty_catalog_the_pages_say_so(company: Company, offers: list[MentorOffer]) -> None:
    client = company.open([], offers)
    for page in (client.get("/"), client.post("/needs", data=NEED)):
        assert page.status_code == 200
        assert "No topics yet" in page.text
    assert "Тем пока нет" in client.get("/?lang=ru").text
    assert client.get("/catalog").status_code == 200
    assert client.get("/sessions").status_code == 200
    assert client.get("/hr/rules").status_code == 200
    assert client.get("/api/v1/suggestions").json()["topics"] == []


def test_a_mentor_without_minutes_is_left_out_by_name(company: Company) -> None:
    client = company.open([a_topic()], [an_offer(capacity_minutes_per_week=0, weekly_hours=ALL_DAY)])
    page = client.get("/topics/delegate-work")
    assert page.status_code == 200
    assert "Person m1 has no time left in the next two weeks" in page.text
    assert client.get("/api/v1/topics/delegate-work/mentors").json() == []


def test_negative_minutes_are_refused_with_what_to_write() -> None:
    with pytest.raises(InvalidInput, match="capacity_minutes_per_week must be 0 or more, got -5"):
        an_offer(capacity_minutes_per_week=-5)
