"""Findings: the best baseline metric by metric, what features are worth, how lists spread."""

import numpy as np
import pytest

from recommender.evaluate.find import Lists, Systems, compare, contributions, find, rank_shares, spread
from recommender.evaluate.findings import OURS
from recommender.evaluate.groups import Grouping
from recommender.evaluate.measure import Measured

SHOWN = (("a", "b"), ("a", "c"))


def measured(mrr: tuple[float, ...], hr: tuple[float, ...] = (0.0, 0.0)) -> Measured:
    values = {"mrr": np.array(mrr), "hr@3": np.array(hr)}
    return Measured(("n1", "n2"), values, SHOWN, np.array([1, 0]))


OURS_MEASURED = measured((1.0, 0.5), (1.0, 1.0))
OTHERS = {"words": measured((0.5, 0.5)), "chance": measured((0.0, 0.0), (1.0, 0.0))}


def test_each_metric_is_compared_with_the_baseline_that_is_best_by_it() -> None:
    found = compare(Systems(OURS_MEASURED, OTHERS))
    assert [(one.metric, one.other, one.estimate.value) for one in found.differences] == [
        ("mrr", "words", 0.25),
        ("hr@3", "chance", 0.5),
    ]
    assert found.metrics["mrr"].value == 0.75
    assert found.others["chance"]["hr@3"].value == 0.5


def test_a_variant_is_never_the_best_baseline_and_always_compared() -> None:
    found = compare(Systems(OURS_MEASURED, {"variant": OURS_MEASURED, **OTHERS}, variants=("variant",)))
    assert [(one.metric, one.other, one.estimate.value) for one in found.differences] == [
        ("mrr", "words", 0.25),
        ("mrr", "variant", 0.0),
        ("hr@3", "chance", 0.5),
        ("hr@3", "variant", 0.0),
    ]


def test_without_others_there_is_nothing_to_compare_with() -> None:
    found = compare(Systems(OURS_MEASURED, {}))
    assert (found.others, found.differences) == ({}, ())


def test_a_feature_is_worth_what_is_lost_without_it_most_first() -> None:
    without = {"useless": OURS_MEASURED, "harmful": measured((1.0, 1.0)), "vital": measured((0.0, 0.5))}
    found = contributions(OURS_MEASURED, without)
    assert [(one.feature, one.differences["mrr"].value) for one in found] == [
        ("vital", 0.5),
        ("useless", 0.0),
        ("harmful", -0.25),
    ]
    assert found[1].differences["mrr"].low == found[1].differences["mrr"].high == 0.0


def test_without_features_there_is_no_ablation() -> None:
    assert contributions(OURS_MEASURED, {}) == ()


def test_lists_spread_over_the_candidates_that_people_see() -> None:
    # of a, b, c, d in the first one: a twice, the others never
    first = spread(OURS_MEASURED, Lists(["a", "b", "c", "d"], None, k=1))
    assert (first.k, first.coverage, first.gini, first.diversity) == (1, 0.25, 0.75, None)
    both = spread(OURS_MEASURED, Lists(["a", "b", "c", "d"], np.eye(4)))
    assert both.coverage == 0.75
    assert both.diversity is not None
    assert both.diversity.value == 1.0


@pytest.mark.parametrize(
    ("deepest", "by_hand"),
    [
        (10, {"1": 0.25, "2-3": 0.25, "4-10": 0.0, "not in 10": 0.5}),
        (1000, {"1": 0.25, "2-3": 0.25, "4-10": 0.0, "11-100": 0.0, ">100": 0.0, "none": 0.5}),
    ],
)
def test_first_ranks_in_bands(deepest: int, by_hand: dict[str, float]) -> None:
    assert rank_shares(np.array([1, 3, 0, 0]), deepest) == by_hand


def test_every_need_stands_in_one_band() -> None:
    ranks = np.array([0, 1, 2, 3, 4, 10, 11, 100, 101, 5000])
    assert sum(rank_shares(ranks, 5000).values()) == pytest.approx(1.0)


def test_all_of_it_together() -> None:
    systems = Systems(OURS_MEASURED, OTHERS, {"vital": measured((0.0, 0.5))})
    found = find(systems, Lists(["a", "b", "c"], None), [Grouping("team", ("x", "y"))], deepest=3)
    assert (found.queries, found.leading, list(found.systems)) == (2, "mrr", [OURS, "words", "chance"])
    assert list(found.spreads) == [OURS, "words", "chance"]
    assert found.groups == ()  # two needs are too few to part
    assert [one.feature for one in found.ablation] == ["vital"]
    assert find(systems, None, [], deepest=3).spreads == {}
