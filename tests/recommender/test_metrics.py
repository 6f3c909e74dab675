"""Metrics: arithmetic by hand, edges, and names as task.json writes them."""

import doctest
from math import log2

import numpy as np
import pytest

from domain.errors import InvalidInput
from recommender import metrics
from recommender.metrics import (
    MRR,
    NDCG,
    Accuracy,
    Coverage,
    HitRate,
    Metric,
    Recall,
    RPrecision,
    gini,
    parse_metric,
    spearman,
    top_share,
)

ALL = [MRR(), RPrecision(3), NDCG(3), Recall(3), HitRate(3), Accuracy()]
by_name = pytest.mark.parametrize("metric", ALL, ids=lambda metric: metric.name)


def test_docstring_examples_are_true() -> None:
    failed, tried = doctest.testmod(metrics)
    assert (failed, tried > 0) == (0, True)


def test_ndcg_weighs_grades_by_two_to_the_grade_less_one() -> None:
    got = NDCG(3)(["a", "b", "c"], {"a": 1, "c": 3, "x": 2})
    best = 7 / log2(2) + 3 / log2(3) + 1 / log2(4)
    assert got == pytest.approx((1 / log2(2) + 7 / log2(4)) / best)


def test_ndcg_ends_at_k_for_the_ranking_and_for_the_best_order() -> None:
    relevant = {"a": 1, "b": 1, "c": 1}
    assert NDCG(2)(["x", "a", "b"], relevant) == pytest.approx((1 / log2(3)) / (1 + 1 / log2(3)))


def test_r_precision_divides_by_the_relevant_ones_where_they_are_fewer_than_k() -> None:
    assert RPrecision(5)(["a", "x", "b"], {"a": 1, "b": 1}) == 1.0
    assert RPrecision(1)(["x", "a", "b"], {"a": 1, "b": 1}) == 0.0


def test_recall_divides_by_all_relevant_ones() -> None:
    assert Recall(1)(["a", "b"], {"a": 1, "b": 1}) == 0.5


def test_mrr_looks_at_the_first_hit_only() -> None:
    assert MRR()(["x", "y", "b", "a"], {"a": 1, "b": 1}) == pytest.approx(1 / 3)


def test_coverage_counts_entries_shown_to_anybody() -> None:
    assert Coverage(1, entries=5).over([["a", "b"], ["a", "c"], ["d"]]) == pytest.approx(2 / 5)


@by_name
def test_a_perfect_ranking_is_1(metric: Metric) -> None:
    assert metric(["a", "b", "x"], {"a": 1, "b": 1}) == 1.0


@by_name
@pytest.mark.parametrize(
    ("ranked", "relevant"), [([], {"a": 1}), (["x", "y"], {"a": 1}), (["a"], {}), (["a"], {"a": 0})]
)
def test_nothing_found_or_nothing_to_find_is_0(metric: Metric, ranked: list[str], relevant: dict[str, int]) -> None:
    assert metric(ranked, relevant) == 0.0


@pytest.mark.parametrize("name", ["mrr", "accuracy", "rp@5", "ndcg@10", "recall@20", "hr@1", "coverage@10"])
def test_a_metric_is_found_by_the_name_it_gives(name: str) -> None:
    assert parse_metric(name).name == name


@pytest.mark.parametrize("name", ["map", "ndcg", "ndcg@0", "ndcg@-1", "ndcg@1.5", "mrr@10", "", "NDCG@10"])
def test_an_unknown_metric_is_named_with_the_known_ones(name: str) -> None:
    with pytest.raises(InvalidInput, match=r"metric must be one of mrr, accuracy, rp@K, .*task\.json") as caught:
        parse_metric(name)
    assert caught.value.got == name


def test_spearman_gives_equal_values_their_mean_rank() -> None:
    first, second = np.array([1.0, 2.0, 2.0, 3.0]), np.array([1.0, 2.0, 3.0, 4.0])
    ranks = np.array([1, 2.5, 2.5, 4]) - 2.5
    by_hand = (ranks @ (np.arange(1, 5) - 2.5)) / np.sqrt((ranks @ ranks) * 5)
    assert spearman(first, second) == pytest.approx(by_hand)


def test_spearman_sees_the_order_not_the_size() -> None:
    values = np.array([0.1, 5.0, 2.0, 9.0])
    assert spearman(values, np.exp(values)) == pytest.approx(1.0)
    assert spearman(values, -(values**3)) == pytest.approx(-1.0)


def test_spearman_of_a_side_that_never_varies_is_0() -> None:
    assert spearman(np.ones(4), np.arange(4)) == 0.0


def test_the_shares_of_coverage_have_it_as_their_mean() -> None:
    rankings = [["a", "b"], ["b", "c"], ["b", "a"]]
    shares = Coverage(2, entries=4).shares(rankings)
    assert shares.mean() == pytest.approx(Coverage(2, entries=4).over(rankings))
    # only the second shows something that no other does: the jackknife sees it alone, 2 (1/4 - 1/12) above the rest
    assert shares == pytest.approx([0.75 - 1 / 6, 0.75 + 1 / 3, 0.75 - 1 / 6])


def test_coverage_of_one_ranking_has_no_spread() -> None:
    assert Coverage(2, entries=4).shares([["a", "b", "c"]]).tolist() == [0.5]


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [([], 0), ([0, 0], 0), ([7], 0), ([2, 2, 2], 0), ([0, 0, 0, 8], 3 / 4), ([1, 2, 3], 2 * 14 / 18 - 4 / 3)],
)
def test_gini_runs_from_equal_shares_to_one_who_has_all(amounts: list[int], expected: float) -> None:
    assert gini(amounts) == pytest.approx(expected)
    assert gini([*reversed(amounts)]) == pytest.approx(expected)


def test_the_top_tenth_is_one_at_least() -> None:
    assert top_share([]) == 0
    assert top_share([0, 0]) == 0
    assert top_share([1, 3]) == 3 / 4
    assert top_share([1] * 20) == 2 / 20
