"""The pages on which people ask, answer, move and call off, and sit in groups; a company of their own."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from api import create_app
from domain.availability import Availability
from domain.blocks import Block
from services.booking.request import Wish, request_session
from services.context import Context
from settings import Settings
from store import unit_of_work
from tests.builders import NOW, a_person, an_offer
from tests.web.company import WORKDAYS
from tests.web.conftest import HOME, SECRET, UNLIMITED, copied, login_cookie
from web.access import COOKIE

TOPIC = "delegate-work"
AT = NOW.replace(day=4, hour=10)  # a Wednesday, within the hours of everybody here
As = Callable[[str], TestClient]


@pytest.fixture(scope="module")
def running(untouched: Context, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Context]:
    with copied(untouched, tmp_path_factory.mktemp("booking")) as context:
        yield context


@pytest.fixture(scope="module")
def as_(running: Context) -> As:
    """Return a browser in which the person is signed in."""
    app = create_app(Settings(secret_key=SECRET, worker="off", **UNLIMITED), context=running)

    def make(person_id: str) -> TestClient:
        client = TestClient(app, base_url=HOME, follow_redirects=False)
        client.cookies.set(COOKIE, login_cookie(app, person_id))
        return client

    return make


@pytest.fixture
def pair(running: Context, request: pytest.FixtureRequest) -> tuple[str, str]:
    """A mentee and a mentor whom no other test knows."""
    number = len(request.node.nodeid) + sum(map(ord, request.node.name))
    mentee, mentor = f"mentee-{number}", f"mentor-{number}"
    with unit_of_work(running.engine, write=True) as store:
        store.people.save([a_person(mentee, name="Anna Asker"), a_person(mentor, name="Mark Mentor")])
        store.offers.save([an_offer(mentor, weekly_hours=WORKDAYS, capacity_minutes_per_week=600)])
    return mentee, mentor


def field(page: str, name: str) -> str:
    """Return what a hidden field of the page's first form with it holds."""
    return re.findall(rf'name="{name}" value="([^"]*)"', page)[0]


def status_of(running: Context, session_id: str) -> str:
    with unit_of_work(running.engine) as store:
        return store.sessions.get(session_id).status


def test_a_request_without_a_time_is_accepted_and_the_mentee_chooses(
    running: Context, as_: As, pair: tuple[str, str]
) -> None:
    mentee, mentor = pair
    session_id = request_session(running, mentee, Wish(TOPIC, mentor)).session_id
    page = as_(mentor).get(f"/sessions/{session_id}").text
    assert f'action="/sessions/{session_id}/accept"' in page
    assert as_(mentor).post(f"/sessions/{session_id}/accept", data={"revision": "0"}).status_code == 303
    assert status_of(running, session_id) == "accepted"
    times = as_(mentee).get(f"/sessions/{session_id}/times").text
    chosen = {"revision": field(times, "revision"), "starts_at": field(times, "starts_at"), "key": field(times, "key")}
    assert as_(mentee).post(f"/sessions/{session_id}/confirm", data=chosen).status_code == 303
    assert status_of(running, session_id) == "booked"


def test_the_mentor_may_still_be_asked_for_the_only_length_they_offer(
    running: Context, as_: As, pair: tuple[str, str]
) -> None:
    mentee, mentor = pair
    with unit_of_work(running.engine, write=True) as store:
        store.availability.save(mentor, Availability(session_minutes=frozenset({15})))
    page = as_(mentee).get(f"/topics/{TOPIC}/ask?mentor={mentor}").text
    assert (field(page, "minutes"), "15 min</a>" in page, "20 min</a>" in page) == ("15", True, False)
    asked = {name: field(page, name) for name in ("mentor", "minutes", "form", "key", "starts_at")}
    answer = as_(mentee).post(f"/topics/{TOPIC}/ask", data={**asked, "need": "I do everything myself"})
    assert answer.status_code == 303


def test_the_page_of_a_topic_asks_for_a_length_that_the_mentor_offers(running: Context, as_: As) -> None:
    with unit_of_work(running.engine, write=True) as store:
        store.availability.save("dee", Availability(session_minutes=frozenset({15})))
    page = as_("nora").get(f"/topics/{TOPIC}").text
    of_dee = page.partition('name="mentor" value="dee"')[2].partition("</form>")[0]
    assert 'name="minutes" value="15"' in of_dee
    assert "15 min" in of_dee


def test_who_has_blocked_the_mentee_reads_like_nobody(running: Context, as_: As, pair: tuple[str, str]) -> None:
    mentee, mentor = pair
    with unit_of_work(running.engine, write=True) as store:
        store.blocks.add(Block(mentor, mentee, NOW))
    blocked = as_(mentee).get(f"/topics/{TOPIC}/ask?mentor={mentor}")
    missing = as_(mentee).get(f"/topics/{TOPIC}/ask?mentor=nobody-at-all")
    assert blocked.status_code == missing.status_code == 404
    assert blocked.text.replace(mentor, "X") == missing.text.replace("nobody-at-all", "X")


