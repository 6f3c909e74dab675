"""Habits by hand: what is asked for often, and what goes together."""

import pytest

from recommender.evaluate.habits import Habits

HABITS = Habits("abcd", [("p", "a"), ("p", "b"), ("q", "a"), ("q", "a"), ("q", "c"), ("r", "gone")])


def test_popularity_counts_each_time_that_somebody_asked() -> None:
    assert HABITS.popularity.tolist() == [3, 1, 1, 0]
    assert [HABITS.times(key) for key in ("a", "d", "gone")] == [3, 0, 0]


def test_together_sums_the_cosines_of_those_who_asked() -> None:
    # takers: a by p and q, b by p, c by q. cosines: a-b 1 / sqrt(2), a-c 1 / sqrt(2), b-c 0
    half = 2**-0.5
    assert HABITS.together("p") == pytest.approx([1 + half, half + 1, half, 0])


def test_of_a_stranger_nothing_is_known() -> None:
    assert HABITS.together("stranger").tolist() == [0, 0, 0, 0]


def test_nobody_has_asked_yet() -> None:
    assert Habits("ab", []).popularity.tolist() == [0, 0]
    assert Habits("ab", []).together("p").tolist() == [0, 0]
