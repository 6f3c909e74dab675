"""Not for me: a button beside each topic of the first page, a notice with a way back, the reason in words."""

from services.context import Context
from store import unit_of_work
from tests.builders import a_goal, a_person
from tests.web.conftest import ClientOf


def test_the_topic_leaves_the_page_and_comes_back(client_of: ClientOf, running: Context) -> None:
    with unit_of_work(running.engine, write=True) as store:
        store.people.save([a_person("picky")])
        store.goals.save([a_goal("g-picky", "picky", text="I cannot hand anything over")])
    client = client_of("picky")
    first = client.get("/").text.partition('action="/topics/')[2].partition("/pass")[0]
    passed = client.post(f"/topics/{first}/pass")
    assert passed.headers["location"] == f"/?passed={first}"
    page = client.get(passed.headers["location"]).text
    notice = page.partition('class="notice undo"')[2].partition("</form>")[0]
    assert "You said on 2 March that" in notice
    assert f'action="/topics/{first}/pass"' not in page
    left_out = page.partition("What was left out, and why")[2]
    assert f'action="/topics/{first}/pass/undo"' in left_out
    assert client.post(f"/topics/{first}/pass/undo").headers["location"] == "/"
    assert f'action="/topics/{first}/pass"' in client.get("/").text


def test_topics_found_for_typed_words_have_no_such_button(client_of: ClientOf) -> None:
    client = client_of("nora")
    address = client.post("/needs", data={"text": "I cannot say no to my boss"}).headers["location"]
    assert "/pass" not in client.get(address).text


def test_a_foreign_word_in_the_address_shows_nothing(client_of: ClientOf) -> None:
    assert 'class="notice undo"' not in client_of("nora").get("/?passed=%22%3E%3Cb%3E").text


def test_the_page_of_a_topic_says_so_and_takes_it_back(client_of: ClientOf, running: Context) -> None:
    with unit_of_work(running.engine, write=True) as store:
        store.people.save([a_person("choosy")])
    client = client_of("choosy")
    assert "This topic is not for me" in client.get("/topics/delegate-work").text
    passed = client.post("/topics/delegate-work/pass", data={"from_topic": "yes"})
    assert passed.headers["location"] == "/topics/delegate-work"
    assert "You said that this topic is not for you" in client.get("/topics/delegate-work").text
    client.post("/topics/delegate-work/pass/undo", data={"from_topic": "yes"})
    assert "You said that this topic is not for you" not in client.get("/topics/delegate-work").text


def test_the_page_of_a_topic_shows_what_a_session_looks_like(client_of: ClientOf) -> None:
    page = client_of("nora").get("/topics/delegate-work").text
    outline = page.partition("What 20 minutes look like")[2].partition("</ol>")[0]
    assert outline.count('class="segment"') == 4
    assert "For example: “" in outline
