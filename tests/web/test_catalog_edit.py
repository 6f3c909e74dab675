"""HR's editor of the catalog: both languages, typed text kept, a draft, publication, versions and the way back."""

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from services.context import Context
from store import unit_of_work
from tests.web.hr_company import address_after, client_for, small_company

TOPIC, DRAFT = "/catalog/topics/speak-up", "/catalog/draft"
CHANGED = {"title_en": "Being heard", "phrases_en": "one\ntwo\nthree", "phrases_ru": "раз\nдва\nтри"}


@pytest.fixture
def context(tmp_path: Path) -> Iterator[Context]:
    made = small_company(tmp_path)
    yield made
    made.engine.dispose()


@pytest.fixture
def hr(context: Context) -> TestClient:
    return client_for(context)


def form_of(page: str) -> dict[str, str | list[str]]:
    """Return the fields of the topic's form as a browser would send them."""
    areas = re.findall(r'<textarea [^>]*name="(\w+)"[^>]*>(.*?)</textarea>', page, re.S)
    fields: dict[str, str | list[str]] = {name: html.unescape(value) for name, value in areas}
    fields |= dict(re.findall(r'<input type="hidden" name="(seen)" value="(\w+)">', page))
    for name in ("area", "level"):
        [options] = re.findall(rf'name="{name}".*?</select>', page, re.S)
        fields[name] = "".join(re.findall(r'<option value="([\w-]+)" selected>', options))
    fields["formats"] = re.findall(r'name="formats" value="([\w-]+)" checked', page)
    return fields


def hidden(page: str) -> dict[str, str]:
    return dict(re.findall(r'name="(base|seen)" value="(\w+)"', page))


def titles(context: Context) -> list[str]:
    with unit_of_work(context.engine) as store:
        return [topic.title.en for topic in store.catalog.current().topics]


def test_the_form_holds_the_topic_in_both_languages(hr: TestClient) -> None:
    form = form_of(hr.get(TOPIC).text)
    assert (form["title_en"], form["title_ru"]) == ("Speaking up", "Speaking up (ру)")
    assert form["phrases_en"] == "at meetings my voice freezes\nlouder colleagues interrupt"
    assert (form["skills"], form["level"], form["area"]) == ("delegation", "starting", "first-time-leading")
    assert form["formats"] == ["one-to-one", "chat", "group"]


def test_a_change_is_drafted_shown_and_published(hr: TestClient, context: Context) -> None:
    assert hr.post(TOPIC, data=form_of(hr.get(TOPIC).text) | CHANGED).headers["location"] == (
        f"{DRAFT}?done=edited&topic=speak-up"
    )
    page = hr.get(f"{DRAFT}?done=edited&topic=speak-up").text
    assert "Your change of “Being heard” is in the draft." in page
    assert re.search(r"<del>.*?Speaking up</del><ins>.*?Being heard</ins>", page)
    assert 'href="/catalog/draft">Draft: 1 topic<' in hr.get("/catalog").text
    assert "Speaking up" in titles(context)
    location = address_after(hr, f"{DRAFT}/publish", note="Warmer words", **hidden(page))
    assert location == "/catalog/history?published=2"
    history = hr.get(location).text
    assert "Version 2 is in force now." in history
    assert re.search(r"Warmer words<br>\s*<span[^>]*>Mon 2 March, 10:00, Hana Sato", history)
    assert "Being heard" in titles(context)


def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(hr: TestClient) -> None:
    wrong = {"phrases_ru": "одна & вторая", "skills": "juggling", "related": "Clear mails", "formats": []}
    answered = hr.post(TOPIC, data=form_of(hr.get(TOPIC).text) | CHANGED | wrong)
    assert answered.status_code == 422
    for place, says in (("phrases-ru", "at least three"), ("skills", "Write each skill"), ("formats", "at least one")):
        assert re.search(rf'id="t-{place}-error">[^<]*{says}', answered.text)
    typed = form_of(answered.text)
    assert (typed["title_en"], typed["phrases_ru"], typed["skills"]) == ("Being heard", "одна & вторая", "juggling")
    assert (typed["related"], typed["formats"]) == ("Clear mails", [])
    assert "Nothing is drafted." in hr.get(DRAFT).text


def test_of_two_editors_the_second_keeps_the_typed_text_and_sees_theirs(hr: TestClient) -> None:
    mine = form_of(hr.get(TOPIC).text)
    hr.post(TOPIC, data=mine | CHANGED)
    answered = hr.post(TOPIC, data=mine | CHANGED | {"title_en": "A voice"})
    assert answered.status_code == 409
    assert "<strong>Title · English:</strong> Being heard" in answered.text
    assert form_of(answered.text)["title_en"] == "A voice"
    assert hr.post(TOPIC, data=form_of(answered.text)).status_code == 303
    assert "A voice" in hr.get(DRAFT).text


