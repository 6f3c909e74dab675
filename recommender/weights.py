"""Every weight of the rankings, in one place: HR may tune them, outcomes may learn them."""

from collections.abc import Collection
from dataclasses import asdict, dataclass, replace
from math import isfinite

from domain.errors import InvalidInput


@dataclass(frozen=True, slots=True)
class _Weights:
    """Named weights of 0 or more with a sum above 0; a score is the weighted mean of the features of the same names."""

    def __post_init__(self) -> None:
        for name, weight in asdict(self).items():
            if not isfinite(weight) or weight < 0:
                raise InvalidInput(f"weight {name}", "be a number of 0 or more", weight)
        if sum(asdict(self).values()) <= 0:
            raise InvalidInput("weights", "not all be 0", 0, "Give at least one feature a weight.")

    def shares(self, among: Collection[str] | None = None) -> dict[str, float]:
        """Return the weights divided by their sum, by feature name.

        Parameters
        ----------
        among
            The features that can be had; None means all.
        """
        weights = {name: weight for name, weight in asdict(self).items() if among is None or name in among}
        total = sum(weights.values()) or 1.0
        return {name: weight / total for name, weight in weights.items()}


@dataclass(frozen=True, slots=True)
class TopicWeights(_Weights):
    """How much each feature of a topic counts; features are described in topic_features.py."""

    need: float = 0.45
    skill_gap: float = 0.20
    feedback: float = 0.15
    priority: float = 0.08
    freshness: float = 0.07
    supply: float = 0.05

    def for_typed_need(self) -> "TopicWeights":
        """Return the weights for a need typed now: it alone ranks, the person's other matters stay out of it."""
        return replace(self, need=1.0, skill_gap=0.0, feedback=0.0, priority=0.0, freshness=0.0, supply=0.0)


@dataclass(frozen=True, slots=True)
class MentorWeights(_Weights):
    """How much each feature of a mentor counts; features are described in mentor_features.py."""

    topic_fit: float = 0.35
    experience: float = 0.15
    rating: float = 0.15
    availability: float = 0.15
    capacity: float = 0.08
    language: float = 0.07
    zone: float = 0.05


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
