"""HR's pages of cohorts: a proposal is made, changed by wishes, run again, approved; refusals say what to do."""

from collections.abc import Iterator
from dataclasses import replace
from html import unescape

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import delete

from domain.sessions import MentoringSession, SessionStatus
from services.context import Context
from services.match import approve, make_cohort, propose, view_cohort
from store import tables, unit_of_work
from tests.web.conftest import ClientOf

NOTHING = "Nothing is booked yet."


@pytest.fixture
def hr(client_of: ClientOf, running: Context) -> Iterator[TestClient]:
    before = sessions(running)
    yield client_of("hana")
    new = {session.id for session in sessions(running)} - {session.id for session in before}
    with running.engine.begin() as connection:
        connection.execute(delete(tables.sessions).where(tables.sessions.c.id.in_(new)))
        connection.execute(delete(tables.cohorts))


def sessions(running: Context) -> list[MentoringSession]:
    with unit_of_work(running.engine) as store:
        return store.sessions.list()


def made(hr: TestClient, **form: str) -> str:
    """Make a cohort by its form and return the address of its page."""
    answered = hr.post("/cohorts", data={"name": "Spring", "per_mentor": "1"} | form)
    assert answered.status_code == 303
    return str(answered.headers["location"])


def page(hr: TestClient, address: str, language: str = "en") -> str:
    return unescape(hr.get(f"{address}?lang={language}").text)


def test_without_cohorts_the_page_says_how_to_begin(hr: TestClient) -> None:
    assert "No cohort yet." in page(hr, "/cohorts")


def test_a_proposal_shows_pairs_in_words_and_who_got_nobody(hr: TestClient) -> None:
    shown = page(hr, made(hr))
    assert NOTHING in shown
    assert "Nora Quist" in shown
    assert "Without a mentor" in shown
    assert "every fitting mentor is full" in shown
    assert any(f">{fit}<" in shown for fit in ("very good", "good", "fair"))
    assert "Spring" in page(hr, "/cohorts")


def test_nothing_that_a_mentee_wrote_is_shown(hr: TestClient) -> None:
    address = made(hr)
    for language in ("en", "ru"):
        shown = page(hr, address, language)
        assert "everyone's work" not in shown
        assert "тащу сама" not in shown


def test_the_page_speaks_russian(hr: TestClient) -> None:
    shown = page(hr, made(hr), "ru")
    assert "Пока ничего не назначено." in shown
    assert "у подходящих наставников нет свободных мест" in shown


@pytest.mark.parametrize(
    ("form", "advice"),
    [
        ({"per_mentor": "0"}, "Write a whole number from 1 up, or leave it empty."),
        ({"per_mentor": "-2"}, "Write a whole number from 1 up, or leave it empty."),
        ({"per_mentor": "many"}, "Write a whole number from 1 up, or leave it empty."),
        ({"name": " "}, "Give the cohort a name of up to 80 characters."),
        ({"minutes": "14"}, "Choose one of the lengths."),
        ({"department": "Nowhere"}, "There is nobody to match here."),
    ],
)
def test_a_form_that_cannot_be_is_refused_and_forgets_nothing(
    hr: TestClient, form: dict[str, str], advice: str
) -> None:
    answered = hr.post("/cohorts", data={"name": "Spring to keep"} | form)
    assert answered.status_code == 422
    assert advice in unescape(answered.text)
    assert form.get("name", "Spring to keep") in answered.text
    assert "No cohort yet." in page(hr, "/cohorts")


def test_a_pin_waits_for_the_next_run_and_can_be_taken_back(hr: TestClient) -> None:
    address = made(hr)
    pair = {"mentee": "pip", "mentor": "omar"}
    assert hr.post(f"{address}/pin", data=pair).status_code == 303
    assert "Your latest wishes are not in this proposal yet." in page(hr, address)
    hr.post(f"{address}/run")
    shown = page(hr, address)
    assert "Your latest wishes" not in shown
    assert ", pinned" in shown
    hr.post(f"{address}/take-back", data=pair)
    assert "Your latest wishes" in page(hr, address)


def test_an_excluded_pair_is_gone_in_the_next_run(hr: TestClient, running: Context) -> None:
    address = made(hr)
    cohort_id = address.rpartition("/")[2]
    first = view_cohort(running, cohort_id).proposal
    assert first is not None
    pair = first.pairs[0]
    hr.post(f"{address}/exclude", data={"mentee": pair.mentee_id, "mentor": pair.mentor_id})
    hr.post(f"{address}/run")
    second = view_cohort(running, cohort_id).proposal
    assert second is not None
    assert (pair.mentee_id, pair.mentor_id) not in {(each.mentee_id, each.mentor_id) for each in second.pairs}


@pytest.mark.parametrize(
    ("act", "pair", "advice"),
    [
        ("pin", ("nora", "max"), "These two cannot be paired: the mentor is the mentee's manager."),
        ("pin", ("lena", "max"), "These two cannot be paired: they have no language in common."),
        ("pin", ("nora", "lena"), "This person mentors no topic that may be suggested here."),
        ("pin", ("dee", "max"), "This person is not in the cohort"),
        ("exclude", ("nora", "nobody"), "Choose people from the lists."),
    ],
)
def test_a_wish_against_the_rules_is_refused_by_name(
    hr: TestClient, act: str, pair: tuple[str, str], advice: str
) -> None:
    answered = hr.post(f"{made(hr)}/{act}", data={"mentee": pair[0], "mentor": pair[1]})
    assert answered.status_code == 422
    assert advice in unescape(answered.text)


def test_approval_asks_for_sessions_once_and_closes_the_cohort(hr: TestClient, running: Context) -> None:
    address, before = made(hr), {session.id for session in sessions(running)}
    for _ in range(2):
        assert hr.post(f"{address}/approve", data={"number": "1"}).status_code == 303
    new = [session for session in sessions(running) if session.id not in before]
    assert len(new) == 4  # dee, max, omar and vera have a place each
    assert {session.status for session in new} == {SessionStatus.REQUESTED}
    shown = page(hr, address)
    assert "This proposal is approved" in shown
    assert "Wish for a pair" not in shown
    assert "This cohort is approved already." in hr.post(f"{address}/run").text


def test_a_stale_proposal_says_what_has_changed(hr: TestClient, running: Context) -> None:
    address = made(hr)
    with unit_of_work(running.engine, write=True) as store:
        kept = store.people.get("dee")
        store.people.save([replace(kept, is_active=False)])
    try:
        answered = hr.post(f"{address}/approve?lang=ru", data={"number": "1"})
    finally:
        with unit_of_work(running.engine, write=True) as store:
            store.people.save([kept])
    assert answered.status_code == 409
    assert "Предложение устарело" in answered.text
    assert "/ Dee Fox: наставник больше не участвует" in answered.text
    assert NOTHING in page(hr, address)


def test_a_cohort_approved_elsewhere_stays_readable(hr: TestClient, running: Context) -> None:
    cohort = make_cohort(running, "Elsewhere", per_mentor=1)
    approve(running, propose(running, cohort.id).key)
    assert "This proposal is approved" in page(hr, f"/cohorts/{cohort.id}")