def test_a_topic_is_added(hr: TestClient, context: Context) -> None:
    form = form_of(hr.get(TOPIC).text) | CHANGED
    form = {name: value for name, value in form.items() if not name.startswith("aliases")}
    assert hr.post("/catalog/add", data=form).status_code == 422
    location = hr.post("/catalog/add", data=form | {"id": "be-heard", "related": "speaking up"}).headers["location"]
    assert "“Being heard” is in the draft." in hr.get(location).text
    page = hr.get(DRAFT).text
    assert "Nobody offers these yet" in page
    address_after(hr, f"{DRAFT}/publish", note="One more", **hidden(page))
    assert "Being heard" in titles(context)


def test_retiring_asks_nothing_and_can_be_undone(hr: TestClient) -> None:
    location = address_after(hr, f"{TOPIC}/retire")
    page = hr.get(location).text
    assert "“Speaking up” will be retired." in page
    [seen] = re.findall(r'<button class="plain" name="seen" value="(\w+)">Undo', page)
    assert address_after(hr, f"{DRAFT}/undo", seen=seen) == f"{DRAFT}?done=undone&topic="
    page = hr.get(f"{DRAFT}?done=undone&topic=").text
    assert "Nothing is drafted." in page
    assert ">Undo<" not in page


def test_two_topics_are_merged(hr: TestClient) -> None:
    assert hr.post(f"{TOPIC}/merge", data={"into": "speak-up"}).status_code == 422
    location = address_after(hr, f"{TOPIC}/merge", into="write-clearly")
    page = hr.get(location).text
    assert "“Speaking up” will be merged" in page
    assert "2 topics would change." in page
    assert re.search(r"<ins>.*?Speaking up</ins>", page)


def test_the_second_of_two_publishers_gets_409_and_sees_what_changed(hr: TestClient) -> None:
    hr.post(TOPIC, data=form_of(hr.get(TOPIC).text) | CHANGED)
    seen = hidden(hr.get(DRAFT).text)
    address_after(hr, f"{DRAFT}/publish", note="First", **seen)
    answered = hr.post(f"{DRAFT}/publish", data={"note": "Second", **seen})
    assert answered.status_code == 409
    assert "Version 2 was published meanwhile." in answered.text
    assert re.search(r"<ins>.*?Being heard</ins>", answered.text)


def test_a_publication_needs_a_note(hr: TestClient) -> None:
    hr.post(TOPIC, data=form_of(hr.get(TOPIC).text) | CHANGED)
    answered = hr.post(f"{DRAFT}/publish", data={"note": " ", **hidden(hr.get(DRAFT).text)})
    assert answered.status_code == 422
    assert 'id="note-error"' in answered.text


def test_a_version_is_compared_and_put_in_force_again(hr: TestClient, context: Context) -> None:
    hr.post(TOPIC, data=form_of(hr.get(TOPIC).text) | CHANGED)
    address_after(hr, f"{DRAFT}/publish", note="Warmer", **hidden(hr.get(DRAFT).text))
    assert re.search(r"<ins>.*?Being heard</ins>", hr.get("/catalog/history/2").text)
    assert address_after(hr, "/catalog/history/1/restore") == "/catalog/history?published=3"
    assert "Speaking up" in titles(context)
    assert "Back to version 1" in hr.get("/catalog/history").text
    assert hr.get("/catalog/history/9").status_code == 404
    assert hr.get("/catalog/history/²").status_code == 404


def test_a_retired_topic_is_marked_and_comes_back(hr: TestClient) -> None:
    address_after(hr, f"{TOPIC}/retire")
    address_after(hr, f"{DRAFT}/publish", note="Away", **hidden(hr.get(DRAFT).text))
    assert '<span class="tag" lang="en">retired</span>' in hr.get("/catalog?q=speak-up").text
    assert "This topic is retired" in hr.get(TOPIC).text
    assert "done=restored" in address_after(hr, f"{TOPIC}/restore")


@pytest.mark.parametrize("address", [TOPIC, DRAFT, "/catalog/add", "/catalog/history", "/catalog/history/1"])
def test_in_russian_the_pages_speak_russian(address: str, hr: TestClient) -> None:
    page = hr.get(f"{address}?lang=ru").text
    assert "Каталог" in page
    assert "Draft" not in page
