"""Every page in a real browser: it fits a phone, breaks no rule of access, says nothing on the console, is small."""

import re
from collections.abc import Mapping
from contextlib import closing
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from fastapi.testclient import TestClient

from api import create_app
from domain.people import Format
from services.booking.groups import GroupOffer, offer_group
from services.context import Context
from services.draft_agenda import keep_template
from services.suggest import suggest_for_need
from settings import Settings
from store import unit_of_work
from tests.builders import NOW, a_session
from tests.web.browser import CHROMIUM
from tests.web.conftest import HOME, SECRET, UNLIMITED, login_cookie
from tests.web.in_browser.conftest import SIZES, OpenAs, width_of
from tests.web.matrix import fill
from tests.web.test_routes import RULES
from web.access import COOKIE

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"{CHROMIUM} is not installed"),
]
MOST_BYTES = 150_000
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
    "/topics/delegate-work/agenda?mentor=vera",
    "/needs/{answer}",
    "/goals/skills",
    "/sessions/held/feedback",
    "/sessions/held/follow-up",
    "/sessions/booked/agenda/edit",
    "/sessions/booked/agenda/model",
    "/sessions/booked/agenda/versions",
    "/sessions/booked/agenda/versions/1",
    "/sessions/chatting/chat",
    "/privacy/model",
    "/privacy/erase",
    "/language-model",
)
MENTOR_PAGES = (
    "/mentoring",
    "/availability",
    "/sessions/booked",
    "/sessions/{group}",
    "/sessions/booked/times",
    "/sessions/booked/agenda",
    "/sessions/booked/room",
)
HR_PAGES = (
    "/hr",
    "/catalog",
    "/catalog?area=career",
    "/catalog/draft",
    "/catalog/add",
    "/catalog/history",
    "/catalog/history/1",
    "/catalog/words",
    "/catalog/topics/delegate-work",
    "/hr/people",
    "/hr/people/nora",
    "/hr/import",
    "{import}",
    "/hr/insights",
    "/hr/programme",
    "/hr/programme/mentors",
    "/hr/programme/booking",
    "/hr/rules",
    "/hr/preparation",
    "/hr/unmet",
    "/hr/jobs",
    "/cohorts",
    "/cohorts/spring",
)
ANYBODYS_PAGES = ("/sign-in", "/sign-in/no-such-token", "/answer/no-such-token", "/there-is-no-such-page")
NOT_200 = {"/answer/no-such-token": 404, "/there-is-no-such-page": 404}
PAGES = [
    *(("nora", path) for path in MENTEE_PAGES),
    *(("dee", path) for path in MENTOR_PAGES),
    *(("hana", path) for path in HR_PAGES),
    *(("", path) for path in ANYBODYS_PAGES),
]
# what answers somebody with 200 and is no page
NO_PAGE = {
    "GET /sessions/{session_id}/agenda/model/state": "part of a page",
    "GET /sessions/{session_id}/room/shared": "part of a page",
    "GET /hr/import/template/{kind}.csv": "a file",
    "GET /hr/people.csv": "a file",
    "GET /privacy/export": "a file",
    "GET /livez": "for machines",
    "GET /readyz": "for machines",
}
_PART = re.compile(r"{\w+(:path)?}")


@pytest.fixture(scope="module")
def made(running: Context) -> Mapping[str, str]:
    """Make what the company lacks; return names of things by what addresses call them."""
    fill(running)
    keep_template(running, "booked")
    chat = {"mentor_id": "dee", "mentee_ids": ("nora",), "format": Format.CHAT, "starts_at": None}
    with unit_of_work(running.engine, write=True) as store:
        store.sessions.save([a_session("chatting", closes_at=NOW + timedelta(hours=50), **chat)])
    group = offer_group(running, "dee", GroupOffer("delegate-work", NOW + timedelta(days=12, hours=3)))
    answer = suggest_for_need(running, "I cannot say no to my boss", person_id="nora").answer
    return {"answer": answer.id, "group": group.session_id, "import": _uploaded(running)}


def _uploaded(running: Context) -> str:
    app = create_app(Settings(secret_key=SECRET, worker="off", **UNLIMITED), context=running)
    with closing(TestClient(app, base_url=HOME, follow_redirects=False)) as hr:
        hr.cookies.set(COOKIE, login_cookie(app, "hana"))
        file = ("people.csv", "id,name,email\nnew,New Person,new@example.org\n")
        return str(hr.post("/hr/import", data={"kind": "people"}, files={"file": file}).headers["location"])


def test_every_page_is_among_them() -> None:
    shown = {name for name, rule in RULES.items() if 200 in (rule.nobody, rule.mentee, rule.mentor, rule.hr)}
    pages = {name for name in shown if name.startswith("GET ") and not name.startswith("GET /api/")}
    assert {name for name in pages if not _is_opened(name.removeprefix("GET "))} == set(NO_PAGE)


def _is_opened(template: str) -> bool:
    pattern = re.compile(_PART.sub("[^/]+", template).replace(".", r"\."))
    return any(pattern.fullmatch(path.partition("?")[0]) for _, path in PAGES)


@pytest.mark.parametrize(("person", "path"), PAGES, ids=[path for _, path in PAGES])
@pytest.mark.parametrize(("language", "size", "dark"), [("ru", "phone", False), ("en", "desktop", True)])
def test_a_page_fits_and_breaks_no_rule_of_access(
    page_for: OpenAs,
    address: str,
    made: Mapping[str, str],
    person: str,
    path: str,
    language: str,
    size: str,
    dark: bool,
) -> None:
    page = page_for(person, language, size, dark=dark)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    response = page.goto(address + path.format_map(made))
    assert response is not None
    assert response.status == NOT_200.get(path, 200)
    assert width_of(page) <= SIZES[size][0]
    found = Axe().run(page)
    broken = [(rule["id"], [node["target"] for node in rule["nodes"][:3]]) for rule in found.response["violations"]]
    assert broken == []
    assert len(said) == (response.status == 404)  # of which the browser itself complains
    assert len(response.body()) < MOST_BYTES
