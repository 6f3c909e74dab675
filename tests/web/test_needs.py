"""A need typed now: kept as an answer with an address of its own; bad input is said beside the field, words kept."""

import html
from dataclasses import replace

import pytest

from domain.suggestions import Excluded, Rule
from services.context import Context
from store import unit_of_work
from tests.builders import a_suggestion_set
from tests.web.conftest import ClientOf

WORDS = "I freeze when the director asks me something"
RUSSIAN = "не умею отказывать начальнику"
EMPTY = "Write a sentence or two about what you want to get better at."
LONG = "This is longer than 2,000 characters. Keep the one thing that matters most."
BROKEN = "Some of these characters are not text. Type the sentence again."


def test_a_need_is_kept_and_its_address_holds_no_word_of_it(client_of: ClientOf, running: Context) -> None:
    client = client_of("nora")
    answered = client.post("/needs", data={"text": f"  {WORDS} \r\n"})
    answer_id = answered.headers["location"].removeprefix("/needs/")
    assert answered.status_code == 303
    assert answer_id.isalnum()
    page = client.get(f"/needs/{answer_id}")
    assert f'<blockquote class="long">{WORDS}</blockquote>' in page.text
    with unit_of_work(running.engine) as store:
        kept = store.suggestions.get(answer_id)
    assert (kept.person_id, kept.need) == ("nora", WORDS)


def test_the_topics_of_a_need_lead_on_with_the_need(client_of: ClientOf) -> None:
    client = client_of("nora")
    address = client.post("/needs", data={"text": "I cannot say no to my boss"}).headers["location"]
    asked = address.removeprefix("/needs/")
    assert f"?asked={asked}" in client.get(address).text
    topic = client.get(f"/topics/delegate-work?asked={asked}").text
    assert "I cannot say no to my boss" in topic
    assert f"/topics/delegate-work/agenda?mentor=dee&amp;asked={asked}" in topic
    agenda = client.get(f"/topics/delegate-work/agenda?mentor=dee&asked={asked}").text
    assert "I cannot say no to my boss" in agenda


def test_topics_without_a_reason_stand_back_behind_those_with_one(client_of: ClientOf, running: Context) -> None:
    explained, silent = a_suggestion_set().topics[0], replace(a_suggestion_set().topics[0], reasons=(), mentors=())
    other = replace(silent, topic_id="say-no-kindly", rank=2)
    with unit_of_work(running.engine, write=True) as store:
        for name, topics in {"mixed": (explained, other), "silent": (silent, other)}.items():
            answer = a_suggestion_set(name, person_id="nora", topics=topics, excluded=())
            store.suggestions.add(replace(answer, topics=tuple(replace(topic, mentors=()) for topic in topics)))
    mixed, alone = (client_of("nora").get(f"/needs/{name}").text for name in ("mixed", "silent"))
    assert [page.count('class="sheet topic"') for page in (mixed, alone)] == [1, 2]
    assert ["These come nearest." in page for page in (mixed, alone)] == [False, True]


def test_the_nearest_topics_are_named_where_only_a_mentor_is_missing(client_of: ClientOf, running: Context) -> None:
    silent = replace(a_suggestion_set().topics[0], reasons=(), mentors=())
    lonely = Excluded("calm-an-angry-customer", Rule.NO_MENTOR, "Nobody is free")
    with unit_of_work(running.engine, write=True) as store:
        answer = a_suggestion_set("lonely", person_id="nora", topics=(silent,), excluded=(lonely,))
        store.suggestions.add(answer)
    page = client_of("nora").get("/needs/lonely").text
    assert "The topics that come nearest have no free mentor yet." in page
    assert '<a href="/topics/calm-an-angry-customer">' in page
    assert page.index("calm-an-angry-customer") < page.index("With a free mentor, but further from your words:")
    assert "These come nearest." not in page


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("", EMPTY),
        (" \r\n\t ", EMPTY),
        ("... !", EMPTY),
        ("a" * 2_001, LONG),
        ("слово " * 1_700, LONG),
        ("I\x00freeze", BROKEN),
    ],
)
def test_what_cannot_be_a_need_comes_back_with_the_reason(typed: str, message: str, client_of: ClientOf) -> None:
    answered = client_of("nora").post("/needs", data={"text": typed})
    assert answered.status_code == 422
    assert f'<p class="field-error" id="need-error">{message}</p>' in answered.text
    assert 'aria-invalid="true"' in answered.text
    kept = answered.text.partition("<textarea")[2].partition(">\n")[2].partition("</textarea>")[0]
    assert html.unescape(kept) == typed.replace("\x00", "")


def test_lone_surrogates_are_no_crash(client_of: ClientOf) -> None:
    body = b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\nI freeze \\ud800 here\r\n--x--\r\n'
    kind = {"Content-Type": "multipart/form-data; boundary=x; charset=raw_unicode_escape"}
    answered = client_of("nora").post("/needs", content=body, headers=kind)
    assert answered.status_code in {303, 422}


def test_the_longest_need_is_taken(client_of: ClientOf) -> None:
    assert client_of("nora").post("/needs", data={"text": "word " * 400}).status_code == 303


def test_the_reason_is_in_the_readers_language(client_of: ClientOf) -> None:
    answered = client_of("lena").post("/needs", data={"text": ""})
    assert "Напишите одну-две фразы о том, чему хотите научиться." in answered.text
    assert EMPTY not in answered.text


def test_the_answer_to_a_form_offers_no_link_that_would_lose_the_words(client_of: ClientOf) -> None:
    client = client_of("nora")
    assert "hreflang" in client.get("/").text
    assert "hreflang" not in client.post("/needs", data={"text": ""}).text


def test_an_answer_to_somebody_else_reads_like_a_missing_one(client_of: ClientOf) -> None:
    address = client_of("lena").post("/needs", data={"text": RUSSIAN}).headers["location"]
    asked = address.removeprefix("/needs/")
    others, missing = client_of("nora").get(address), client_of("nora").get("/needs/0123456789abcdef")
    assert (others.status_code, missing.status_code) == (404, 404)
    assert others.text.replace(asked, "X") == missing.text.replace("0123456789abcdef", "X")
    assert client_of("nora").get(f"/topics/delegate-work?asked={asked}").status_code == 404
    assert client_of("nora").get(f"/topics/delegate-work/agenda?mentor=dee&asked={asked}").status_code == 404


def test_a_file_instead_of_words_is_refused(client_of: ClientOf) -> None:
    assert client_of("nora").post("/needs", files={"text": ("a.txt", b"words")}).status_code == 422


def test_no_word_of_a_need_reaches_a_log(client_of: ClientOf, caplog: pytest.LogCaptureFixture) -> None:
    client = client_of("nora")
    with caplog.at_level("INFO"):
        for typed in ("I dread the canary-word every day", "canary-word " * 400, "canary-word \x00"):
            client.post("/needs", data={"text": typed})
        client.post("/api/v1/suggestions", json={"need": "canary-word", "canary-word": 1})
    assert "canary-word" not in caplog.text
