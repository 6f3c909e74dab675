"""HR's page of company words: added, refused beside its field with nothing forgotten, put to use, removed."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from services.company_words import remove_company_word
from services.context import Context
from services.index import refresh_index
from tests.web.conftest import ClientOf

WAITS = "A change is kept, but not in use yet."


@pytest.fixture
def hr(client_of: ClientOf, running: Context) -> Iterator[TestClient]:
    yield client_of("hana")
    for term in ("ATLAS", "Ромашка"):
        remove_company_word(running.engine, term)
    refresh_index(running)


def add(hr: TestClient, term: str, meaning: str) -> int:
    return hr.post("/catalog/words", data={"term": term, "meaning": meaning}).status_code


def test_a_word_is_added_waits_is_used_and_removed(hr: TestClient) -> None:
    assert "No words yet." in hr.get("/catalog/words").text
    assert add(hr, "Ромашка", "встреча отдела") == 303
    page = hr.get("/catalog/words").text
    assert "встреча отдела" in page
    assert WAITS in page
    assert hr.post("/catalog/words/use").status_code == 303
    assert WAITS not in hr.get("/catalog/words").text
    hr.post("/catalog/words/remove", data={"term": "Ромашка"})
    page = hr.get("/catalog/words").text
    assert "встреча отдела" not in page
    assert WAITS in page


@pytest.mark.parametrize(
    ("term", "meaning", "field", "advice"),
    [
        ("", "client database", "term", "Write the word as people type it."),
        ("ATLAS", " ", "meaning", "Write what it means, in plain words."),
        ("A" * 61, "x", "term", "At most 60 characters fit here."),
        ("ATLAS", "the atlas", "meaning", "The meanings lead round in a circle: ATLAS → ATLAS."),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(
    hr: TestClient, term: str, meaning: str, field: str, advice: str
) -> None:
    answered = hr.post("/catalog/words", data={"term": term, "meaning": meaning})
    assert answered.status_code == 422
    assert f'id="{field}-error">{advice}' in answered.text
    assert f'id="{field}" name="{field}" value="{term if field == "term" else meaning}"' in answered.text
    assert "No words yet." in hr.get("/catalog/words").text


def test_markup_in_a_word_is_shown_as_it_was_typed(hr: TestClient) -> None:
    assert add(hr, "ATLAS", "<img src=x onerror=y>") == 303
    page = hr.get("/catalog/words").text
    assert "<img" not in page
    assert "&lt;img src=x onerror=y&gt;" in page


@pytest.mark.parametrize("text", ["ATL\x00AS"])
def test_no_control_character_gets_in(hr: TestClient, text: str) -> None:
    assert add(hr, text, "x") == 422


def test_in_russian_the_circle_is_told_in_russian(hr: TestClient) -> None:
    answered = hr.post("/catalog/words?lang=ru", data={"term": "Ромашка", "meaning": "наша Ромашка"})
    assert "Значения ссылаются друг на друга по кругу: Ромашка → Ромашка." in answered.text
