"""The page of goals: everything by forms, a goal closed can be had back, what was typed is kept beside its error."""

import html
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from services.context import Context
from services.own_goals import add_goal, own_goals
from store import unit_of_work
from tests.builders import a_person
from tests.web.conftest import ClientOf

WORDS = "I want to <b>listen</b> before I answer"


@pytest.fixture
def writer(client_of: ClientOf, running: Context) -> Iterator[TestClient]:
    """The browser of somebody new, whose goals are gone after the test."""
    with unit_of_work(running.engine, write=True) as store:
        store.people.save([a_person("writer")])
    yield client_of("writer")
    with unit_of_work(running.engine, write=True) as store:
        for goal in store.goals.of("writer"):
            store.goals.close("writer", goal.id, running.clock())


def test_a_goal_is_added_and_shown_as_it_was_written(writer: TestClient) -> None:
    answered = writer.post("/goals", data={"text": WORDS})
    assert (answered.status_code, answered.headers["location"]) == (303, "/goals")
    page = writer.get("/goals").text
    assert html.escape(WORDS) in page
    assert "<b>listen" not in page


def test_a_closed_goal_can_be_had_back_at_once(writer: TestClient, running: Context) -> None:
    goal = add_goal(running, "writer", "listen before I answer")
    closed = writer.post(f"/goals/{goal.id}/close")
    page = writer.get(closed.headers["location"]).text
    assert "The goal is closed and no longer counts." in page
    assert f'action="/goals/{goal.id}/reopen" class="notice undo"' in page
    writer.post(f"/goals/{goal.id}/reopen")
    assert [one.id for one in own_goals(running, "writer")[0]] == [goal.id]


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("", "Write a sentence or two about what you want to get better at."),
        ("x" * 4_001, "This is longer than 4,000 characters. Keep what matters most."),
        ("a\x00b", "Some of these characters are not text. Type the sentence again."),
    ],
)
def test_what_cannot_be_kept_comes_back_beside_its_error(
    typed: str, message: str, writer: TestClient, running: Context
) -> None:
    goal = add_goal(running, "writer", "listen before I answer")
    for action, field in (("/goals", "goal-new"), (f"/goals/{goal.id}/change", f"goal-{goal.id}")):
        answered = writer.post(action, data={"text": typed})
        assert answered.status_code == 422
        assert f'<p class="field-error" id="{field}-error">{message}</p>' in answered.text
        assert answered.text.count('aria-invalid="true"') == 1
        kept = answered.text.partition(f'<textarea id="{field}"')[2].partition(">\n")[2].partition("</textarea>")[0]
        assert html.unescape(kept) == typed.replace("\x00", "")


def test_a_goal_changes_its_words(writer: TestClient, running: Context) -> None:
    goal = add_goal(running, "writer", "listen before I answer")
    assert writer.post(f"/goals/{goal.id}/change", data={"text": "listen longer"}).status_code == 303
    assert [one.text for one in own_goals(running, "writer")[0]] == ["listen longer"]


def test_foreign_and_missing_goals_read_the_same(writer: TestClient) -> None:
    for act in ("change", "close", "reopen"):
        answers = [writer.post(f"/goals/{goal}/{act}", data={"text": "words"}) for goal in ("g1", "g404")]
        assert [answer.status_code for answer in answers] == [404, 404]
        assert answers[0].text == answers[1].text.replace("g404", "g1")


def test_no_word_of_a_goal_reaches_an_address_or_a_log(writer: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("DEBUG"):
        answers = [writer.post("/goals", data={"text": text}) for text in ("canary-word here", "canary-word " * 400)]
    assert all("canary" not in answer.headers.get("location", "") for answer in answers)
    assert "canary-word" not in caplog.text


def test_the_page_speaks_russian(client_of: ClientOf) -> None:
    page = client_of("lena").get("/goals").text
    assert "Ваши цели и навыки" in page
    assert "все задачи тащу сама" in page
