"""An agenda in one's own words: kept, refused beside the field, never lost, and brought back."""

import re

import pytest

from services.context import Context
from store import unit_of_work
from tests.builders import a_person, a_session
from tests.web.conftest import ClientOf


@pytest.fixture(autouse=True)
def session(running: Context, request: pytest.FixtureRequest) -> str:
    """A session of its own for each test, with the agenda that its page drafts."""
    key = f"mine-{request.node.name}"
    with unit_of_work(running.engine, write=True) as store:
        store.people.save([a_person("ed", name="Ed Itor")])
        store.sessions.save([a_session(key, mentee_ids=("ed",), mentor_id="dee", starts_at=None)])
    return key


def form_of(page: str) -> dict[str, list[str]]:
    """Return the fields of the form as a browser would send them."""
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page):
        found.setdefault(name, []).append(value)
    for name, value in re.findall(r'<textarea id="[^"]*" name="(\w+)"[^>]*>(.*?)</textarea>', page, re.S):
        found.setdefault(name, []).append(value.replace("&#39;", "'").replace("&amp;", "&"))
    return found


def test_own_words_are_kept_and_seen_by_both(client_of: ClientOf, session: str) -> None:
    client = client_of("ed")
    form = form_of(client.get(f"/sessions/{session}/agenda/edit").text)
    answered = client.post(f"/sessions/{session}/agenda/edit", data=form | {"outcome": "By the end I dare to say no"})
    assert (answered.status_code, answered.headers["location"]) == (303, f"/sessions/{session}/agenda")
    for person in ("ed", "dee"):
        page = client_of(person).get(f"/sessions/{session}/agenda").text
        assert "By the end I dare to say no" in page
        assert "These are the words of Ed Itor." in page


def test_the_same_words_make_no_version(client_of: ClientOf, session: str, running: Context) -> None:
    client = client_of("ed")
    client.post(f"/sessions/{session}/agenda/edit", data=form_of(client.get(f"/sessions/{session}/agenda/edit").text))
    with unit_of_work(running.engine) as store:
        assert [kept.version for kept in store.agendas.history(session)] == [1]


def test_a_refused_text_stays_in_the_form_with_its_reason(client_of: ClientOf, session: str) -> None:
    client = client_of("ed")
    form = form_of(client.get(f"/sessions/{session}/agenda/edit").text)
    answered = client.post(f"/sessions/{session}/agenda/edit", data=form | {"outcome": "See https://evil.example"})
    assert answered.status_code == 422
    assert 'id="outcome-error">Links, addresses and formatting cannot stand here.' in answered.text
    assert ">See https://evil.example</textarea>" in answered.text


def test_a_newer_version_is_not_overwritten_and_nothing_typed_is_lost(client_of: ClientOf, session: str) -> None:
    first, second = client_of("ed"), client_of("dee")
    form = form_of(first.get(f"/sessions/{session}/agenda/edit").text)
    second.post(f"/sessions/{session}/agenda/edit", data=form | {"next_step": "Say no to one thing by Friday"})
    answered = first.post(f"/sessions/{session}/agenda/edit", data=form | {"outcome": "By the end I have a plan"})
    assert answered.status_code == 409
    assert "A newer version came while you wrote." in answered.text
    assert ">By the end I have a plan</textarea>" in answered.text
    again = first.post(f"/sessions/{session}/agenda/edit", data=form_of(answered.text))
    assert again.status_code == 303


def test_an_earlier_version_can_be_read_and_used_again(client_of: ClientOf, session: str) -> None:
    client = client_of("ed")
    form = form_of(client.get(f"/sessions/{session}/agenda/edit").text)
    client.post(f"/sessions/{session}/agenda/edit", data=form | {"outcome": "By the end I dare"})
    assert form["outcome"][0] in client.get(f"/sessions/{session}/agenda/versions/1").text
    client.post(f"/sessions/{session}/agenda/versions/1")
    assert form["outcome"][0] in client.get(f"/sessions/{session}/agenda").text
    listed = client.get(f"/sessions/{session}/agenda/versions").text
    assert re.findall(r">Version (\d)</a>", listed) == ["3", "2", "1"]


def test_nobody_else_may_change_it(client_of: ClientOf, session: str) -> None:
    form = form_of(client_of("ed").get(f"/sessions/{session}/agenda/edit").text)
    assert client_of("max").post(f"/sessions/{session}/agenda/edit", data=form).status_code == 404


def test_a_form_with_too_few_parts_is_refused(client_of: ClientOf, session: str) -> None:
    form = form_of(client_of("ed").get(f"/sessions/{session}/agenda/edit").text)
    answered = client_of("ed").post(f"/sessions/{session}/agenda/edit", data=form | {"titles": form["titles"][:1]})
    assert answered.status_code == 422
