"""HR's page of what the catalog lacks: looked for by a job, drafts changed, approved and rejected, nobody's words."""

import html
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api import create_app
from compose import build_handlers
from domain.people import Role
from services.context import Context
from services.jobs import run_due
from settings import Settings
from store import migrate, open_engine, unit_of_work
from tests.builders import NOW, a_goal, a_person, a_skill, an_area
from tests.services.conftest import a_context, some_topics
from tests.web.conftest import HOME, SECRET, login_cookie
from web.access import COOKIE

PAGE = "/hr/unmet"
SHARED, OF_FOUR, OF_ONE = "garage lottery", "wheelchair", "zanzibar"
RIGHT = {
    "id": "garage-lottery",
    "area": "first-time-leading",
    "phrases_en": "garage lottery again\r\nI never win a place\r\n\r\n the lottery is unfair ",
    "phrases_ru": "опять жребий\nмне не достаётся место\nжребий нечестный",
}
Look = Callable[[], str]


@pytest.fixture
def context(tmp_path: Path) -> Iterator[Context]:
    """Four topics, HR, and six people who ask for what none of them meets."""
    engine = open_engine(f"sqlite:///{tmp_path / 'halfhour.sqlite3'}")
    migrate(engine)
    texts = [SHARED, *[f"{SHARED} {OF_FOUR}"] * 4, f"{SHARED} {OF_ONE}"]
    with unit_of_work(engine, write=True) as store:
        store.catalog.publish([an_area()], [a_skill()], some_topics(), "for tests", NOW)
        store.people.save([a_person("hana", name="Hana Sato", roles=frozenset({Role.HR}))])
        store.people.save(a_person(f"n{number}", name=f"Colleague{number} Hidden") for number in range(len(texts)))
        store.goals.save(a_goal(f"g{number}", f"n{number}", text=text) for number, text in enumerate(texts))
    yield a_context(engine, tmp_path)
    engine.dispose()


@pytest.fixture
def hr(context: Context) -> TestClient:
    app: FastAPI = create_app(Settings(secret_key=SECRET), context=context)
    client = TestClient(app, base_url=HOME, follow_redirects=False)
    client.cookies.set(COOKIE, login_cookie(app, "hana"))
    return client


@pytest.fixture
def look(hr: TestClient, context: Context) -> Look:
    """Press the button, let a worker run, return the page."""

    def press() -> str:
        assert hr.post(f"{PAGE}/look").headers["location"] == PAGE
        run_due(context, build_handlers(), "w")
        return hr.get(PAGE).text

    return press


def form_of(page: str) -> dict[str, str]:
    """Return the fields of the draft's form as a browser would send them."""
    areas = re.findall(r'<textarea [^>]*name="(\w+)"[^>]*>(.*?)</textarea>', page, re.S)
    return {name: html.unescape(value) for name, value in areas}


def address_of(page: str, deed: str) -> str:
    [found] = re.findall(rf'action="({PAGE}/\w+/{deed})"', page)
    return str(found)


def test_before_the_first_look_the_page_says_what_will_be_here(hr: TestClient) -> None:
    page = hr.get(PAGE).text
    assert "Halfhour has not looked yet." in page
    assert "Here will be what people need and no topic meets" in page
    assert "Look now</button>" in page
    assert f'href="{PAGE}"' in hr.get("/catalog").text


def test_looking_is_a_job_that_the_page_tells_of(hr: TestClient, look: Look) -> None:
    hr.post(f"{PAGE}/look")
    waiting = hr.get(PAGE).text
    assert "It is looking now" in waiting
    assert "garage" not in waiting
    page = look()
    assert "Halfhour looked last on Mon 2 March, 10:00." in page
    assert "From tomorrow on it may look again." in page
    assert "Look again</button>" not in page


def test_a_matter_is_told_by_shared_words_and_how_many_share_them(look: Look) -> None:
    page = look()
    assert ">garage, lottery</h2>" in page
    assert "6 people asked for this." in page
    assert "Drafted from a template" in page
    assert form_of(page)["title_ru"] == "О том, что пишут: garage, lottery"


@pytest.mark.parametrize("private", [OF_FOUR, OF_ONE, "Hidden", "Colleague"])
def test_nothing_of_four_people_or_of_one_is_on_the_page(look: Look, private: str) -> None:
    assert private not in look()


def test_an_approved_draft_is_a_topic_of_the_catalog(hr: TestClient, look: Look, context: Context) -> None:
    page = look()
    answered = hr.post(address_of(page, "approve"), data=form_of(page) | RIGHT)
    assert (answered.status_code, answered.headers["location"]) == (303, f"{PAGE}?added=garage-lottery")
    after = hr.get(answered.headers["location"]).text
    assert "“About garage, lottery” is in the catalog now" in after
    assert "Nothing is missing" in after
    with unit_of_work(context.engine) as store:
        [topic] = [topic for topic in store.catalog.current().topics if topic.id == "garage-lottery"]
    assert topic.phrases.en == ("garage lottery again", "I never win a place", "the lottery is unfair")
    assert hr.get("/topics/garage-lottery").status_code == 200


def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(hr: TestClient, look: Look) -> None:
    page = look()
    wrong = {"id": "delegate-work", "phrases_ru": "одна & вторая", "title_en": "<b>", "area": "first-time-leading"}
    answered = hr.post(address_of(page, "approve"), data=form_of(page) | RIGHT | wrong)
    assert answered.status_code == 422
    assert re.search(r'-phrases-ru-error">Write at least three sentences', answered.text)
    assert re.search(r'-id-error">A topic of the catalog has this name already', answered.text)
    assert "-title-en-error" not in answered.text
    assert form_of(answered.text)["phrases_ru"] == "одна & вторая"
    assert "&lt;b&gt;</textarea>" in answered.text
    assert 'value="delegate-work" autocomplete' in answered.text
    assert '<option value="first-time-leading" selected>' in answered.text


def test_a_rejected_draft_is_gone_and_stays_away(hr: TestClient, look: Look) -> None:
    page = look()
    for _ in range(2):  # pressed twice
        assert hr.post(address_of(page, "reject")).headers["location"] == PAGE
    assert ">garage, lottery</h2>" not in look()


def test_a_draft_that_somebody_else_decided_on_changes_nothing(hr: TestClient, look: Look, context: Context) -> None:
    page = look()
    hr.post(address_of(page, "reject"))
    answered = hr.post(address_of(page, "approve"), data=form_of(page) | RIGHT)
    assert (answered.status_code, answered.headers["location"]) == (303, PAGE)
    with unit_of_work(context.engine) as store:
        assert "garage-lottery" not in [topic.id for topic in store.catalog.current().topics]


def test_in_russian_the_form_speaks_russian(hr: TestClient, look: Look) -> None:
    look()
    page = hr.get(f"{PAGE}?lang=ru").text
    assert "Об этом просят 6 человек." in page
    assert "Добавить в каталог</button>" in page
