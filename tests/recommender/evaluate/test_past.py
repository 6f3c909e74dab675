"""The past: nothing that came later is known, and what was still ahead was still ahead."""

from datetime import timedelta

from domain.sessions import SessionStatus
from recommender.evaluate.past import (
    Records,
    Wish,
    feedback_before,
    goals_before,
    offers_without_pauses,
    sessions_before,
    wishes,
)
from tests.builders import NOW, a_feedback, a_goal, a_person, a_session, an_offer

DAY = timedelta(days=1)
BEFORE, AFTER = NOW - DAY, NOW + DAY


def test_a_session_that_was_held_later_was_booked() -> None:
    held_later = a_session("s1", status=SessionStatus.HELD, created_at=BEFORE, starts_at=AFTER, next_step="one")
    held = a_session("s2", status=SessionStatus.HELD, created_at=BEFORE, starts_at=BEFORE + DAY / 2)
    chat = a_session("s3", status=SessionStatus.HELD, created_at=BEFORE, starts_at=None)
    declined = a_session("s4", status=SessionStatus.DECLINED, created_at=BEFORE, starts_at=AFTER)
    known = sessions_before([held_later, held, chat, declined], NOW)
    assert [session.status for session in known] == [
        SessionStatus.BOOKED,
        SessionStatus.HELD,
        SessionStatus.HELD,
        SessionStatus.DECLINED,
    ]
    assert known[0].next_step == ""


def test_a_session_asked_for_at_the_very_moment_is_not_known() -> None:
    assert sessions_before([a_session(created_at=NOW)], NOW) == []


def test_goals_are_open_until_they_were_closed() -> None:
    goals = [
        a_goal("closed before", created_at=BEFORE - DAY, closed_at=BEFORE),
        a_goal("closed after", created_at=BEFORE, closed_at=AFTER),
        a_goal("open", created_at=BEFORE),
        a_goal("not written yet", created_at=NOW),
    ]
    known = goals_before(goals, NOW)
    assert [(goal.id, goal.closed_at) for goal in known] == [("closed after", None), ("open", None)]


def test_feedback_is_known_once_it_is_written() -> None:
    known = feedback_before([a_feedback("f1", created_at=BEFORE), a_feedback("f2", created_at=NOW)], NOW)
    assert [one.id for one in known] == ["f1"]


def test_a_pause_of_today_is_none_of_the_past() -> None:
    assert offers_without_pauses([an_offer(paused_until=AFTER)])[0].paused_until is None


def test_each_mentee_of_a_session_has_a_wish_oldest_first() -> None:
    sessions = [
        a_session("late", mentee_ids=("p1",), created_at=AFTER),
        a_session("group", mentee_ids=("p2", "p1"), created_at=NOW),
        a_session("too early", created_at=BEFORE),
        a_session("gone topic", topic_id="gone", created_at=NOW),
    ]
    records = Records({"p1": a_person("p1")}, {}, {}, {}, sessions, [])
    assert wishes(records, ["delegate-work"], NOW) == [
        Wish("p2", "delegate-work", "m1", NOW, "group"),
        Wish("p1", "delegate-work", "m1", NOW, "group"),
        Wish("p1", "delegate-work", "m1", AFTER, "late"),
    ]