def test_a_time_just_taken_keeps_the_words_and_shows_others(running: Context, as_: As, pair: tuple[str, str]) -> None:
    mentee, mentor = pair
    request_session(running, "nora", Wish(TOPIC, mentor, starts_at=AT))
    form = {"mentor": mentor, "starts_at": AT.isoformat(), "need": "Mine to tell", "key": "k"}
    answer = as_(mentee).post(f"/topics/{TOPIC}/ask", data=form)
    assert answer.status_code == 409
    assert "Mine to tell" in answer.text
    assert AT.isoformat() not in answer.text
    assert "That time was taken a moment ago" in answer.text


def test_of_two_tabs_the_second_sees_how_it_stands(running: Context, as_: As, pair: tuple[str, str]) -> None:
    mentee, mentor = pair
    session_id = request_session(running, mentee, Wish(TOPIC, mentor, starts_at=AT)).session_id
    assert as_(mentor).post(f"/sessions/{session_id}/accept", data={"revision": "0"}).status_code == 303
    late = as_(mentee).post(f"/sessions/{session_id}/withdraw", data={"revision": "0"})
    assert late.status_code == 409
    assert "Nothing was changed" in late.text
    assert "Booked" in late.text
    assert status_of(running, session_id) == "booked"


def test_a_mentor_says_no_with_a_reason_and_too_many_words_stay(
    running: Context, as_: As, pair: tuple[str, str]
) -> None:
    mentee, mentor = pair
    session_id = request_session(running, mentee, Wish(TOPIC, mentor, starts_at=AT)).session_id
    address = f"/sessions/{session_id}/decline"
    long = as_(mentor).post(address, data={"revision": "0", "words": "sorry " * 100})
    assert (long.status_code, "sorry sorry" in long.text) == (422, True)
    assert as_(mentor).post(address, data={"revision": "0", "reason": "no_time", "words": "June?"}).status_code == 303
    assert status_of(running, session_id) == "declined"


def test_seats_and_the_line_behind_them(running: Context, as_: As, pair: tuple[str, str]) -> None:
    _, mentor = pair
    people = [f"{mentor}-{number}" for number in range(5)]
    with unit_of_work(running.engine, write=True) as store:
        store.people.save([a_person(one) for one in people])
    form = {"topic": TOPIC, "day": "2026-03-06", "clock": "10:00", "seats": "3"}
    assert as_(mentor).post("/groups", data=form).status_code == 303
    (session_id,) = re.findall(r'href="/sessions/([^"]+)"', as_(mentor).get("/groups").text)
    for one in people[:3]:
        assert as_(one).post(f"/groups/{session_id}/join").status_code == 303
    full = as_(people[3]).post(f"/groups/{session_id}/join")
    assert (full.status_code, "No seat is left there" in full.text) == (409, True)
    for one in people[3:]:
        assert as_(one).post(f"/groups/{session_id}/wait").status_code == 303
    assert "You are number 2 in line." in as_(people[4]).get("/groups").text
    assert as_(people[0]).post(f"/sessions/{session_id}/leave", data={"revision": "3"}).status_code == 303
    assert "You have a seat." in as_(people[3]).get("/groups").text


def test_a_group_that_cannot_be_keeps_what_was_typed(as_: As, pair: tuple[str, str]) -> None:
    form = {"topic": TOPIC, "day": "2026-03-06", "clock": "10:00", "seats": "9", "place": "Room 7"}
    answer = as_(pair[1]).post("/groups", data=form)
    assert (answer.status_code, "Room 7" in answer.text, "3 to 8 seats" in answer.text) == (422, True, True)


def test_a_mentor_sees_requests_and_the_week(running: Context, as_: As, pair: tuple[str, str]) -> None:
    mentee, mentor = pair
    request_session(running, mentee, Wish(TOPIC, mentor, starts_at=AT))
    page = as_(mentor).get("/mentoring").text
    assert "Anna Asker" in page
    assert "20 of 600 minutes given" in page
    assert "0 of 600 minutes given" in as_(mentor).get("/mentoring?week=1").text
    assert "You do not mentor anybody yet." in as_(mentee).get("/mentoring").text


def test_a_group_that_nobody_joined_yet_leads_to_no_agenda(as_: As, pair: tuple[str, str]) -> None:
    form = {"topic": TOPIC, "day": f"{NOW + timedelta(days=1):%Y-%m-%d}", "clock": "18:00", "seats": "3"}
    assert as_(pair[1]).post("/groups", data=form).status_code == 303
    page = as_(pair[1]).get("/").text
    assert "nobody yet" in page
    assert "Open the session" in page
    assert "Open the agenda" not in page
