"""From scores to figures: ties by id, what is excluded stays out, only judged needs count."""

import numpy as np
import pytest

from recommender.evaluate.measure import measure, measure_rankings
from recommender.evaluate.tasks import AskedNeed, Entry, GapNeed, SkillGapTask, TopicsTask
from recommender.metrics import parse_metric

ENTRIES = tuple(Entry(key, key, "") for key in ("c", "a", "b"))


def topics(*needs: str) -> TopicsTask:
    return TopicsTask(ENTRIES, tuple(AskedNeed(need, need) for need in needs))


def test_figures_are_means_over_needs() -> None:
    scores = np.array([[0.1, 0.9, 0.5], [0.9, 0.1, 0.5]])
    got = measure(topics("n1", "n2"), scores, {"n1": {"a": 1}, "n2": {"a": 1}}, [parse_metric("mrr")])
    assert got == {"mrr": pytest.approx((1 / 1 + 1 / 3) / 2)}


def test_ties_go_by_id_whatever_the_order_of_the_entries() -> None:
    got = measure(topics("n"), np.zeros((1, 3)), {"n": {"c": 1}}, [parse_metric("mrr")])
    assert got == {"mrr": pytest.approx(1 / 3)}


def test_a_need_that_nobody_judged_does_not_count() -> None:
    scores = np.array([[0.9, 0.0, 0.0], [0.9, 0.0, 0.0]])
    got = measure(topics("judged", "not"), scores, {"judged": {"c": 1}}, [parse_metric("accuracy")])
    assert got == {"accuracy": 1.0}


def test_what_a_person_holds_is_left_out() -> None:
    task = SkillGapTask(ENTRIES, (), (GapNeed("n", "role", frozenset({"c", "gone"})),))
    got = measure(task, np.array([[0.9, 0.5, 0.1]]), {"n": {"a": 1}}, [parse_metric("mrr")])
    assert got == {"mrr": 1.0}


def test_coverage_is_a_figure_of_all_rankings_at_once() -> None:
    scores = np.array([[0.9, 0.1, 0.0], [0.9, 0.0, 0.1]])
    relevant = {"n1": {"a": 1}, "n2": {"a": 1}}
    got = measure(topics("n1", "n2"), scores, relevant, [parse_metric("coverage@2", entries=3)])
    assert got == {"coverage@2": 1.0}


def test_need_by_need_the_worth_what_is_shown_and_the_first_right_rank() -> None:
    rankings = {"n1": ["c", "a"], "n2": ["b"]}
    got = measure_rankings(rankings, {"n1": {"a": 1}, "n2": {"z": 1}}, [parse_metric("mrr"), parse_metric("hr@1")])
    assert {name: values.tolist() for name, values in got.values.items()} == {"mrr": [0.5, 0.0], "hr@1": [0.0, 0.0]}
    assert got.shown == (("c", "a"), ("b",))
    assert got.first_ranks.tolist() == [2, 0]
    assert got.figures == {"mrr": 0.25, "hr@1": 0.0}
