"""HR's week on one page and the figures behind it: in words, in both languages, nothing of fewer than five people."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from domain.sessions import SessionStatus
from services.context import Context
from store import unit_of_work
from tests.builders import NOW, a_feedback, a_person, a_session
from tests.web.hr_company import address_after, client_for, small_company

BEFORE = NOW - timedelta(days=10)  # in February


@pytest.fixture
def context(tmp_path: Path) -> Iterator[Context]:
    made = small_company(tmp_path)
    yield made
    made.engine.dispose()


@pytest.fixture
def hr(context: Context) -> TestClient:
    return client_for(context)


def let_meet(context: Context, count: int) -> None:
    """Let so many people have met mia in February, each with feedback of 4."""
    with unit_of_work(context.engine, write=True) as store:
        store.people.save(a_person(f"n{number}", name=f"Nobody {number}") for number in range(count))
        store.sessions.save(
            a_session(
                f"s{number}",
                mentor_id="mia",
                mentee_ids=(f"n{number}",),
                status=SessionStatus.HELD,
                created_at=BEFORE,
                starts_at=BEFORE + timedelta(hours=number),
                need="what hr must not read",
            )
            for number in range(count)
        )
        store.feedback.save(a_feedback(f"f{n}", session_id=f"s{n}", author_id=f"n{n}") for n in range(count))


def test_of_four_people_nothing_is_told(hr: TestClient, context: Context) -> None:
    let_meet(context, 4)
    page = hr.get("/hr/insights").text
    assert "Too few people have met yet to draw a month" in page
    assert re.search(r'<th scope="row">February</th><td class="number"><span class="quiet">–</span>', page)
    assert "Fewer than five people have rated a session yet." in hr.get("/hr").text


def test_of_six_people_the_counts_are_told_and_no_name(hr: TestClient, context: Context) -> None:
    let_meet(context, 6)
    page = hr.get("/hr/insights").text
    assert "February: 6 of the sessions asked for were held" in page
    assert '<svg class="chart"' in page
    assert re.search(r'<th scope="row">February</th><td class="number">6</td><td class="number">6</td>', page)
    week = hr.get("/hr").text
    assert "6 of the sessions asked for last month were held." in week
    assert "Sessions are rated 4 of 5, by 6 people." in week
    for shown in (page, week):
        assert "Nobody " not in shown.replace("Nobody’s", "")
        assert "what hr must not read" not in shown


def test_the_week_tells_what_changed_and_what_waits(hr: TestClient, context: Context) -> None:
    with unit_of_work(context.engine, write=True) as store:
        store.sessions.save([a_session(mentor_id="mia", mentee_ids=("ned",), status=SessionStatus.REQUESTED)])
    address_after(hr, "/catalog/topics/speak-up/retire")
    page = hr.get("/hr").text
    assert "1 topic is drafted and not published" in page
    assert "Catalog version 1</a>: for tests" in page
    assert "1 request without an answer" in page
    assert "3 topics have nobody who offers them." in page


@pytest.mark.parametrize("address", ["/hr", "/hr/insights"])
def test_in_russian_the_pages_speak_russian(address: str, hr: TestClient, context: Context) -> None:
    let_meet(context, 6)
    page = hr.get(f"{address}?lang=ru").text
    assert "Темы без наставников" in page or "Февраль: состоялось встреч из запрошенных — 6" in page
