"""The best matching of a cohort: aims in their order, HR's will, ties, and why somebody got nobody."""

from collections.abc import Mapping, Sequence
from itertools import product

import numpy as np
import pytest
from scipy.sparse import csr_array

from domain.cohorts import Unmatched, Why
from domain.errors import InvalidInput
from recommender.matching import Matching, MatchProblem, match_cohort
from recommender.matching.levels import levels_for


def problem(rows: Mapping[str, Mapping[str, float]], places: Mapping[str, int], **wishes: object) -> MatchProblem:
    """Return a problem of {mentee: {mentor: score}} and {mentor: places}."""
    mentees, mentors = list(rows), list(places)
    stored = [
        (mentees.index(mentee), mentors.index(mentor), score)
        for mentee, row in rows.items()
        for mentor, score in row.items()
    ]
    at_rows, at_columns, scores = zip(*stored, strict=True) if stored else ((), (), ())
    table = csr_array((np.array(scores, dtype=np.float64), (at_rows, at_columns)), shape=(len(mentees), len(mentors)))
    return MatchProblem(mentees, mentors, table, np.array(list(places.values()), dtype=np.int64), **wishes)  # type: ignore[arg-type]


def who_with_whom(matching: Matching) -> dict[str, str]:
    return {pair.mentee_id: pair.mentor_id for pair in matching.pairs}


def test_the_total_counts_not_the_first_come() -> None:
    found = match_cohort(problem({"a": {"x": 0.9, "y": 0.8}, "b": {"x": 0.8, "y": 0.2}}, {"x": 1, "y": 1}))
    assert who_with_whom(found) == {"a": "y", "b": "x"}
    assert found.objective == pytest.approx(0.8 + 0.8)
    assert found.is_proven
    assert found.bound == pytest.approx(1.6, abs=1e-4)


def test_one_more_match_outweighs_any_score() -> None:
    found = match_cohort(problem({"a": {"x": 1.0, "y": 0.0}, "b": {"x": 0.2}}, {"x": 1, "y": 1}))
    assert who_with_whom(found) == {"a": "y", "b": "x"}


def test_one_fewer_poor_match_outweighs_any_score() -> None:
    # a-x and b-y are worth 1.0 + 0.1 with b poor; a-y and b-x 0.3 + 0.2 with nobody poor
    rows = {"a": {"x": 1.0, "y": 0.3}, "b": {"x": 0.2, "y": 0.1}}
    assert who_with_whom(match_cohort(problem(rows, {"x": 1, "y": 1}, floor=0.15))) == {"a": "y", "b": "x"}
    assert who_with_whom(match_cohort(problem(rows, {"x": 1, "y": 1}, floor=0.0))) == {"a": "x", "b": "y"}


def test_nobody_stays_with_a_poor_match_while_a_chain_of_exchanges_ends_at_a_free_place() -> None:
    rows = {
        "a": {"w": 0.10, "x": 0.90},
        "b": {"x": 0.90, "y": 0.20},
        "c": {"y": 0.90, "z": 0.20},
    }
    found = match_cohort(problem(rows, {"w": 1, "x": 1, "y": 1, "z": 1}, floor=0.15))
    assert who_with_whom(found) == {"a": "x", "b": "y", "c": "z"}
    assert found.poor == 0


def test_a_mentor_takes_as_many_as_there_are_places() -> None:
    found = match_cohort(problem({name: {"x": 0.5} for name in "abc"}, {"x": 2, "y": 3}))
    assert found.load == {"x": 2, "y": 0}
    assert found.load_gini == pytest.approx(0.5)  # 2 * (1 * 0 + 2 * 2) / (2 * 2) - 3 / 2


def test_equal_scores_go_by_id_whatever_the_order() -> None:
    names, places = ["a", "b", "c"], {"x": 1, "y": 1}
    for mentees in (names, names[::-1]):
        for mentors in (["x", "y"], ["y", "x"]):
            rows = {mentee: dict.fromkeys(mentors, 0.5) for mentee in mentees}
            found = match_cohort(problem(rows, {mentor: places[mentor] for mentor in mentors}))
            assert who_with_whom(found) == {"a": "x", "b": "y"}


def test_a_stored_pair_of_no_score_may_be_matched_and_one_not_stored_may_not() -> None:
    found = match_cohort(problem({"a": {"x": 0.0}, "b": {}}, {"x": 1, "y": 1}))
    assert who_with_whom(found) == {"a": "x"}
    assert found.pairs[0].is_poor


def test_a_pin_is_kept_against_the_better_score_and_takes_a_place() -> None:
    found = match_cohort(problem({"a": {"x": 0.9}, "b": {"x": 0.2}}, {"x": 1}, pins={"b": "x"}))
    assert who_with_whom(found) == {"b": "x"}
    assert found.pairs[0].is_pinned
    assert found.objective == pytest.approx(0.2)
    assert found.unmatched == (Unmatched("a", Why.MENTORS_FULL, ("x",)),)


def test_a_pin_holds_where_no_score_is_stored() -> None:
    found = match_cohort(problem({"a": {"x": 0.9}}, {"x": 1, "y": 1}, pins={"a": "y"}))
    assert [(pair.mentor_id, pair.score, pair.is_poor) for pair in found.pairs] == [("y", 0.0, True)]


