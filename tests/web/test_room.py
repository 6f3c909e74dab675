"""The pages around a session without any script: room, chat, feedback, follow-up; typed words are never lost."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from domain.people import Format
from domain.sessions import MentoringSession, SessionStatus
from services.context import Context
from services.links import Purpose
from services.notices.write import Page
from store import unit_of_work
from tests.builders import NOW, a_person, a_session
from tests.web.conftest import ClientOf

BEGUN = a_session("r1", mentor_id="dee", mentee_ids=("rose",), starts_at=NOW - timedelta(minutes=25))
CHAT = a_session(
    "r2", mentor_id="dee", mentee_ids=("rose",), format=Format.CHAT, starts_at=None, closes_at=NOW + timedelta(hours=50)
)
HELD = replace(BEGUN, id="r3", status=SessionStatus.HELD, next_step="Write one line", starts_at=NOW - timedelta(days=1))
STEP = {"step": "Hand over one task", "due": "2026-03-12"}
JSON = {"accept": "application/json"}


@pytest.fixture(autouse=True)
def rose(running: Context) -> Iterator[None]:
    """Keep three sessions of rose with dee, as they were before each test."""
    with unit_of_work(running.engine, write=True) as store:
        store.people.save([a_person("rose", name="Rose Hale")])
        revisions = {one.id: one.revision for one in store.sessions.of_mentor("dee")}
        store.sessions.save([replace(one, revision=revisions.get(one.id, 0)) for one in (BEGUN, CHAT, HELD)])
    yield
    with unit_of_work(running.engine, write=True) as store:
        kept = [store.sessions.get(one.id) for one in (BEGUN, CHAT, HELD)]
        store.sessions.save([replace(one, status=SessionStatus.CANCELLED) for one in kept])


def stored(context: Context, session_id: str) -> MentoringSession:
    with unit_of_work(context.engine) as store:
        return store.sessions.get(session_id)


def fields(page: str) -> dict[str, str]:
    """Return the hidden fields of the last form of a page."""
    form = page.rpartition("<form")[2]
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))


def test_a_room_shows_the_times_of_its_parts_and_the_step(client_of: ClientOf) -> None:
    page = client_of("rose").get("/sessions/r1/room").text
    assert re.findall(r"\d\d:\d\d–\d\d:\d\d", page.partition('id="parts"')[2])[0].startswith("09:35")  # Berlin
    assert 'id="bar-step"' in page
    assert "<script" not in page.partition("<main")[2]


def test_a_chat_has_its_own_page_and_a_request_no_room(client_of: ClientOf, running: Context) -> None:
    assert client_of("rose").get("/sessions/r2/room").headers["location"] == "/sessions/r2/chat"
    with unit_of_work(running.engine, write=True) as store:
        store.sessions.save([replace(store.sessions.get("r1"), status=SessionStatus.REQUESTED)])
    assert client_of("rose").get("/sessions/r1/room").headers["location"] == "/sessions/r1"


def test_notes_saved_by_a_button(client_of: ClientOf) -> None:
    sent = client_of("rose").post("/sessions/r1/room/notes", data={"shared": "true", "seen": "0", "text": "<b>one</b>"})
    assert sent.headers["location"] == "/sessions/r1/room#notes"
    shown = client_of("dee").get("/sessions/r1/room/shared").text
    assert "&lt;b&gt;one&lt;/b&gt;" in shown
    assert "Rose Hale" in shown
    client_of("rose").post("/sessions/r1/room/notes", data={"shared": "false", "seen": "0", "text": "secret words"})
    assert "secret words" not in client_of("dee").get("/sessions/r1/room").text
    assert client_of("hana").get("/sessions/r1/room/shared").status_code == 404


def test_two_windows_get_both_texts(client_of: ClientOf) -> None:
    rose, form = client_of("rose"), {"shared": "false", "seen": "0"}
    first = rose.post("/sessions/r3/room/notes", data=form | {"text": "one"}, headers=JSON)
    assert first.json() == {"revision": 1, "text": "one"}
    second = rose.post("/sessions/r3/room/notes", data=form | {"text": "two"}, headers=JSON)
    assert (second.status_code, second.json()) == (409, {"revision": 1, "text": "one"})
    page = rose.post("/sessions/r3/room/notes", data=form | {"text": "two"})
    assert page.status_code == 409
    assert "one\n\ntwo</textarea>" in page.text
    assert 'name="shared" value="false"><input type="hidden" name="seen" value="1"' in page.text


def test_a_note_that_is_too_long_comes_back(client_of: ClientOf) -> None:
    form = {"shared": "true", "seen": "9", "text": "x" * 20_001}
    page = client_of("rose").post("/sessions/r1/room/notes", data=form)
    assert page.status_code == 422
    assert "x" * 20_001 in page.text
    assert 'id="note-shared-error"' in page.text
    answer = client_of("rose").post("/sessions/r1/room/notes", data=form, headers=JSON)
    assert list(answer.json()) == ["error"]


def test_done_closes_with_step_and_day(client_of: ClientOf, running: Context) -> None:
    rose = client_of("rose")
    form = fields(rose.get("/sessions/r1/room").text)
    wrong = rose.post("/sessions/r1/room/done", data=form | {"step": "My own step", "due": "2026-03-01"})
    assert wrong.status_code == 422
    assert "My own step" in wrong.text
    assert 'id="due-error"' in wrong.text
    sent = rose.post("/sessions/r1/room/done", data=form | STEP | {"last_words": "Thank you"})
    assert sent.headers["location"] == "/sessions/r1/feedback"
    session = stored(running, "r1")
    assert (session.status, session.next_step, f"{session.next_step_due}") == ("held", STEP["step"], STEP["due"])
    late = client_of("dee").post("/sessions/r1/room/done", data={"seen": "", "step": "Another"})
    assert late.status_code == 409
    assert STEP["step"] in late.text
    assert "Another" in late.text


def test_a_chat_is_written_and_closed_by_the_mentee(client_of: ClientOf, running: Context) -> None:
    rose, dee = client_of("rose"), client_of("dee")
    assert rose.post("/sessions/r2/chat", data={"text": "how short?", "key": "1"}).status_code == 303
    assert "how short?" in dee.get("/sessions/r2/chat/messages").text
    empty = dee.post("/sessions/r2/chat", data={"text": " "})
    assert empty.status_code == 422
    assert 'id="text-error"' in empty.text
    assert "This answers it" not in dee.get("/sessions/r2/chat").text
    assert dee.post("/sessions/r2/chat/done", data=STEP).status_code == 409
    assert rose.post("/sessions/r2/chat/done", data=STEP).headers["location"] == "/sessions/r2/feedback"
    assert stored(running, "r2").next_step == STEP["step"]
    late = dee.post("/sessions/r2/chat", data={"text": "one more thing"})
    assert late.status_code == 409
    assert "one more thing" in late.text
    assert "This chat is closed" in rose.get("/sessions/r2/chat").text


def test_a_chat_says_how_long_it_is_open(client_of: ClientOf) -> None:
    assert "Closes in 2 days" in client_of("rose").get("/sessions/r2/chat").text
    assert "Закроется через 2 дня" in client_of("rose").get("/sessions/r2/chat?lang=ru").text


def test_feedback_in_a_minute_and_again(client_of: ClientOf, running: Context) -> None:
    rose = client_of("rose")
    missing = rose.post("/sessions/r3/feedback", data={"still_open": "my own words", "level_after": "3"})
    assert missing.status_code == 422
    assert "my own words" in missing.text
    assert '<option value="3" selected>' in missing.text
    form = {"rating": "4", "still_open": "how short", "level_before": "1", "level_after": "3", "seen": "Write one line"}
    sent = rose.post("/sessions/r3/feedback", data=form | STEP)
    assert "Thank you" in rose.get(sent.headers["location"]).text
    with unit_of_work(running.engine) as store:
        (said,) = store.feedback.of_session("r3")
    assert (said.rating, said.still_open, said.level_before, said.level_after) == (4, "how short", 1, 3)
    assert stored(running, "r3").next_step == STEP["step"]
    assert "how short" not in client_of("dee").get("/sessions/r3/feedback").text
    assert "how short" not in client_of("dee").get("/sessions/r3/room").text


def test_a_mentor_is_asked_about_the_agenda_and_not_about_levels(client_of: ClientOf, running: Context) -> None:
    dee = client_of("dee")
    page = dee.get("/sessions/r3/feedback").text
    assert 'name="agenda_fit"' in page
    assert 'name="level_before"' not in page
    form = {"rating": "5", "agenda_fit": "partly", "level_before": "4", "seen": stored(running, "r3").next_step}
    assert dee.post("/sessions/r3/feedback", data=form | STEP).status_code == 303
    with unit_of_work(running.engine) as store:
        said = next(one for one in store.feedback.of_session("r3") if one.author_id == "dee")
    assert (said.agenda_fit, said.level_before) == ("partly", None)


def test_somebody_who_did_not_come_is_named_gently(client_of: ClientOf, running: Context) -> None:
    rose = client_of("rose")
    assert "Dee Fox" in rose.get("/sessions/r1/feedback").text.partition("Who could not come?")[2]
    wrong = rose.post("/sessions/r1/feedback/no-show", data={"missing": "rose"})
    assert wrong.status_code == 422
    assert 'id="missing-error"' in wrong.text
    assert rose.post("/sessions/r1/feedback/no-show", data={"missing": "dee"}).status_code == 303
    assert stored(running, "r1").status is SessionStatus.NO_SHOW


def test_did_you_use_it(client_of: ClientOf, running: Context) -> None:
    rose = client_of("rose")
    assert rose.post("/sessions/r3/follow-up", data={"answer": "maybe"}).status_code == 422
    assert rose.post("/sessions/r3/follow-up", data={"answer": "not_yet"}).status_code == 303
    assert "/topics/delegate-work/ask?mentor=dee" in rose.get("/sessions/r3/follow-up").text
    assert stored(running, "r3").status is SessionStatus.FOLLOWED_UP


@pytest.mark.parametrize(
    ("page", "place"), [(Page.CHAT, "chat"), (Page.FEEDBACK, "feedback"), (Page.FOLLOW_UP, "follow-up")]
)
def test_a_link_of_a_mail_leads_to_a_page_that_is_there(
    page: Page, place: str, client_of: ClientOf, running: Context
) -> None:
    session_id = "r2" if page is Page.CHAT else "r3"
    token = running.links.make(Purpose.PAGE, {"session_id": session_id, "person_id": "rose", "page": page})
    address = client_of("rose").get(f"/s/{token}").headers["location"]
    assert address == f"/sessions/{session_id}/{place}"
    assert client_of("rose").get(address).status_code == 200
