"""The main way of a mentee and a mentor in a real browser: both languages, sizes, with and without script."""

import pytest

from services.context import Context
from store import unit_of_work
from tests.builders import NOW, a_goal, a_person
from tests.web.browser import CHROMIUM, follow
from tests.web.in_browser.conftest import SIZES, OpenAs, width_of

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"{CHROMIUM} is not installed"),
]
WORDS = {
    "en": {"ask": "Ask for", "requested": "No answer yet", "accept": "Accept", "booked": "Booked"},
    "ru": {"ask": "Попросить", "requested": "Пока без ответа", "accept": "Согласиться", "booked": "Назначена"},
}


@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_asked_for_in_two_clicks_and_accepted(
    page_for: OpenAs, running: Context, address: str, language: str, size: str, script: bool
) -> None:
    who = f"asker-{language}-{size}-{script}"
    with unit_of_work(running.engine, write=True) as store:
        store.people.save([a_person(who, name="Anna Asker", zone="Europe/Berlin")])
        store.goals.save([a_goal(f"g-{who}", who, text="I do everything myself and cannot let go", created_at=NOW)])
    words = WORDS[language]
    page = page_for(who, language, size, script=script)
    follow(page.locator("main .cards a.button").first)
    follow(page.locator('main form[action$="/ask"] button').first)
    assert words["requested"] in page.locator("main").inner_text()
    assert width_of(page) <= SIZES[size][0]
    session_id = page.url.rsplit("/", 1)[1].partition("?")[0]
    with unit_of_work(running.engine) as store:
        mentor_id = store.sessions.get(session_id).mentor_id
    mentor = page_for(mentor_id, language, size, script=script)
    mentor.goto(f"{address}/sessions/{session_id}")
    follow(mentor.locator("button", has_text=words["accept"]).first)
    assert words["booked"] in mentor.locator("main").inner_text()
    page.reload()
    assert words["booked"] in page.locator("main").inner_text()
