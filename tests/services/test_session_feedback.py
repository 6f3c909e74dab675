"""Feedback: said twice it changes, a mentee's words move the ranking at once, a mentor's stay no need of theirs."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.errors import InvalidInput, NotFound, NotNow
from domain.feedback import AgendaFit, Feedback
from domain.people import Format
from domain.session_talk import StepAnswer
from domain.sessions import SessionStatus
from services.booking.desk import Asked
from services.booking.finish import NextStep
from services.booking.follow_up import answer_step
from services.context import Context
from services.index import indexed_texts, refresh_index
from services.needs import own_needs
from services.session_feedback import Said, feedback_page, follow_up_page, give_feedback
from services.suggest import suggest_for_person
from store import unit_of_work
from tests.builders import NOW, a_person, a_session

MENTEE, MENTOR, STRANGER = a_person("p1"), a_person("m1"), a_person("h1")
OPEN = "my messages get no answer"


@pytest.fixture
def held(running: Context) -> Context:
    with unit_of_work(running.engine, write=True) as store:
        store.sessions.save([a_session("s1", status=SessionStatus.HELD, starts_at=NOW - timedelta(hours=1))])
    return running


def kept(context: Context) -> list[Feedback]:
    with unit_of_work(context.engine) as store:
        return store.feedback.of_session("s1")


def scores(context: Context) -> dict[str, float]:
    return {topic.topic_id: topic.score for topic in suggest_for_person(context, "p1", k=5).answer.topics}


def test_said_twice_it_changes_and_does_not_double(held: Context) -> None:
    give_feedback(held, MENTEE, "s1", Said(3, OPEN, 1, 2))
    give_feedback(replace(held, clock=lambda: NOW + timedelta(days=1)), MENTEE, "s1", Said(5, "", 1, 3))
    (only,) = kept(held)
    assert (only.rating, only.still_open, only.level_after, only.created_at) == (5, "", 3, NOW)


def test_what_is_still_open_moves_the_ranking_at_once_and_after_a_refresh(held: Context) -> None:
    before = scores(held)
    give_feedback(held, MENTEE, "s1", Said(4, OPEN))
    at_once = scores(held)
    assert at_once["write-clearly"] > before.get("write-clearly", 0)
    report = refresh_index(held)
    assert report.embedded == 0  # it was embedded as it was said
    assert scores(held) == at_once


def test_a_mentors_note_is_no_need_of_theirs(held: Context) -> None:
    give_feedback(held, MENTOR, "s1", Said(4, "they ask like a zebra", agenda_fit=AgendaFit.PARTLY))
    assert kept(held)[0].agenda_fit is AgendaFit.PARTLY
    with unit_of_work(held.engine) as store:
        assert own_needs(held, store, "m1", NOW) == []
        assert "they ask like a zebra" not in indexed_texts(store, held.encoder.languages)
        assert len(own_needs(held, store, "p1", NOW)) == 1  # the goal


def test_a_mentors_ratings_follow(held: Context) -> None:
    give_feedback(held, MENTEE, "s1", Said(2))
    give_feedback(held, MENTOR, "s1", Said(5))  # nobody rates themselves
    with unit_of_work(held.engine) as store:
        pool = held.spaces.mentors(store)
    row = pool.row_of["m1"]
    assert (int(pool.ratings.raters[row]), float(pool.ratings.means[row])) == (1, 2.0)


def test_feedback_ends_a_session_whose_time_has_passed_and_keeps_its_step(held: Context) -> None:
    with unit_of_work(held.engine, write=True) as store:
        store.sessions.save([a_session("s1", starts_at=NOW - timedelta(minutes=20))])
    step = NextStep("Hand over one task", date(2026, 3, 9))
    give_feedback(held, MENTEE, "s1", Said(4, step=step))
    with unit_of_work(held.engine) as store:
        session = store.sessions.get("s1")
    assert (session.status, session.next_step, session.next_step_due) == (SessionStatus.HELD, step.text, step.due)


@pytest.mark.parametrize("status", [SessionStatus.REQUESTED, SessionStatus.CANCELLED, SessionStatus.NO_SHOW])
def test_no_feedback_on_what_did_not_take_place(held: Context, status: SessionStatus) -> None:
    with unit_of_work(held.engine, write=True) as store:
        store.sessions.save([a_session("s1", status=status, starts_at=NOW - timedelta(hours=1))])
    with pytest.raises(NotNow):
        give_feedback(held, MENTEE, "s1", Said(4))
    assert kept(held) == []


@pytest.mark.parametrize("said", [Said(0), Said(6), Said(3, level_before=5), Said(3, "x" * 4_001), Said(3, "\x00")])
def test_what_is_out_of_bounds_is_refused(held: Context, said: Said) -> None:
    with pytest.raises(InvalidInput):
        give_feedback(held, MENTEE, "s1", said)
    assert kept(held) == []


def test_strangers_say_and_see_nothing(held: Context) -> None:
    for attempt in (
        lambda: give_feedback(held, STRANGER, "s1", Said(4)),
        lambda: feedback_page(held, STRANGER, "s1"),
        lambda: follow_up_page(held, MENTOR, "s1"),
        lambda: answer_step(held, "s1", StepAnswer.DONE, Asked("m1")),
    ):
        with pytest.raises(NotFound):
            attempt()


def test_a_page_shows_only_what_its_reader_said(held: Context) -> None:
    give_feedback(held, MENTEE, "s1", Said(2, OPEN))
    assert feedback_page(held, MENTOR, "s1").said is None


def test_a_followed_up_session_lets_its_answer_change(held: Context) -> None:
    assert answer_step(held, "s1", StepAnswer.NOT_YET, Asked("p1")).status == "followed_up"
    assert answer_step(held, "s1", StepAnswer.DONE, Asked("p1")).status == "followed_up"
    assert follow_up_page(held, MENTEE, "s1").answer is StepAnswer.DONE


def test_a_group_is_followed_up_once_everybody_has_answered(held: Context) -> None:
    with unit_of_work(held.engine, write=True) as store:
        store.people.save([a_person("p2")])
        group = a_session("s1", format=Format.GROUP, seats=3, mentee_ids=("p1", "p2"), status=SessionStatus.HELD)
        store.sessions.save([group])
    assert answer_step(held, "s1", StepAnswer.DONE, Asked("p2")).status == "held"
    assert answer_step(held, "s1", StepAnswer.PARTLY, Asked("p1")).status == "followed_up"


def test_nobody_follows_up_what_is_still_to_come(held: Context) -> None:
    with unit_of_work(held.engine, write=True) as store:
        store.sessions.save([a_session("s1")])
    with pytest.raises(NotNow):
        answer_step(held, "s1", StepAnswer.DONE, Asked("p1"))
