"""Evaluations as lines: "0.423 (.38-.47)", aligned, with a verdict on luck."""

import json

import pytest

from commands.evaluation_json import as_json
from commands.evaluation_text import MADE_UP, aligned, as_text, figure, signed, verdict
from recommender.evaluate.bootstrap import Estimate
from tests.evaluations import a_history, an_evaluation, some_findings


@pytest.mark.parametrize(
    ("estimate", "text"),
    [
        (Estimate(0.4231, 0.381, 0.466), "0.423 (.38-.47)"),
        (Estimate(1.0, 0.997, 1.0), "1.000 (1.00-1.00)"),
        (Estimate(0.0, 0.0, 0.0), "0.000 (.00-.00)"),
    ],
)
def test_a_figure_with_its_bounds(estimate: Estimate, text: str) -> None:
    assert figure(estimate) == text


def test_a_difference_has_signs_and_a_verdict() -> None:
    sure, luck, worse = Estimate(0.05, 0.01, 0.09), Estimate(-0.05, -0.1, 0.02), Estimate(-0.2, -0.3, -0.1)
    assert [signed(one) for one in (sure, luck)] == ["+0.050 (+.01 to +.09)", "-0.050 (-.10 to +.02)"]
    assert [verdict(one) for one in (sure, luck, worse)] == [
        "more than luck",
        "may be luck",
        "worse, and not by bad luck",
    ]


def test_rows_stand_in_columns() -> None:
    lines = aligned(["mrr", "a long head"], {"x": ["1", "2"], "longer": ["0.5 (.4-.6)", "3"]})
    assert lines == [
        "                mrr  a long head",
        "x                 1            2",
        "longer  0.5 (.4-.6)            3",
    ]


def test_a_benchmark_tells_figures_differences_spread_groups_and_features() -> None:
    text = as_text(an_evaluation())
    assert text.startswith("needs-tech (topics, dev): 80 queries, 1.2 s\n")
    assert "mrr: halfhour - bm25 = +0." in text
    assert "Beside accuracy, over the first 10 of each list" in text
    assert "Worst groups by mrr" in text
    assert "What each feature adds to mrr" in text
    assert "So few needs" not in text


def test_what_was_not_measured_is_not_told() -> None:
    text = as_text(an_evaluation(some_findings(features=())))
    assert "feature" not in text


def test_a_made_up_past_says_so_before_any_figure() -> None:
    made_up, lived = as_text(a_history(is_made_up=True, left_out=3)), as_text(a_history())
    assert made_up.index(MADE_UP) < made_up.index("mrr")
    assert "3 sessions were left out" in made_up
    assert MADE_UP not in lived
    assert "left out" not in lived
    assert lived.startswith("Own history: 70 sessions of 33 people from 2026-01-01 to 2026-03-01, 2.5 s\n")
    assert lived.index("Topics: 80 wishes") < lived.index("Mentors for the topic asked for: 80 wishes")


def test_json_of_a_past_has_the_keys_of_a_benchmark_twice() -> None:
    found = json.loads(json.dumps(as_json(a_history(is_made_up=True))))
    assert found["made_up"] is True
    assert list(found["topics"]) == ["queries", "metrics", "baselines", "intervals", "beside", "ablation"]
    assert list(found["mentors"]) == ["queries", "metrics", "baselines", "intervals", "beside"]


def test_json_bounds_belong_to_their_figures() -> None:
    found = as_json(an_evaluation())
    low, high = found["intervals"]["metrics"]["mrr"]
    assert low <= found["metrics"]["mrr"] <= high
    assert set(found["intervals"]["baselines"]) == set(found["baselines"])
    first = found["intervals"]["differences"][0]
    assert (first["metric"], first["baseline"]) == ("mrr", "bm25")
    assert first["value"] == pytest.approx(found["metrics"]["mrr"] - found["baselines"]["bm25"]["mrr"])
    assert found["beside"]["spread"]["halfhour"]["coverage@10"] == 1.0
    assert sum(found["beside"]["first_ranks"].values()) == pytest.approx(1.0)
