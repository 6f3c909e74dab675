"""The first page: the next session, what waits for an answer, topics, the step from last time, and the form."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.sessions import SessionStatus
from services.context import Context
from store import unit_of_work
from tests.builders import NOW, a_person, a_session
from tests.web.conftest import ClientOf


def order_in(page: str, *parts: str) -> list[str]:
    """Return the parts as they follow each other on the page."""
    return sorted(parts, key=page.index)


def test_the_order_is_session_topics_step_form(client_of: ClientOf) -> None:
    page = client_of("nora").get("/").text
    parts = ["Your next session", "Worth talking about now", "Your step from last time", "Something else on your mind?"]
    assert order_in(page, *parts) == parts


def test_the_next_session_says_what_when_and_with_whom(client_of: ClientOf) -> None:
    page = client_of("nora").get("/").text.partition('class="sheet next"')[2].partition("</section>")[0]
    assert "Thu 5 March, 14:20" in page
    assert "Saying no kindly" in page
    assert "20 minutes, Dee Fox" in page
    assert 'href="/sessions/booked/agenda"' in page


def test_suggestions_quote_the_person(client_of: ClientOf) -> None:
    page = client_of("nora").get("/").text
    assert "You wrote “I end up doing everyone&#39;s work and cannot hand anything over”" in page


def test_three_topics_are_enough(client_of: ClientOf) -> None:
    assert client_of("nora").get("/").text.count('class="sheet topic"') == 3


def test_the_step_from_last_time_is_there(client_of: ClientOf) -> None:
    assert "Write the next status mail with one question in its first line" in client_of("nora").get("/").text


def test_a_mentor_sees_the_next_session_from_the_other_side(client_of: ClientOf) -> None:
    page = client_of("dee").get("/").text.partition('class="sheet next"')[2].partition("</section>")[0]
    assert "Nora Quist" in page


def test_somebody_on_both_sides_sees_the_sooner_session(client_of: ClientOf, running: Context) -> None:
    soon = a_session("soon", mentor_id="omar", mentee_ids=("sam",), starts_at=NOW + timedelta(hours=2))
    with unit_of_work(running.engine, write=True) as store:
        store.people.save([a_person("sam", name="Sam Sooner")])
        store.sessions.save([soon])
    page = client_of("omar").get("/").text.partition('class="sheet next"')[2].partition("</section>")[0]
    assert "Sam Sooner" in page


def test_a_session_that_is_over_is_no_next_session(client_of: ClientOf, running: Context) -> None:
    with unit_of_work(running.engine, write=True) as store:
        store.people.save([a_person("late")])
        store.sessions.save([a_session("over", mentee_ids=("late",), mentor_id="dee", starts_at=NOW - timedelta(1))])
    assert "Your next session" not in client_of("late").get("/").text


@pytest.mark.parametrize(("person", "words"), [("asker", "you asked Dee Fox"), ("dee", "Ann Asker asked you")])
def test_a_request_waits_on_both_sides_and_is_no_booking(
    person: str, words: str, client_of: ClientOf, running: Context
) -> None:
    asked = a_session(
        "asked", mentee_ids=("asker",), mentor_id="dee", status=SessionStatus.REQUESTED, starts_at=NOW + timedelta(1)
    )
    with unit_of_work(running.engine, write=True) as store:
        store.people.save([a_person("asker", name="Ann Asker")])
        store.sessions.save([asked])
    page = client_of(person).get("/").text
    assert words in page
    assert "asked/agenda" not in page.partition('class="sheet next"')[2].partition("</section>")[0]


@pytest.mark.parametrize(
    ("person", "words"), [("chooser", "Dee Fox said yes: choose the time"), ("dee", "you said yes, Cho Oser chooses")]
)
def test_a_yes_without_a_time_is_on_both_first_pages(
    person: str, words: str, client_of: ClientOf, running: Context
) -> None:
    agreed = a_session(
        "agreed", mentee_ids=("chooser",), mentor_id="dee", status=SessionStatus.ACCEPTED, starts_at=None
    )
    with unit_of_work(running.engine, write=True) as store:
        store.people.save([a_person("chooser", name="Cho Oser")])
        store.sessions.save([replace(agreed, created_at=NOW - timedelta(days=90))])
    page = client_of(person).get("/").text
    assert words in page
    assert 'href="/sessions/agreed"' in page


def test_the_first_time_the_question_comes_first(client_of: ClientOf, running: Context) -> None:
    with unit_of_work(running.engine, write=True) as store:
        store.people.save([a_person("fresh")])
    page = client_of("fresh").get("/").text
    assert '<h1><label for="need">What would make your work easier or take you further?</label></h1>' in page
    assert order_in(page, "Find topics", "Or look at these") == ["Find topics", "Or look at these"]
    assert page.count('<label for="need">') == 1


def test_what_was_left_out_stays_short(client_of: ClientOf) -> None:
    page = client_of("nora").get("/").text.partition("What was left out, and why")[2].partition("</ul>")[0]
    assert page.count("<li>") == 5