def test_a_forbidden_pair_is_not_matched() -> None:
    found = match_cohort(problem({"a": {"x": 0.9, "y": 0.3}}, {"x": 1, "y": 1}, forbids={("a", "x"), ("a", "y")}))
    assert found.unmatched == (Unmatched("a", Why.FORBIDDEN, ()),)
    found = match_cohort(problem({"a": {"x": 0.9, "y": 0.3}}, {"x": 1, "y": 1}, forbids={("a", "x")}))
    assert who_with_whom(found) == {"a": "y"}


def test_everybody_without_a_mentor_is_told_why() -> None:
    rows: dict[str, dict[str, float]] = {"a": {"x": 0.9}, "b": {"x": 0.8}, "c": {}, "d": {"z": 0.7}}
    found = match_cohort(problem(rows, {"x": 1, "z": 0}))
    assert found.unmatched == (
        Unmatched("b", Why.MENTORS_FULL, ("x",)),
        Unmatched("c", Why.NO_CANDIDATE, ()),
        Unmatched("d", Why.NO_PLACES, ("z",)),
    )


@pytest.mark.parametrize("places", [{}, {"x": 0}])
def test_without_mentors_or_places_nobody_is_matched(places: dict[str, int]) -> None:
    found = match_cohort(problem({"a": {}}, places))
    assert (found.pairs, found.objective, found.share_of_bound) == ((), 0.0, 1.0)


def best_by_trying_all(scores: np.ndarray, capacity: Sequence[int], floor: float) -> tuple[int, int, float]:
    """Return (matched, -poor, score) of the best of all matchings; NaN is a pair that may not be."""
    best = (0, 0, 0.0)
    mentors = [*range(scores.shape[1]), -1]
    for chosen in product(mentors, repeat=len(scores)):
        values = [scores[row, mentor] for row, mentor in enumerate(chosen) if mentor >= 0]
        if np.isnan(values).any() or any(chosen.count(j) > places for j, places in enumerate(capacity)):
            continue
        best = max(best, (len(values), -sum(value < floor for value in values), round(sum(values), 6)))
    return best


@pytest.mark.parametrize("seed", range(12))
def test_equals_trying_all(seed: int) -> None:
    random = np.random.default_rng(seed)
    scores = np.where(random.random((5, 4)) < 0.6, random.integers(0, 11, (5, 4)) / 10, np.nan)
    capacity = random.integers(0, 3, 4).tolist()
    rows = {
        f"e{i}": {f"m{j}": float(value) for j, value in enumerate(row) if not np.isnan(value)}
        for i, row in enumerate(scores)
    }
    found = match_cohort(problem(rows, {f"m{j}": places for j, places in enumerate(capacity)}, floor=0.4))
    assert (len(found.pairs), -found.poor, round(found.objective, 6)) == best_by_trying_all(scores, capacity, 0.4)


def test_aims_stay_apart_and_within_64_bits_at_every_size() -> None:
    for mentees, mentors in ((1, 1), (40, 20), (2000, 400), (100_000, 10_000)):
        levels, longest = levels_for(mentees, mentors), min(mentees, mentors) + 1
        assert levels.ties == 1 or levels.step > longest * (levels.ties - 1)
        assert levels.not_poor > longest * 100_000 * levels.step
        assert levels.match > longest * (levels.not_poor + 100_000 * levels.step)
        assert levels.match * (mentees + mentors + 2) < 2**63


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"pins": {"a": "x"}, "forbids": {("a", "x")}}, "pair must not be both pinned and forbidden, got a / x"),
        ({"pins": {"a": "x", "b": "x"}}, "pins on x must be at most the capacity of 1, got 2"),
        ({"pins": {"z": "x"}}, "mentee of a pin or forbid must be a mentee of this cohort, got z"),
        ({"forbids": {("a", "z")}}, "mentor of a pin or forbid must be a mentor of this cohort, got z"),
        ({"floor": 1.5}, "floor must be within 0..1, got 1.5"),
    ],
)
def test_wishes_that_cannot_be_are_refused(wrong: dict[str, object], message: str) -> None:
    with pytest.raises(InvalidInput, match=message):
        problem({"a": {"x": 0.5}, "b": {"x": 0.5}}, {"x": 1}, **wrong)


@pytest.mark.parametrize("score", [float("nan"), -0.1, 1.1, float("inf")])
def test_scores_outside_0_and_1_are_refused(score: float) -> None:
    with pytest.raises(InvalidInput, match="scores must be numbers within"):
        problem({"a": {"x": score}}, {"x": 1})


def test_a_negative_capacity_is_refused() -> None:
    with pytest.raises(InvalidInput, match="capacity must be 0 or more, got -1"):
        problem({"a": {"x": 0.5}}, {"x": -1})


def test_an_id_that_comes_twice_is_refused() -> None:
    with pytest.raises(InvalidInput, match="mentee_ids must name each person once, got a"):
        MatchProblem(["a", "a"], ["x"], csr_array((2, 1)), np.array([1]))
