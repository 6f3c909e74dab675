"""Each rater counts once, a few raters stay hidden, and few ratings are pulled to the mean of all."""

import pytest

from recommender.ratings import NEUTRAL_RATING, mentor_ratings
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
