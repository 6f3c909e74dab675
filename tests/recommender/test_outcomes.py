"""What suggestions led to: the latest answer within 14 days that showed the topic, and how the session went."""

from datetime import timedelta
from typing import Any

import pytest

from domain.feedback import Feedback
from domain.sessions import MentoringSession, SessionStatus
from domain.suggestions import MentorSuggestion, SuggestionSet, TopicSuggestion
from recommender.outcomes import Choice, mentor_choices, topic_choices
from tests.builders import NOW, a_feedback, a_session, a_suggestion_set


def a_mentor(id: str, rank: int) -> MentorSuggestion:
    return MentorSuggestion(id, rank, 0.5, {"rating": rank / 10}, (), None)


def shown(id: str = "q1", days_ago: int = 1, topics: str = "abc", **changes: Any) -> SuggestionSet:
    """Return an answer with these topics, `need` falling from .9 on, each with mentors m1 and m2."""
    suggested = tuple(
        TopicSuggestion(topic, rank, 0.5, {"need": 1 - rank / 10}, (), (a_mentor("m1", 1), a_mentor("m2", 2)))
        for rank, topic in enumerate(topics, start=1)
    )
    made = {"topics": suggested, "need": "", "asked_at": NOW - timedelta(days=days_ago)} | changes
    return a_suggestion_set(id, **made)


def asked_for(topic: str = "b", **changes: Any) -> MentoringSession:
    return a_session(topic_id=topic, **changes)


def rated(rating: int) -> tuple[MentoringSession, list[Feedback]]:
    return asked_for(status=SessionStatus.HELD), [a_feedback(rating=rating)]


def values(choices: list[Choice]) -> list[list[float]]:
    return [choice.values.tolist() for choice in choices]


def test_a_request_within_14_days_is_an_outcome() -> None:
    [choice] = topic_choices([shown(days_ago=14)], [asked_for()], [])
    assert choice.values.tolist() == [0, 1, 0]
    assert choice.ranks.tolist() == [1, 2, 3]
    assert [row["need"] for row in choice.features] == pytest.approx([0.9, 0.8, 0.7])
    assert choice.at == NOW - timedelta(days=14)


@pytest.mark.parametrize(
    ("answer", "session"),
    [
        (shown(days_ago=15), asked_for()),
        (shown(days_ago=-1), asked_for()),
        (shown(), asked_for("z")),
        (shown(), asked_for(mentee_ids=("p2",))),
        (shown(need="typed"), asked_for()),
        (shown(topics="b"), asked_for()),
    ],
)
def test_what_is_no_outcome(answer: SuggestionSet, session: MentoringSession) -> None:
    """Too late, before it was shown, another topic, another person, a typed need, nothing to choose from."""
    assert topic_choices([answer], [session], []) == []


@pytest.mark.parametrize(("rating", "value"), [(5, 2), (4, 1.5), (3, 1), (2, 0.5)])
def test_a_session_held_counts_by_its_rating(rating: int, value: float) -> None:
    session, words = rated(rating)
    assert values(topic_choices([shown()], [session], words)) == [[0, value, 0]]


def test_the_worst_rating_makes_it_no_outcome_and_a_rating_of_others_counts_for_nobody() -> None:
    session, words = rated(1)
    assert topic_choices([shown()], [session], words) == []
    session, words = asked_for(status=SessionStatus.HELD), [a_feedback(author_id="m1", rating=5)]
    assert values(topic_choices([shown()], [session], words)) == [[0, 1, 0]]


def test_one_request_counts_for_the_latest_answer_that_showed_its_topic() -> None:
    answers = [shown("q3", 1, "xy"), shown("q1", 9), shown("q2", 5)]
    [choice] = topic_choices(answers, [asked_for()], [])
    assert choice.at == NOW - timedelta(days=5)


def test_two_requests_from_one_answer_are_two_outcomes_in_one_list() -> None:
    sessions = [asked_for("a", id="s1"), asked_for("c", id="s2")]
    assert values(topic_choices([shown()], sessions, [])) == [[1, 0, 1]]


def test_mentors_are_chosen_within_their_topic_for_a_typed_need_too() -> None:
    [choice] = mentor_choices([shown(need="typed")], [asked_for("b", mentor_id="m2")], [])
    assert choice.values.tolist() == [0, 1]
    assert [row["rating"] for row in choice.features] == pytest.approx([0.1, 0.2])
    assert mentor_choices([shown()], [asked_for("b", mentor_id="m9")], []) == []
