"""Priority topics for a whole cohort, each mentee's best few: one by one as for a page, or quickly.

| way | reads of a need | time each, demo catalog |
|---|---|---|
| `exact_topics` | all that a page reads: `recommend_topics` | 63 ms where nothing is remembered |
| `quick_topics` with `ByWords` | the whole need, mean texts instead of each: no windows, no diversity | 6 ms |
| `quick_topics` with `ByVectors` | embeddings of the whole need alone | 2 ms, far less without gaps and sessions |

`python -m benchmarks.cohort_topics` prints how far they agree.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

import numpy as np
from scipy.sparse import csr_array

from domain.suggestions import NeedKind
from recommender.cohort_needs import CohortNeeds
from recommender.eligibility import last_held, topic_rules
from recommender.passages import AGREEING_TEXTS, above_floor, calibrated
from recommender.requests import NeedVectors, TopicRequest
from recommender.scoring import weighted_scores
from recommender.topic_classifier import topic_likelihoods
from recommender.topic_features import topic_features
from recommender.topic_space import TopicSpace
from recommender.topics import recommend_topics
from recommender.weights import DEFAULT_TOPIC_WEIGHTS, TOPIC_SIMILARITY_WEIGHTS, TopicWeights

TOPICS_EACH = 5
_HALF = 0.75  # where both agree best on the demo company
_AT_ONCE = 5_000


def exact_topics(
    requests: Sequence[TopicRequest], space: TopicSpace, weights: TopicWeights = DEFAULT_TOPIC_WEIGHTS
) -> csr_array:
    """Return the scores of each request's priority topics, shape (requests, topics), five stored per row at most."""
    rankings = [recommend_topics(request, space, TOPICS_EACH, weights).suggestions for request in requests]
    rows = np.repeat(np.arange(len(requests)), [len(ranking) for ranking in rankings])
    columns = [space.row_of[suggestion.topic_id] for ranking in rankings for suggestion in ranking]
    scores = [suggestion.score for ranking in rankings for suggestion in ranking]
    shape = (len(requests), len(space.topics))
    return csr_array((np.array(scores, dtype=np.float32), (rows, np.array(columns, dtype=np.int64))), shape=shape)


class Similarities(Protocol):
    """Knows how close the needs of mentees come to topics."""

    def rows(self, low: int, high: int, kind: NeedKind) -> np.ndarray:
        """Return the similarity of the closest need of this kind, weighted, shape (high - low, topics); 0 without."""


class ByWords:
    """Words, characters and the whole need's embedding; nearly as a page reads them."""

    def __init__(self, needs_of: Sequence[Sequence[NeedVectors]], space: TopicSpace) -> None:
        self._needs_of, self._space = needs_of, space

    def rows(self, low: int, high: int, kind: NeedKind) -> np.ndarray:
        return np.array([self._closest(needs, kind) for needs in self._needs_of[low:high]], dtype=np.float32)

    def _closest(self, needs: Sequence[NeedVectors], kind: NeedKind) -> np.ndarray:
        phrases, means = self._space.phrases, self._space.vectors
        found = [
            phrases.quick_similarity(need, means) * min(max(need.need.weight, 0.0), 1.0)
            for need in needs
            if need.need.kind is kind
        ]
        return np.asarray(np.max([np.zeros(len(self._space.topics)), *found], axis=0))


class ByVectors:
    """Embeddings alone, all mentees in one product: for very many."""

    def __init__(self, needs: CohortNeeds, space: TopicSpace) -> None:
        self._needs, self._space = needs, space

    def rows(self, low: int, high: int, kind: NeedKind) -> np.ndarray:
        needs = self._needs.of(low, high, kind)
        best = np.zeros((high - low, len(self._space.topics)), dtype=np.float32)
        if len(needs.vectors):
            np.maximum.at(best, needs.owners, self._similarity(needs.vectors) * needs.weights[:, None])
        return best

    def _similarity(self, vectors: np.ndarray) -> np.ndarray:
        fused = above_floor(vectors @ self._space.vectors.T)
        classifier = self._space.phrases.classifier
        if classifier is not None:
            shares = TOPIC_SIMILARITY_WEIGHTS.shares(("dense", "learnt"))
            fused *= shares["dense"]
            fused += shares["learnt"] * topic_likelihoods(classifier, vectors)
        return calibrated(fused, _HALF, AGREEING_TEXTS.steepness)


def quick_topics(
    requests: Sequence[TopicRequest],
    similarities: Similarities,
    space: TopicSpace,
    weights: TopicWeights = DEFAULT_TOPIC_WEIGHTS,
) -> csr_array:
    """Return about the same for many: goals and feedback by these similarities, all else as the features of topics say.

    What does not depend on needs is worked out once for all with the same gaps, sessions and mentors to choose from.
    """
    shares = weights.shares()
    backgrounds: dict[object, np.ndarray] = {}
    places = []
    for request in requests:
        key = _background(request)
        if key not in backgrounds:
            backgrounds[key] = _without_needs(request, space, shares)
        places.append(backgrounds[key])
    kinds = {"need": NeedKind.GOAL, "feedback": NeedKind.FEEDBACK}
    found = []
    for low in range(0, len(requests), _AT_ONCE):
        high = min(low + _AT_ONCE, len(requests))
        scores = np.array(places[low:high], dtype=np.float32)
        for feature, kind in kinds.items():
            scores += np.float32(shares[feature]) * similarities.rows(low, high, kind)
        found.append(_best_of_rows(scores))
    columns, values = (np.concatenate(parts) for parts in zip(*found, strict=True))
    return _stored(columns, values, (len(requests), len(space.topics)))


def _background(request: TopicRequest) -> object:
    """Return what the scores without needs depend on; counts of mentors are the same where they are one object."""
    sessions = tuple((session.topic_id, session.status) for session in request.sessions)
    words = tuple(word.id for word in request.own_feedback)
    counted = id(request.supply), id(request.free_soon)
    return tuple(request.gaps), tuple(sorted(last_held(request.sessions).items())), sessions, words, counted


def _without_needs(request: TopicRequest, space: TopicSpace, shares: dict[str, float]) -> np.ndarray:
    """Return the score of every topic but for its needs, -inf where a rule removes it."""
    bare = replace(request, needs=())
    scores = weighted_scores(topic_features(bare, space), shares)
    return np.where([rule is None for rule in topic_rules(bare, space.topics)], scores, -np.inf)


def _best_of_rows(scores: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    k = min(TOPICS_EACH, scores.shape[1])
    columns = np.sort(np.argsort(-scores, axis=1, kind="stable")[:, :k], axis=1)
    return columns, np.take_along_axis(scores, columns, axis=1)


def _stored(columns: np.ndarray, values: np.ndarray, shape: tuple[int, int]) -> csr_array:
    is_allowed = np.isfinite(values)
    bounds = np.concatenate([[0], np.cumsum(is_allowed.sum(axis=1))])
    return csr_array((values[is_allowed], columns[is_allowed], bounds), shape=shape)
