"""Each rater counts once, a few raters stay hidden, and few ratings are pulled to the mean of all."""

from dataclasses import replace

import pytest

from recommender.ratings import NEUTRAL_RATING, mentor_ratings, topic_outcomes
from tests.builders import a_feedback, a_session

ROWS = {"m1": 0, "m2": 1}


def rated(mentor_id: str, *ratings: int, prefix: str = "p") -> tuple[list, list]:
    """Return one session and one feedback per rating, each by another mentee."""
    ids = [f"{mentor_id}-{prefix}{number}" for number in range(len(ratings))]
    sessions = [a_session(id, mentor_id=mentor_id, mentee_ids=(id,)) for id in ids]
    return sessions, [
        a_feedback(id, session_id=id, author_id=id, rating=rating) for id, rating in zip(ids, ratings, strict=True)
    ]


def test_without_ratings_everyone_is_neutral() -> None:
    ratings = mentor_ratings([], [], ROWS)
    assert ratings.smoothed.tolist() == [NEUTRAL_RATING, NEUTRAL_RATING]
    assert ratings.raters.tolist() == [0, 0]


def test_five_raters_are_pulled_half_way_to_the_mean_of_all() -> None:
    sessions_1, feedback_1 = rated("m1", 5, 5, 5, 5, 5)
    sessions_2, feedback_2 = rated("m2", 2, 2, 2, 2, 2)
    ratings = mentor_ratings(feedback_1 + feedback_2, sessions_1 + sessions_2, ROWS)
    assert ratings.smoothed.tolist() == [(5 * 3.5 + 25) / 10, (5 * 3.5 + 10) / 10]
    assert ratings.means.tolist() == [5, 2]


def test_four_raters_count_as_none() -> None:
    sessions_1, feedback_1 = rated("m1", 5, 5, 5, 5, 5)
    sessions_2, feedback_2 = rated("m2", 1, 1, 1, 1)
    ratings = mentor_ratings(feedback_1 + feedback_2, sessions_1 + sessions_2, ROWS)
    assert ratings.may_be_shown.tolist() == [True, False]
    assert ratings.smoothed[1] == pytest.approx(29 / 9)  # the mean over all nine raters


def test_one_rater_of_many_sessions_counts_once() -> None:
    sessions = [a_session(f"s{number}") for number in range(6)]
    feedback = [a_feedback(f"f{n}", session_id=f"s{n}", rating=rating) for n, rating in enumerate([5, 5, 5, 1, 1, 1])]
    ratings = mentor_ratings(feedback, sessions, ROWS)
    assert ratings.raters.tolist() == [1, 0]
    assert ratings.means[0] == 3


def test_only_mentees_of_the_session_rate() -> None:
    assert mentor_ratings([a_feedback(author_id="m1", rating=5)], [a_session()], ROWS).raters.tolist() == [0, 0]


def rated_on(topic_id: str, raters: str, rating: int) -> tuple[list, list]:
    """Return m1's sessions on a topic and one rating by each of these raters, a letter each."""
    sessions = [a_session(f"{topic_id}-{one}", topic_id=topic_id, mentee_ids=(one,)) for one in raters]
    return sessions, [a_feedback(s.id, session_id=s.id, author_id=s.mentee_ids[0], rating=rating) for s in sessions]


def told(*parts: tuple[list, list]) -> dict[str, list[tuple[float, int]]]:
    sessions, feedback = [s for some, _ in parts for s in some], [f for _, some in parts for f in some]
    outcomes = topic_outcomes(feedback, sessions, ROWS)
    return {topic_id: [(one.rating, one.raters) for one in by_row.values()] for topic_id, by_row in outcomes.items()}


def test_a_topic_is_told_of_from_five_raters() -> None:
    assert told(rated_on("a", "12345", 4)) == {"a": [(4, 5)]}
    assert told(rated_on("a", "1234", 4)) == {}


def test_nobody_is_left_alone_by_subtraction() -> None:
    """Of six raters five rated topic a: what they gave, taken from the mean of six, would be the sixth's rating."""
    assert told(rated_on("a", "12345", 5), rated_on("b", "6", 1)) == {}
    assert told(rated_on("a", "12345", 5), rated_on("b", "67890", 1)) == {"a": [(5, 5)], "b": [(1, 5)]}
    assert told(rated_on("a", "12345", 5), rated_on("b", "67890", 1), rated_on("c", "xy", 3)) == {"a": [(5, 5)]}


def test_levels_gained_are_told_from_five_who_named_both() -> None:
    sessions, words = rated_on("a", "12345", 4)
    assert topic_outcomes(words, sessions, ROWS)["a"][0].lift == 1
    fewer = [replace(words[0], level_after=None), *words[1:]]
    assert topic_outcomes(fewer, sessions, ROWS)["a"][0].lift is None
