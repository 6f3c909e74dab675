"""Weights are numbers of 0 or more, and not all 0."""

from math import inf, nan

import pytest

from domain.errors import InvalidInput
from recommender.weights import MentorWeights, SimilarityWeights, TopicWeights


def test_shares_are_weights_over_their_sum() -> None:
    shares = SimilarityWeights(dense=6, words=3, characters=1).shares()
    assert shares == {"dense": 0.6, "words": 0.3, "characters": 0.1, "learnt": 0.0}


@pytest.mark.parametrize("wrong", [-0.1, nan, inf, -inf])
def test_a_weight_that_is_no_number_of_0_or_more_is_named(wrong: float) -> None:
    with pytest.raises(InvalidInput, match="weight rating must be a number of 0 or more"):
        MentorWeights(rating=wrong)


def test_weights_of_0_alone_are_refused() -> None:
    with pytest.raises(InvalidInput, match="weights must not all be 0"):
        SimilarityWeights(dense=0, words=0, characters=0)


def test_a_typed_need_is_all_that_counts() -> None:
    shares = TopicWeights(need=0, freshness=9).for_typed_need().shares()
    assert {name for name, share in shares.items() if share} == {"need"}


@pytest.mark.parametrize("weights", [TopicWeights(), MentorWeights(), SimilarityWeights()])
def test_the_defaults_sum_to_1(weights: TopicWeights | MentorWeights | SimilarityWeights) -> None:
    assert sum(getattr(weights, name) for name in weights.shares()) == pytest.approx(1)
