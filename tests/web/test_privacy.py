"""The page of one's own data: counts by kind, what a model saw, a ZIP at once, and two steps to be forgotten."""

import io
import json
import zipfile

import pytest
from fastapi.testclient import TestClient

from services.context import Context
from services.own_goals import add_goal
from store import unit_of_work
from tests.builders import a_person, an_llm_call
from tests.web.conftest import ClientOf


@pytest.fixture
def leaver(client_of: ClientOf, running: Context) -> TestClient:
    """The browser of somebody with one goal, who may be forgotten by a test."""
    with unit_of_work(running.engine, write=True) as store:
        store.people.save([a_person("leaver", name="Lee Ver", email="lee@example.org")])
        is_known = bool(store.goals.of("leaver"))
    if not is_known:
        add_goal(running, "leaver", "canary-goal to say no")
    return client_of("leaver")


def test_what_is_stored_is_counted_with_who_sees_it(leaver: TestClient) -> None:
    page = leaver.get("/privacy").text
    row = page.partition("Your goals and the role you want, in your own words</td>")[2].partition("</tr>")[0]
    assert 'data-label="Entries">1</td>' in row
    assert "You alone; what you ask a mentor about, that mentor too" in row
    assert page.count("<tr>") == 13  # twelve kinds below the heading


def test_the_export_is_a_file_made_at_once(leaver: TestClient) -> None:
    answered = leaver.get("/privacy/export")
    assert answered.headers["content-disposition"] == 'attachment; filename="halfhour.zip"'
    with zipfile.ZipFile(io.BytesIO(answered.content)) as archive:
        told = json.loads(archive.read("halfhour.json"))
    assert [goal["text"] for goal in told["tables"]["goals"]] == ["canary-goal to say no"]


def test_what_a_model_saw_stands_there_word_for_word(leaver: TestClient, running: Context) -> None:
    assert "Nothing: no language model was asked for you." in leaver.get("/privacy/model").text
    with unit_of_work(running.engine, write=True) as store:
        sent = json.dumps([{"role": "user", "content": "1. [need] <b>word for word</b>"}])
        store.llm_calls.add(an_llm_call("seen", person_id="leaver", sent=sent))
    assert "1. [need] &lt;b&gt;word for word&lt;/b&gt;" in leaver.get("/privacy/model").text


@pytest.mark.parametrize("typed", ["", "nora@example.org", "<b>lee", "lee\x00@example.org"])
def test_another_address_erases_nothing_and_says_so(typed: str, leaver: TestClient, running: Context) -> None:
    answered = leaver.post("/privacy/erase", data={"email": typed})
    assert answered.status_code == 422
    assert '<p class="field-error" id="email-error">This is not your address.' in answered.text
    assert "<b>lee" not in answered.text
    with unit_of_work(running.engine) as store:
        assert store.people.get("leaver").name == "Lee Ver"


def test_both_steps_forget_the_person_and_sign_them_out(leaver: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    first = leaver.get("/privacy/erase").text
    assert "To confirm, type your address: lee@example.org" in first
    with caplog.at_level("DEBUG"):
        answered = leaver.post("/privacy/erase", data={"email": " LEE@example.org "})
    assert answered.status_code == 200
    assert "You are forgotten" in answered.text
    assert "Lee Ver" not in answered.text
    assert 'halfhour=""' in answered.headers["set-cookie"]
    assert leaver.get("/privacy").headers["location"] == "/sign-in"
    assert "lee" not in caplog.text.casefold()


def test_the_pages_speak_russian(client_of: ClientOf) -> None:
    client = client_of("lena")
    assert "Пока вы работаете здесь и ещё 90 дней" in client.get("/privacy").text
    assert "Отменить это нельзя." in client.get("/privacy/erase").text
