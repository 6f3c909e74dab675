"""Every weight of the rankings, in one place: HR may tune them, outcomes may learn them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from typing import Self

from domain.errors import InvalidInput

_MOST = 1_000_000  # sums stay finite
_ACTION = "Give it 0 to leave the feature out, or more to let it count."


@dataclass(frozen=True, slots=True)
class _Weights:
    """Named weights of 0 or more with a sum above 0; a score is the weighted mean of the features of the same names."""

    def __post_init__(self) -> None:
        for name, weight in self.by_name().items():
            if not _is_number(weight) or not 0 <= weight <= _MOST:  # which no comparison with NaN is
                raise InvalidInput(f"weight {name}", "be a number of 0 or more, up to a million", weight, _ACTION)
        if sum(self.by_name().values()) <= 0:
            raise InvalidInput("weights", "not all be 0", 0, "Give at least one feature a weight.")

    def by_name(self) -> dict[str, float]:
        """Return the weights by feature name; `asdict` takes ten times as long, and every ranking asks."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def shares(self, among: Collection[str] | None = None) -> dict[str, float]:
        """Return the weights divided by their sum, by feature name.

        Parameters
        ----------
        among
            The features that can be had; None means all.
        """
        weights = {name: weight for name, weight in self.by_name().items() if among is None or name in among}
        total = sum(weights.values()) or 1.0
        return {name: weight / total for name, weight in weights.items()}

    @classmethod
    def of(cls, values: object) -> Self:
        """Return the weights that a map from outside holds; a feature left out keeps its default.

        Raises
        ------
        InvalidInput
            If it is no map, or a weight has an unknown name, is no number, not finite, negative, or all are 0.
        """
        if not isinstance(values, Mapping):
            raise InvalidInput("weights", "be a map from feature to number", type(values).__name__)
        known = [field.name for field in fields(cls)]
        for name in values:
            if name not in known:
                raise InvalidInput("weight", f"be one of {', '.join(known)}", name, "Remove it or correct its name.")
        return cls(**values)


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


@dataclass(frozen=True, slots=True)
class TopicWeights(_Weights):
    """How much each feature of a topic counts; features are described in topic_features.py.

    The person's own words (need, skill_gap, feedback) hold two thirds of it, what the company knows the rest. All are
    multiples of 0.04, a tenth of the largest: HR sets them in ten steps.
    """

    need: float = 0.40
    skill_gap: float = 0.16
    feedback: float = 0.12
    priority: float = 0.08
    helped_similar: float = 0.08
    progress: float = 0.04
    freshness: float = 0.04
    supply: float = 0.04
    exploration: float = 0.04

    def for_typed_need(self) -> "TopicWeights":
        """Return the weights for a need typed now: it alone ranks, the person's other matters stay out of it."""
        return TopicWeights(**dict.fromkeys(self.by_name(), 0.0) | {"need": 1.0})


@dataclass(frozen=True, slots=True)
class MentorWeights(_Weights):
    """How much each feature of a mentor counts; features are described in mentor_features.py.

    What is known of the topic itself leads: words, sessions, ratings. `rating` and `topic_rating` are two halves of one
    weight: where too few have rated the sessions on a topic both say the same. `topic_fit` is so large because a
    biography alone fills five sixths of it. `load` spreads requests a little; it does not change who stands first where
    few mentors offer a topic, and larger weights do not either (benchmarks/exposure.py).
    """

    topic_fit: float = 0.315
    skill: float = 0.04
    experience: float = 0.1125
    rating: float = 0.06
    topic_rating: float = 0.0525
    growth: float = 0.03
    availability: float = 0.1125
    capacity_week: float = 0.03
    capacity_month: float = 0.03
    load: float = 0.08
    reply: float = 0.03
    language: float = 0.0525
    zone: float = 0.0375
    format: float = 0.0175


@dataclass(frozen=True, slots=True)
class SimilarityWeights(_Weights):
    """How a need's similarity is fused; what cannot be had, as without embeddings, leaves its share to the others.

    `dense` is the nearest texts, `learnt` the classifier of topics.
    """

    dense: float = 0.70
    words: float = 0.15
    characters: float = 0.15
    learnt: float = 0.0


DEFAULT_TOPIC_WEIGHTS = TopicWeights()
DEFAULT_MENTOR_WEIGHTS = MentorWeights()
DEFAULT_SIMILARITY_WEIGHTS = SimilarityWeights()
# Topics have some fifty texts each: their words and characters say more than those of a short biography.
TOPIC_SIMILARITY_WEIGHTS = SimilarityWeights(dense=0.11, words=0.14, characters=0.57, learnt=0.18)
