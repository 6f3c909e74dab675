"""What helped people of the same topics, by arithmetic, and never resting on less than five."""

from math import sqrt

import pytest

from domain.sessions import SessionStatus
from recommender.helped import build_helped_topics
from tests.builders import a_session
from tests.recommender.spaces import held_by, helped, helped_by


def test_four_people_say_nothing_and_five_do() -> None:
    """5 / sqrt(5 * 5) * 5 / (5 + 10) = 1/3."""
    assert helped_by("a", "b", people=4).of(["a"]) == {}
    assert helped_by("a", "b", people=5).of(["a"]) == pytest.approx({"b": 1 / 3})


def test_only_those_whom_it_helped_count_among_all_who_talked_about_it() -> None:
    """Ten had a and b, b helped six of them: 6 / sqrt(10 * 10) * 6 / 16; a helped all ten: 10 / 10 * 10 / 20."""
    pairs = [(held_by(f"p{n}", "a"), held_by(f"p{n}", "b", rating=5 if n < 6 else 3)) for n in range(10)]
    found = helped(*(one for pair in pairs for one in pair))
    assert found.of(["a"]) == pytest.approx({"b": 0.6 * 6 / 16})
    assert found.of(["b"]) == pytest.approx({"a": 0.5})


def test_a_topic_of_many_is_less_telling_than_one_of_the_few() -> None:
    """All 5 of a had b, as 15 others: 5 / sqrt(5 * 20) * 1/3."""
    both = [held_by(f"p{n}", topic) for n in range(5) for topic in "ab"]
    assert helped(*both, *(held_by(f"q{n}", "b") for n in range(15))).of(["a"]) == pytest.approx(
        {"b": 5 / sqrt(100) / 3}
    )


def test_sessions_without_a_rating_count_as_held_and_not_as_help() -> None:
    assert helped(*(held_by(f"p{n}", topic, rating=None) for n in range(9) for topic in "ab")).of(["a"]) == {}


def test_a_person_counts_once_however_often_they_met() -> None:
    again = [held_by("p0", topic) for topic in "ab" for _ in range(9)]
    assert helped(*again, *(held_by(f"p{n}", t) for n in range(1, 4) for t in "ab")).of(["a"]) == {}


def test_several_own_topics_add_up_and_stay_out_themselves() -> None:
    """1 - (1 - 1/3) (1 - 1/3): five people of three topics."""
    found = helped(*(held_by(f"p{n}", topic) for n in range(5) for topic in "abc"))
    assert found.of(["a", "b", "unknown"]) == pytest.approx({"c": 1 - 4 / 9})


def test_the_strongest_own_topic_is_named() -> None:
    held = [held_by(f"p{n}", topic) for n in range(9) for topic in ("a", "c")]
    found = helped(*held, *(held_by(f"p{n}", "b") for n in range(5)))
    assert found.strongest(["b", "a"], "c") == "a"
    assert found.strongest(["c"], "unknown") is None
    assert found.strongest(["unknown"], "c") is None
    assert helped_by("a", "b", people=4).strongest(["a"], "b") is None


def test_only_what_was_held_counts_and_nothing_is_no_fault() -> None:
    booked = [a_session(f"s{n}{t}", mentee_ids=(f"p{n}",), topic_id=t) for n in range(9) for t in "ab"]
    assert {session.status for session in booked} == {SessionStatus.BOOKED}
    assert build_helped_topics(booked, []).of(["a"]) == {}
