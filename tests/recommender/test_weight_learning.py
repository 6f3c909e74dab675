"""Weights learnt from outcomes: people who choose by known weights are found out, places notwithstanding."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from recommender.outcomes import Choice
from recommender.weight_learning import ENOUGH_OUTCOMES, learn_weights
from recommender.weights import MentorWeights, TopicWeights
from tests.builders import NOW

NAMES = list(TopicWeights().shares())
NONE = dict.fromkeys(NAMES, 0.0)
SHOWN, DECIDED = 5, 12.0  # how firmly people choose by the score
TRUE = TopicWeights(**NONE | {"skill_gap": 0.5, "helped_similar": 0.3, "need": 0.15, "progress": 0.05})


def simulated(people: int, true: TopicWeights = TRUE, place_bias: float = 1.0, seed: int = 3) -> list[Choice]:
    """Return answers in the order of the defaults, each chosen from by the true weights and the place."""
    rng = np.random.default_rng(seed)
    wanted, ordering = (np.array(list(weights.shares().values())) for weights in (true, TopicWeights()))
    ranks = np.arange(1, SHOWN + 1, dtype=np.float64)
    choices = []
    for number in range(people):
        features = rng.random((SHOWN, len(NAMES)))
        features = features[np.argsort(-(features @ ordering))]
        chance = np.exp(DECIDED * features @ wanted - place_bias * np.log(ranks))
        values = np.zeros(SHOWN)
        values[rng.choice(SHOWN, p=chance / chance.sum())] = 1.0
        named = tuple(dict(zip(NAMES, row, strict=True)) for row in features.tolist())
        choices.append(Choice(NOW + timedelta(hours=number), named, ranks, values))
    return choices


def ordered(shares: Mapping[str, float]) -> list[str]:
    return sorted(shares, key=lambda name: -shares[name])


def test_the_weights_by_which_people_choose_are_found_in_their_order() -> None:
    learnt = learn_weights(simulated(3000), TopicWeights(), TopicWeights())
    shares = learnt.weights.shares()
    assert ordered(shares)[:3] == ["skill_gap", "helped_similar", "need"]
    assert shares["skill_gap"] == pytest.approx(0.5, abs=0.08)
    assert shares["feedback"] < 0.03
    assert (learnt.outcomes, learnt.missing, learnt.is_better) == (3000, 0, True)
    assert learnt.right is not None
    assert learnt.right_now is not None
    assert learnt.right > learnt.right_now + 0.1


def test_people_who_only_take_the_first_place_teach_less_than_half_of_what_they_seem_to() -> None:
    """The first places hold what the defaults prefer: without the place as a feature that would be learnt as wishes."""
    nothing_wanted = replace(TRUE, skill_gap=1.0, helped_similar=0.0, need=0.0, progress=0.0)
    biased = learn_weights(simulated(3000, nothing_wanted, place_bias=2.0), TopicWeights(), TopicWeights())
    blind = [replace_ranks(choice) for choice in simulated(3000, nothing_wanted, place_bias=2.0)]
    fooled = learn_weights(blind, TopicWeights(), TopicWeights())
    usual = TopicWeights().shares()["need"] * 200 / (2250 + 200)  # what shrinkage alone leaves of the default
    assert biased.weights.shares()["need"] - usual < (fooled.weights.shares()["need"] - usual) / 2


def replace_ranks(choice: Choice) -> Choice:
    return replace(choice, ranks=np.ones(SHOWN))


def test_below_200_outcomes_the_defaults_stay_and_what_is_missing_is_told() -> None:
    learnt = learn_weights(simulated(ENOUGH_OUTCOMES - 1), TRUE, TopicWeights())
    assert (learnt.weights, learnt.outcomes, learnt.missing) == (TopicWeights(), 199, 1)
    assert not learnt.is_better
    assert learn_weights(simulated(ENOUGH_OUTCOMES), TRUE, TopicWeights()).missing == 0
    assert learn_weights([], TRUE, TopicWeights()).missing == 200


def test_no_weight_is_negative_even_where_people_avoid_a_feature() -> None:
    choices = simulated(400)
    avoiding = [
        replace(c, features=tuple({**f, "supply": 1.0 - v} for f, v in zip(c.features, c.values, strict=True)))
        for c in choices
    ]
    shares = learn_weights(avoiding, TopicWeights(), TopicWeights()).weights.shares()
    assert min(shares.values()) >= 0
    assert shares["supply"] == pytest.approx(0.04 * 200 / 500, abs=1e-3)  # of 400 outcomes 300 teach


def test_a_feature_that_never_differed_keeps_its_default() -> None:
    same = [replace(c, features=tuple({**f, "priority": 0.0} for f in c.features)) for c in simulated(400)]
    without = [
        replace(c, features=tuple({n: v for n, v in f.items() if n != "priority"} for f in c.features)) for c in same
    ]
    for choices in (same, without):
        assert learn_weights(choices, TopicWeights(), TopicWeights()).weights.priority == pytest.approx(0.08, abs=1e-3)


def test_few_outcomes_move_the_defaults_less_than_many() -> None:
    def distance(people: int) -> float:
        shares = learn_weights(simulated(people), TopicWeights(), TopicWeights()).weights.shares()
        return sum(abs(shares[name] - value) for name, value in TopicWeights().shares().items())

    assert distance(200) < distance(800) < distance(3000)


def test_weights_that_do_no_better_are_not_offered() -> None:
    assert not learn_weights(simulated(400), TRUE, TopicWeights()).is_better


def test_the_same_outcomes_teach_the_same_in_any_order() -> None:
    choices = simulated(300)
    assert learn_weights(choices, TRUE, TopicWeights()) == learn_weights(choices[::-1], TRUE, TopicWeights())


def test_outcomes_that_never_differ_in_anything_leave_the_defaults() -> None:
    same = [replace(c, features=(c.features[0],) * SHOWN) for c in simulated(300)]
    learnt = learn_weights(same, TopicWeights(), TopicWeights())
    assert learnt.weights.shares() == pytest.approx(TopicWeights().shares(), abs=1e-3)
    assert (learnt.right, learnt.is_better) == (0.5, False)


def test_mentors_are_learnt_by_the_same_means() -> None:
    names, rng, choices = list(MentorWeights().shares()), np.random.default_rng(1), []
    for number in range(400):
        rows = [dict(zip(names, rng.random(len(names)).tolist(), strict=True)) for _ in range(3)]
        values = np.array([row[names[1]] for row in rows])
        chosen = (values == values.max()).astype(float)
        choices.append(Choice(NOW + timedelta(hours=number), tuple(rows), np.arange(1.0, 4.0), chosen))
    learnt = learn_weights(choices, MentorWeights(), MentorWeights())
    assert ordered(learnt.weights.shares())[0] == names[1]
    assert learnt.is_better
