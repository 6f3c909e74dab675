"""What a mentor lacks for a request: up to two lines, what most decides first."""

from datetime import UTC, datetime
from typing import Any

from domain.language import Language
from domain.people import Format
from domain.sessions import SessionStatus
from recommender import rank_mentors
from tests.builders import a_feedback, a_person, a_session, an_offer
from tests.recommender.spaces import a_pool, ask_mentors, mentors

BEFORE = datetime(2026, 1, 15, 13, 20, tzinfo=UTC)
BILINGUAL = a_person(languages=frozenset(Language))


def missing(pool: Any, **asked: Any) -> list[tuple[str, str]]:
    [first] = rank_mentors(ask_mentors(**asked), pool).suggestions
    return [(lack.feature, lack.text) for lack in first.missing]


def test_who_is_new_to_the_topic_has_no_session_and_few_ratings() -> None:
    assert missing(a_pool(*mentors("m1"))) == [
        ("experience", "Has not held a session on this topic yet"),
        ("rating", "Fewer than five ratings so far"),
    ]


def test_who_has_sessions_and_five_raters_lacks_nothing() -> None:
    sessions = [
        a_session(f"s{n}", status=SessionStatus.HELD, mentee_ids=(f"x{n}",), starts_at=BEFORE) for n in range(5)
    ]
    words = [a_feedback(s.id, session_id=s.id, author_id=s.mentee_ids[0]) for s in sessions]
    people, offers = mentors("m1")
    assert missing(a_pool(people, offers, sessions=sessions, feedback=words)) == []
    assert missing(a_pool(people, offers, sessions=sessions, feedback=words[:4])) == [
        ("rating", "Fewer than five ratings so far")
    ]


def test_time_comes_first_then_language_then_hours() -> None:
    people = [a_person("m1", languages=frozenset({Language.RU}), zone="Pacific/Auckland")]
    no_hours = a_pool(people, [an_offer("m1", weekly_hours=())])
    assert missing(no_hours, mentee=BILINGUAL) == [
        ("availability", "No free time in the next two weeks; answers in chat"),
        ("language", "Speaks Russian only"),
    ]
    assert missing(no_hours, mentee=BILINGUAL, format=Format.CHAT) == [
        ("language", "Speaks Russian only"),
        ("zone", "Your working days do not overlap"),
    ]


def test_who_does_not_chat_is_not_said_to() -> None:
    pool = a_pool(*mentors("m1", weekly_hours=(), formats=frozenset({Format.ONE_TO_ONE})))
    assert missing(pool)[0] == ("availability", "No free time in the next two weeks")
