"""Weights learnt from what suggestions led to: pairwise logistic regression, monotone, shrunk, tried on later outcomes.

Within one answer, what was asked for is compared with what was passed over. People look at the first places first
whatever stands there: the logarithm of the place is a feature of its own while learning, and is dropped afterwards.
Sources: Joachims, Optimizing search engines using clickthrough data, KDD 2002 (pairs); Richardson, Dominowska and
Ragno, Predicting clicks, WWW 2007 (position as a factor of its own, so that it adds up in a log-linear model).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
from sklearn.linear_model import LogisticRegression

from recommender.outcomes import Choice
from recommender.weights import MentorWeights, TopicWeights

ENOUGH_OUTCOMES = 200  # below it the defaults stay
PRIOR_OUTCOMES = 200  # so many outcomes weigh as much as the defaults
EARLIER = 0.75  # share of the outcomes, by time, to learn from; the rest judges
BEYOND_CHANCE = 1.64  # standard errors: one gain of twenty that is none would pass
_STRENGTH = 1.0  # of scikit-learn's C
_MOST_BIAS = 2.0  # an exponent of places above it would let single choices of last places decide
W = TypeVar("W", TopicWeights, MentorWeights)


@dataclass(frozen=True, slots=True)
class Learnt(Generic[W]):
    """What was learnt, and how it does on later outcomes beside the weights in force.

    Parameters
    ----------
    weights
        The new ones, as shares; the defaults where `missing` is above 0.
    outcomes, missing
        How many there are, and how many are missing to `ENOUGH_OUTCOMES`.
    right, right_now
        Share of later comparisons that the new and the present weights rank right, 0..1; None where not tried.
    error
        Standard error of their difference, over answers.
    """

    weights: W
    outcomes: int
    missing: int
    right: float | None = None
    right_now: float | None = None
    error: float = 0.0

    @property
    def is_better(self) -> bool:
        """Whether later outcomes speak for the new weights beyond chance: only then may they be offered."""
        if self.right is None or self.right_now is None:
            return False
        return self.right - self.right_now > BEYOND_CHANCE * self.error


@dataclass(frozen=True, slots=True, eq=False)
class _Pairs:
    """One row per comparison: features and log places of the better minus those of the other, and what it counts.

    `answers` numbers the answers that the comparisons come from.
    """

    answers: np.ndarray
    features: np.ndarray
    places: np.ndarray
    better_places: np.ndarray
    counts: np.ndarray


def learn_weights(choices: Sequence[Choice], current: W, defaults: W) -> Learnt[W]:
    """Return weights learnt from the earlier outcomes, tried on the later ones; the same for the same input.

    Parameters
    ----------
    current
        Those in force, to compare with.
    defaults
        What is learnt is shrunk towards them: n outcomes count n / (n + 200).
    """
    ordered = sorted(choices, key=lambda choice: choice.at)
    outcomes = sum(int((choice.values > 0).sum()) for choice in ordered)
    if outcomes < ENOUGH_OUTCOMES:
        return Learnt(defaults, outcomes, ENOUGH_OUTCOMES - outcomes)
    names = list(defaults.shares())
    parts = (ordered[: int(len(ordered) * EARLIER)], ordered[int(len(ordered) * EARLIER) :])
    earlier, later = (_pairs(part, names) for part in parts)
    coefficients, bias = _fitted(earlier)
    weights = _shrunk(coefficients, earlier, defaults, sum(int((c.values > 0).sum()) for c in parts[0]))
    return Learnt(weights, outcomes, 0, *_tried(later, weights, current, bias))


def _pairs(choices: Sequence[Choice], names: Sequence[str]) -> _Pairs:
    by_answer = [_compared(choice, names) for choice in choices]
    rows = [row for compared in by_answer for row in compared]
    answers = np.repeat(np.arange(len(by_answer)), [len(compared) for compared in by_answer])
    features = np.array([row[0] for row in rows]).reshape(len(rows), len(names))
    places, better_places, counts = np.array([row[1:] for row in rows]).reshape(len(rows), 3).T
    return _Pairs(answers, features, places, better_places, counts)


def _compared(choice: Choice, names: Sequence[str]) -> list[tuple[np.ndarray, float, float, float]]:
    """Return every comparison of one answer; all of them together count as much as the answer led to."""
    features = np.array([[float(shown.get(name, 0.0)) for name in names] for shown in choice.features])
    places, values = np.log(choice.ranks), choice.values
    better, other = np.nonzero(values[:, None] > values[None, :])
    counts = (values[better] - values[other]) / max(len(better), 1)
    return [
        (features[i] - features[j], places[i] - places[j], places[i], count)
        for i, j, count in zip(better, other, counts, strict=True)
    ]


def _fitted(pairs: _Pairs) -> tuple[np.ndarray, float]:
    """Return coefficients of 0 or more by feature, and how strongly places alone decided (an exponent of 0 or more).

    More of a feature never speaks against a candidate: whatever comes out negative is left out and the rest fitted
    again.
    """
    kept = np.flatnonzero(np.abs(pairs.features).max(axis=0, initial=0) > 0)
    while True:
        fitted = _logistic(np.column_stack([pairs.features[:, kept], pairs.places]), pairs.counts)
        if (fitted[:-1] >= 0).all():
            break
        kept = kept[fitted[:-1] >= 0]
    coefficients = np.zeros(pairs.features.shape[1])
    coefficients[kept] = fitted[:-1]
    return coefficients, float(np.clip(-fitted[-1], 0.0, _MOST_BIAS))


def _logistic(differences: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """Return the coefficients that tell the better from the other; each pair stands in both orders."""
    both = np.vstack([differences, -differences])
    labels = np.repeat([1, 0], len(differences))
    model = LogisticRegression(C=_STRENGTH, fit_intercept=False, max_iter=1000)
    return np.asarray(model.fit(both, labels, sample_weight=np.tile(counts, 2)).coef_[0])


def _shrunk(coefficients: np.ndarray, pairs: _Pairs, defaults: W, outcomes: int) -> W:
    """Return shares between those learnt and the defaults; a feature that never differed keeps its default."""
    usual = np.array(list(defaults.shares().values()))
    varied = np.abs(pairs.features).max(axis=0, initial=0) > 0
    total = coefficients.sum()
    learnt = np.where(varied, coefficients / total * usual[varied].sum(), usual) if total > 0 else usual
    shares = (outcomes * learnt + PRIOR_OUTCOMES * usual) / (outcomes + PRIOR_OUTCOMES)
    return type(defaults)(**dict(zip(defaults.shares(), shares.round(4).tolist(), strict=True)))


def _tried(pairs: _Pairs, new: W, current: W, bias: float) -> tuple[float, float, float]:
    """Return the shares of comparisons that new and current weights rank right, and the error of their difference.

    A choice from place r counts r to the power of the bias: whoever looked that far down tells more. The error is that
    of a ratio of sums over answers, since comparisons within one answer are not independent.
    """
    counts = pairs.counts * np.exp(bias * pairs.better_places)
    right, right_now = (_is_right(pairs, weights) for weights in (new, current))
    shares = [float((each @ counts / counts.sum()).round(9)) for each in (right, right_now)]
    gains = np.bincount(pairs.answers, weights=counts * (right - right_now - (shares[0] - shares[1])))
    return shares[0], shares[1], float(np.sqrt((gains**2).sum()) / counts.sum())


def _is_right(pairs: _Pairs, weights: TopicWeights | MentorWeights) -> np.ndarray:
    """Return 1 for each comparison that the weights rank right, 1/2 for a tie, else 0."""
    margins = (pairs.features @ np.array(list(weights.shares().values()))).round(9)
    return np.asarray((margins > 0) + (margins == 0) / 2)
