"""Groups: gaps by hand, nobody to be found by subtraction, no judgement on a handful."""

import numpy as np
import pytest

from recommender.evaluate.groups import (
    FEWEST_TO_JUDGE,
    SMALLEST_GROUP,
    Grouping,
    group_figures,
    split_at_median,
    worst_groups,
)


def labels(**counts: int) -> tuple[str, ...]:
    return tuple(name for name, count in counts.items() for _ in range(count))


def test_the_median_itself_belongs_to_the_lower_half() -> None:
    assert split_at_median("size", [3, 1, 2, 9], "low", "high").labels == ("high", "low", "low", "high")
    assert split_at_median("size", [2, 2, 2], "low", "high").labels == ("low", "low", "low")


def test_gaps_by_hand_worst_first() -> None:
    values = np.array([0.0] * 25 + [1.0] * 75)
    worse, better = group_figures(values, [Grouping("team", labels(a=25, b=75))])
    assert (worse.group, worse.needs, worse.figure.value, worse.gap.value) == ("a", 25, 0.0, pytest.approx(-0.75))
    assert (better.group, better.needs, better.figure.value, better.gap.value) == ("b", 75, 1.0, pytest.approx(0.25))
    assert worse.is_worse
    assert not better.is_worse
    # the mean of all is a share of 100: .75 +- 1.96 sqrt(.75 * .25 / 100) = .085
    assert (worse.gap.low, worse.gap.high) == (pytest.approx(-0.835, abs=0.02), pytest.approx(-0.665, abs=0.02))


def test_a_gap_of_nothing_may_be_luck() -> None:
    values = np.tile([0.0, 1.0], 40)
    for figure in group_figures(values, [Grouping("team", labels(a=40, b=40))]):
        assert figure.gap.value == 0.0
        assert not figure.is_worse


def test_a_handful_is_not_judged_however_bad_it_is() -> None:
    values = np.array([0.0] * 6 + [1.0] * 60)
    worse = group_figures(values, [Grouping("team", labels(a=6, b=60))])[0]
    assert worse.gap.is_below_zero
    assert worse.needs < FEWEST_TO_JUDGE
    assert not worse.is_worse


def test_small_groups_are_put_together() -> None:
    found = group_figures(np.zeros(17), [Grouping("team", labels(a=10, b=3, c=4))])
    assert {(one.group, one.needs) for one in found} == {("a", 10), ("team: others", 7)}


def test_one_small_group_is_put_with_the_next_so_that_subtraction_finds_nobody() -> None:
    found = group_figures(np.zeros(22), [Grouping("team", labels(a=13, b=6, c=3))])
    assert {(one.group, one.needs) for one in found} == {("a", 13), ("team: others", 9)}


@pytest.mark.parametrize("small", range(1, SMALLEST_GROUP))
def test_of_two_groups_neither_is_told_where_one_is_small(small: int) -> None:
    assert group_figures(np.zeros(20), [Grouping("team", labels(a=20 - small, b=small))]) == ()


def test_people_count_not_their_needs() -> None:
    grouping = Grouping("team", labels(a=10, b=10))
    owners = [f"a{row}" for row in range(10)] + ["b1", "b2"] * 5
    assert group_figures(np.zeros(20), [grouping], owners) == ()


def test_the_worst_of_each_grouping_in_the_order_given() -> None:
    values = np.array([0.0] * 10 + [1.0] * 10)
    teams, halves = Grouping("team", labels(a=10, b=10)), Grouping("half", tuple("xy" * 10))
    assert [(one.grouping, one.group) for one in worst_groups(group_figures(values, [teams, halves]))] == [
        ("team", "a"),
        ("half", "x"),
    ]
