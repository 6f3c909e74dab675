"""The main ways of each role in a real browser: both languages, phone and desktop, with and without script."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from api import create_app
from services.context import Context
from settings import Settings
from store import unit_of_work
from tests.builders import NOW, a_goal, a_person
from tests.web.browser import CHROMIUM, chromium, follow, served
from tests.web.conftest import UNLIMITED, running_company

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"{CHROMIUM} is not installed"),
]
MOST_BYTES = 150_000
SIZES = {"phone": (360, 740), "desktop": (1280, 900)}
MENTEE_PAGES = (
    "/",
    "/search",
    "/sessions",
    "/groups",
    "/goals",
    "/progress",
    "/role",
    "/calendar",
    "/privacy",
    "/tokens",
    "/topics/delegate-work",
    "/topics/delegate-work/ask?mentor=vera",
    "/sessions/held/feedback",
)
MENTOR_PAGES = (
    "/mentoring",
    "/availability",
    "/sessions/booked",
    "/sessions/booked/times",
    "/sessions/booked/agenda",
    "/sessions/booked/room",
)
HR_PAGES = (
    "/hr",
    "/catalog",
    "/catalog?area=career",
    "/catalog/draft",
    "/catalog/history",
    "/catalog/words",
    "/catalog/topics/delegate-work",
    "/hr/people",
    "/hr/import",
    "/hr/insights",
    "/hr/programme",
    "/hr/programme/mentors",
    "/hr/programme/booking",
    "/hr/rules",
    "/hr/preparation",
    "/hr/unmet",
    "/hr/jobs",
    "/cohorts",
)
PAGES = [
    *(("nora", path) for path in MENTEE_PAGES),
    *(("dee", path) for path in MENTOR_PAGES),
    *(("hana", path) for path in HR_PAGES),
]
WORDS = {
    "en": {"ask": "Ask for", "requested": "No answer yet", "accept": "Accept", "booked": "Booked"},
    "ru": {"ask": "Попросить", "requested": "Пока без ответа", "accept": "Согласиться", "booked": "Назначена"},
}


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Context]:
    """A company of its own: what is booked here would stand in the way of other tests."""
    with running_company(tmp_path_factory.mktemp("journeys")) as context:
        yield context


@pytest.fixture(scope="module")
def address(running: Context) -> Iterator[str]:
    with served(create_app(Settings(**UNLIMITED), is_demo=True, context=running)) as url:
        yield url


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def page_for(browser: Browser, address: str) -> Iterator[object]:
    """Open a page as somebody; the context and its page are gone afterwards."""
    opened = []

    def open_as(person: str, language: str, size: str = "phone", *, script: bool = True, dark: bool = False) -> Page:
        width, height = SIZES[size]
        context = browser.new_context(
            viewport={"width": width, "height": height},
            java_script_enabled=script,
            color_scheme="dark" if dark else "light",
        )
        opened.append(context)
        page = context.new_page()
        assert page.request.post(f"{address}/demo/person", form={"person": person}, max_redirects=0).status == 303
        page.goto(f"{address}/?lang={language}")
        return page

    yield open_as
    for context in opened:
        context.close()


def width_of(page: Page) -> int:
    return int(page.evaluate("document.scrollingElement.scrollWidth"))


@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_asked_for_in_two_clicks_and_accepted(
    page_for: object, running: Context, address: str, language: str, size: str, script: bool
) -> None:
    who = f"asker-{language}-{size}-{script}"
    with unit_of_work(running.engine, write=True) as store:
        store.people.save([a_person(who, name="Anna Asker", zone="Europe/Berlin")])
        store.goals.save([a_goal(f"g-{who}", who, text="I do everything myself and cannot let go", created_at=NOW)])
    words = WORDS[language]
    page: Page = page_for(who, language, size, script=script)  # type: ignore[operator]
    follow(page.locator("main .cards a.button").first)
    follow(page.locator('main form[action$="/ask"] button').first)
    assert words["requested"] in page.locator("main").inner_text()
    assert width_of(page) <= SIZES[size][0]
    session_id = page.url.rsplit("/", 1)[1].partition("?")[0]
    with unit_of_work(running.engine) as store:
        mentor_id = store.sessions.get(session_id).mentor_id
    mentor: Page = page_for(mentor_id, language, size, script=script)  # type: ignore[operator]
    mentor.goto(f"{address}/sessions/{session_id}")
    follow(mentor.locator("button", has_text=words["accept"]).first)
    assert words["booked"] in mentor.locator("main").inner_text()
    page.reload()
    assert words["booked"] in page.locator("main").inner_text()


@pytest.mark.parametrize(("person", "path"), PAGES, ids=[path for _, path in PAGES])
@pytest.mark.parametrize(("language", "size", "dark"), [("ru", "phone", False), ("en", "desktop", True)])
def test_every_page_fits_and_breaks_no_rule_of_access(
    page_for: object, address: str, person: str, path: str, language: str, size: str, dark: bool
) -> None:
    page: Page = page_for(person, language, size, dark=dark)  # type: ignore[operator]
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    response = page.goto(f"{address}{path}")
    assert response is not None
    assert response.status == 200
    assert width_of(page) <= SIZES[size][0]
    found = Axe().run(page)
    broken = [(rule["id"], [node["target"] for node in rule["nodes"][:3]]) for rule in found.response["violations"]]
    assert broken == []
    assert said == []
    assert len(response.body()) < MOST_BYTES
