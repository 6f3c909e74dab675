"""Search while one types: part and page from one template, no trace of the words, no encoder before there are any."""

from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from api import create_app
from embeddings import Encoder
from services.context import Context, LazyEncoder
from settings import Settings
from store import unit_of_work
from tests.web.conftest import HOME, SECRET, ClientOf, login_cookie
from web.access import COOKIE

WORDS = "I cannot say no to my boss"
PART = {"HX-Request": "true"}


def found_in(page: str) -> str:
    """Return what stands below the field."""
    return page.partition('id="found"')[2].partition(">")[2].partition("</div>\n</main>")[0].strip()


def test_the_part_is_what_the_page_shows(client_of: ClientOf) -> None:
    client = client_of("nora")
    page = client.post("/search", data={"text": WORDS}).text
    part = client.post("/search", data={"text": WORDS}, headers=PART).text
    assert "<html" not in part
    assert part.strip() in page
    assert 'href="/topics/delegate-work"' in part
    assert 'class="mentor"' in part


def test_without_words_nothing_is_found_and_no_encoder_is_loaded(running: Context) -> None:
    def refuse() -> Encoder:
        raise AssertionError("the encoder must not be loaded without words.")

    idle = replace(running, encoder=LazyEncoder(running.spaces.encoder, refuse))
    app = create_app(Settings(secret_key=SECRET, worker="off"), context=idle)
    client = TestClient(app, base_url=HOME, follow_redirects=False)
    client.cookies.set(COOKIE, login_cookie(app, "nora"))
    assert client.get("/search").status_code == 200
    for typed in ("", "  ", "ab", "?!…"):
        answered = client.post("/search", data={"text": typed}, headers=PART)
        assert (answered.status_code, answered.text.strip()) == (200, "")
    assert client.post("/search", data={"text": ""}).status_code == 422
    assert not idle.encoder.is_loaded


def test_what_is_typed_is_kept_nowhere(client_of: ClientOf, running: Context, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("DEBUG"):
        for headers in (PART, {}):
            answered = client_of("nora").post("/search", data={"text": "my heron-word mails"}, headers=headers)
            assert "location" not in answered.headers
    assert "heron-word" not in caplog.text
    with unit_of_work(running.engine) as store:
        told = [row["need"] for row in store.person_rows.of("suggestion_sets", "person_id", "nora")]
    assert not any("heron-word" in need for need in told)


def test_words_can_be_kept_for_the_agenda(client_of: ClientOf) -> None:
    part = client_of("nora").post("/search", data={"text": WORDS}, headers=PART).text
    assert f'action="/needs" class="keep"><input type="hidden" name="text" value="{WORDS}">' in part


@pytest.mark.parametrize("headers", [PART, {}])
@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("a" * 2_001, "This is longer than 2,000 characters. Keep the one thing that matters most."),
        ("I\x00freeze here", "Some of these characters are not text. Type the sentence again."),
    ],
)
def test_what_cannot_be_read_is_said(typed: str, message: str, headers: dict[str, str], client_of: ClientOf) -> None:
    answered = client_of("nora").post("/search", data={"text": typed}, headers=headers)
    assert answered.status_code == 422
    assert answered.text.count(message) == 1


def test_the_field_works_with_and_without_script(client_of: ClientOf) -> None:
    page = client_of("nora").get("/search").text
    assert '<form method="post" action="/search"' in page
    assert 'hx-post="/search" hx-trigger="input changed delay:250ms" hx-sync="this:replace" hx-target="#found"' in page
    assert '<div id="found" class="found" aria-live="polite">' in page
    home = client_of("nora").get("/").text
    assert '<form method="post" action="/needs"' in home
    assert 'hx-post="/search"' in home


def test_it_speaks_russian(client_of: ClientOf) -> None:
    part = client_of("lena").post("/search", data={"text": "не умею отказывать начальнику"}, headers=PART).text
    assert "Взять эти слова в план встречи" in part
