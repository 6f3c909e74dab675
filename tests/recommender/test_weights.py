"""Weights are numbers of 0 or more, and not all 0."""

from math import inf, nan

import pytest

from domain.errors import InvalidInput
from recommender.weights import MentorWeights, SimilarityWeights, TopicWeights


def test_shares_are_weights_over_their_sum() -> None:
    shares = SimilarityWeights(dense=6, words=3, characters=1).shares()
    assert shares == {"dense": 0.6, "words": 0.3, "characters": 0.1, "learnt": 0.0}


@pytest.mark.parametrize("wrong", [-0.1, nan, inf, -inf, 1e308, 10**400])
def test_a_weight_that_is_no_number_of_0_or_more_is_named(wrong: float) -> None:
    with pytest.raises(InvalidInput, match="weight rating must be a number of 0 or more"):
        MentorWeights(rating=wrong)


@pytest.mark.parametrize("wrong", [True, "0.5", None, [1]])
def test_what_is_no_number_is_refused_by_its_name(wrong: object) -> None:
    with pytest.raises(
        InvalidInput, match=r"weight need must be a number of 0 or more, up to a million, got .*\. Give it 0 to leave"
    ):
        TopicWeights.of({"need": wrong})


def test_a_map_from_outside_gives_weights_and_what_it_leaves_out_stays() -> None:
    assert TopicWeights.of({"need": 1, "supply": 0}) == TopicWeights(need=1, supply=0)


def test_an_unknown_weight_or_no_map_at_all_is_refused() -> None:
    with pytest.raises(InvalidInput, match=r"weight must be one of need, .*got luck\. Remove it or correct its name\."):
        TopicWeights.of({"luck": 1})
    with pytest.raises(InvalidInput, match="weights must be a map from feature to number, got list"):
        TopicWeights.of([1, 2])


def test_weights_of_0_alone_are_refused() -> None:
    with pytest.raises(InvalidInput, match="weights must not all be 0"):
        SimilarityWeights(dense=0, words=0, characters=0)


def test_a_typed_need_is_all_that_counts() -> None:
    shares = TopicWeights(need=0, freshness=9).for_typed_need().shares()
    assert {name for name, share in shares.items() if share} == {"need"}


@pytest.mark.parametrize("weights", [TopicWeights(), MentorWeights(), SimilarityWeights()])
def test_the_defaults_sum_to_1(weights: TopicWeights | MentorWeights | SimilarityWeights) -> None:
    assert sum(getattr(weights, name) for name in weights.shares()) == pytest.approx(1)
