"""Reasons name what moved the score, strongest first, three at most, and nothing that did not."""

from hypothesis import given
from hypothesis import strategies as st

from recommender.reasons import reasons_for

NAMES = ["a", "b", "c", "d", "e"]


def said(name: str) -> dict:
    return {name: lambda: f"because {name}"}


ALL = {name: text for each in NAMES for name, text in said(each).items()}
EQUAL = dict.fromkeys(NAMES, 0.2)


def test_the_strongest_come_first_and_three_at_most() -> None:
    features = {"a": 0.3, "b": 0.9, "c": 0.5, "d": 0.7, "e": 0.1}
    reasons = reasons_for(features, dict.fromkeys(NAMES, 0.0), EQUAL, ALL)
    assert [(reason.feature, round(reason.contribution, 9)) for reason in reasons] == [
        ("b", 0.18),
        ("d", 0.14),
        ("c", 0.1),
    ]


def test_ties_come_by_name() -> None:
    reasons = reasons_for({"b": 0.9, "a": 0.9}, {"a": 0.0, "b": 0.0}, {"a": 0.5, "b": 0.5}, ALL)
    assert [reason.feature for reason in reasons] == ["a", "b"]


def test_what_all_candidates_have_is_said_only_where_it_matters_much() -> None:
    """.49 * .2 = .098 is below a tenth and no higher than the average; .5 * .2 = .1 is said."""
    features = {"a": 0.9, "b": 0.49, "c": 0.5}
    average = {"a": 0.1, "b": 0.49, "c": 0.5}
    assert [reason.feature for reason in reasons_for(features, average, EQUAL, ALL)] == ["a", "c"]


def test_a_small_lift_above_the_average_is_said() -> None:
    """.2 * (.30 - .24) = .012 counts, .2 * (.30 - .26) = .008 does not."""
    features = {"a": 0.9, "b": 0.30, "c": 0.30}
    assert [r.feature for r in reasons_for(features, {"a": 0, "b": 0.24, "c": 0.26}, EQUAL, ALL)] == ["a", "b"]


def test_what_is_below_the_average_is_no_reason_however_much_it_weighs() -> None:
    features, average = {"a": 0.9, "b": 0.2}, {"a": 0.95, "b": 0.1}
    assert [r.feature for r in reasons_for(features, average, {"a": 0.5, "b": 0.5}, ALL)] == ["b"]
    assert reasons_for({"a": 0.9}, {"a": 0.95}, {"a": 1.0}, ALL) == ()


def test_a_feature_without_words_makes_room_for_the_next() -> None:
    features = {"a": 0.9, "b": 0.8, "c": 0.7, "d": 0.6}
    say = ALL | {"b": lambda: None}
    assert [r.feature for r in reasons_for(features, dict.fromkeys(NAMES, 0.0), EQUAL, say)] == ["a", "c", "d"]


def test_where_nothing_stands_out_the_strongest_is_said_alone() -> None:
    features = {"a": 0.2, "b": 0.3}
    assert [r.feature for r in reasons_for(features, features, EQUAL, ALL)] == ["b"]


@given(
    st.lists(st.floats(0, 1), min_size=5, max_size=5),
    st.lists(st.floats(0, 1), min_size=5, max_size=5),
    st.integers(0, 4),
)
def test_no_weight_or_no_value_gives_no_reason(values: list[float], average: list[float], silent: int) -> None:
    features, means = dict(zip(NAMES, values, strict=True)), dict(zip(NAMES, average, strict=True))
    name = NAMES[silent]
    without_weight = reasons_for(features, means, EQUAL | {name: 0.0}, ALL)
    without_value = reasons_for(features | {name: 0.0}, means, EQUAL, ALL)
    assert name not in {reason.feature for reason in (*without_weight, *without_value)}
