"""What sessions add up to, in the mentor's own weeks."""

from datetime import UTC, date, datetime

from domain.sessions import SessionStatus
from recommender.mentor_sessions import busy_times, held_by_topic, held_sessions, taken_minutes
from tests.builders import NOW, a_person, a_session

ROWS = {"m1": 0, "m2": 1}
MENTORS = [a_person("m1"), a_person("m2", zone="Asia/Vladivostok")]
SUNDAY_NIGHT = datetime(2026, 3, 8, 22, 0, tzinfo=UTC)  # Monday morning in Vladivostok


def test_sessions_held_count_by_topic_and_mentor() -> None:
    sessions = [
        a_session("s1", status=SessionStatus.HELD),
        a_session("s2", status=SessionStatus.HELD),
        a_session("s3", status=SessionStatus.HELD, topic_id="other", mentor_id="m2"),
        a_session("s4", status=SessionStatus.CANCELLED),
        a_session("s5", status=SessionStatus.HELD, mentor_id="unknown"),
    ]
    assert held_by_topic(held_sessions(sessions, ROWS), ROWS) == {"delegate-work": {0: 2}, "other": {1: 1}}


def test_minutes_are_taken_in_the_week_of_the_mentors_calendar() -> None:
    sessions = [a_session("s1", starts_at=SUNDAY_NIGHT), a_session("s2", mentor_id="m2", starts_at=SUNDAY_NIGHT)]
    taken = taken_minutes(sessions, MENTORS, ROWS)
    assert {monday: minutes.tolist() for monday, minutes in taken.items()} == {
        date(2026, 3, 2): [20, 0], date(2026, 3, 9): [0, 20],
    }  # fmt: skip


def test_requested_booked_and_held_take_minutes() -> None:
    sessions = [a_session(status, status=status, minutes=15) for status in SessionStatus]
    assert taken_minutes(sessions, MENTORS, ROWS)[date(2026, 3, 2)].tolist() == [75, 0]


def test_a_session_without_a_time_counts_when_it_was_asked_for() -> None:
    assert list(taken_minutes([a_session(starts_at=None, created_at=NOW)], MENTORS, ROWS)) == [date(2026, 3, 2)]


def test_mentor_and_mentees_are_busy_until_the_session_is_over_or_off() -> None:
    at = (datetime(2026, 3, 5, 13, 20, tzinfo=UTC), datetime(2026, 3, 5, 13, 40, tzinfo=UTC))
    live = a_session("s1", mentee_ids=("p1", "p2"))
    gone = [a_session(status, mentor_id="m2", status=status) for status in ("held", "declined", "cancelled")]
    gone = [a_session(s.id, mentor_id="m2", mentee_ids=("p3",), status=SessionStatus(s.id)) for s in gone]
    assert busy_times([live, *gone, a_session("chat", starts_at=None)]) == {"m1": (at,), "p1": (at,), "p2": (at,)}
