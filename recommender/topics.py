"""Needs -> topics: rules, score, diversity, reasons."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from domain.errors import InvalidInput
from domain.suggestions import Excluded, NeedKind, Rule, TopicSuggestion
from recommender.diversify import FIT, FIT_TYPED, diversified, topic_likeness
from recommender.eligibility import PASS_REST, REST, last_held, topic_rules
from recommender.exclusion_words import excluded_topic
from recommender.mentors import MentorRanking
from recommender.reasons import reasons_for
from recommender.requests import TopicRequest
from recommender.scoring import averages, best_first, features_at, weighted_scores
from recommender.topic_features import topic_features
from recommender.topic_reasons import TopicReasons
from recommender.topic_space import TopicSpace
from recommender.weeks import zone_of
from recommender.weights import DEFAULT_TOPIC_WEIGHTS, TopicWeights

CONSIDERED_PER_PLACE = 4  # diversity chooses among four times as many topics as are shown: none far below gets in
EXCLUDED_AMONG = 20  # a rule is named for topics that would have been among so many best

_RESTS = {Rule.DONE_LATELY: REST, Rule.PASSED: PASS_REST}


@dataclass(frozen=True, slots=True)
class TopicRanking:
    """Topics to show in their order, and those among the best that a rule removed, best first."""

    suggestions: tuple[TopicSuggestion, ...]
    excluded: tuple[Excluded, ...]


def recommend_topics(
    request: TopicRequest, space: TopicSpace, k: int = 5, weights: TopicWeights = DEFAULT_TOPIC_WEIGHTS
) -> TopicRanking:
    """Return up to `k` topics: the best score first, then each next one by score and by unlikeness to those above.

    Where the person typed a need, the fit to it ranks alone (`TopicWeights.for_typed_need`).

    Raises
    ------
    InvalidInput
        If `k` is below 1.
    """
    if k < 1:
        raise InvalidInput("k", "be at least 1", k)
    shares = _weights_for(request, weights).shares()
    features, rules = topic_features(request, space), topic_rules(request, space.topics)
    scores = weighted_scores(features, shares)
    order = best_first(scores, np.array([topic.id for topic in space.topics], dtype=object))
    shown = _shown(request, space, scores, [row for row in order if rules[row] is None], k)
    average = averages(features)
    suggestions = tuple(
        TopicSuggestion(
            topic_id=space.topics[row].id,
            rank=rank,
            score=float(scores[row]),
            features=features_at(features, row),
            reasons=reasons_for(
                features_at(features, row), average, shares, TopicReasons(request, space, row).by_feature()
            ),
        )
        for rank, row in enumerate(shown, start=1)
    )
    return TopicRanking(suggestions, _excluded(request, space, order, rules))


def first_topics(
    request: TopicRequest, space: TopicSpace, weightings: Sequence[TopicWeights], k: int = 3
) -> list[list[str]]:
    """Return for each of the weights the ids that `recommend_topics` would show, without its words: for comparisons."""
    features, rules = topic_features(request, space), topic_rules(request, space.topics)
    ids = np.array([topic.id for topic in space.topics], dtype=object)
    found = []
    for each in weightings:
        scores = weighted_scores(features, _weights_for(request, each).shares())
        allowed = [row for row in best_first(scores, ids) if rules[row] is None]
        found.append([space.topics[row].id for row in _shown(request, space, scores, allowed, k)])
    return found


def with_mentors(suggestion: TopicSuggestion, ranking: MentorRanking) -> TopicSuggestion:
    """Return the suggestion with the mentors ranked for it."""
    return replace(suggestion, mentors=ranking.suggestions, excluded_mentors=ranking.excluded)


def _shown(request: TopicRequest, space: TopicSpace, scores: np.ndarray, allowed: Sequence[int], k: int) -> list[int]:
    """Return the rows to show in their order, out of those allowed, best first."""
    considered = list(allowed[: k * CONSIDERED_PER_PLACE])
    likeness = topic_likeness([space.topics[row] for row in considered], space.vectors[considered])
    fit = FIT_TYPED if _is_typed(request) else FIT
    return [considered[place] for place in diversified(scores[considered], likeness, k, fit)]


def _weights_for(request: TopicRequest, weights: TopicWeights) -> TopicWeights:
    return weights.for_typed_need() if _is_typed(request) else weights


def _is_typed(request: TopicRequest) -> bool:
    return any(need.need.kind is NeedKind.TYPED for need in request.needs)


def _excluded(
    request: TopicRequest, space: TopicSpace, order: Sequence[int], rules: Sequence[Rule | None]
) -> tuple[Excluded, ...]:
    """Return those among the best that a rule removed, and whatever the person passed on: that can be undone."""
    first = set(order[:EXCLUDED_AMONG])
    named = ((row, rules[row]) for row in order if row in first or rules[row] is Rule.PASSED)
    return tuple(_named(request, space, row, rule) for row, rule in named if rule)


def _named(request: TopicRequest, space: TopicSpace, row: int, rule: Rule) -> Excluded:
    topic, language = space.topics[row], request.language
    rest = _RESTS.get(rule)
    if rest is None:
        return excluded_topic(topic.id, rule, topic.title.get(language), language)
    since = request.passed if rule is Rule.PASSED else last_held(request.sessions)
    start = since[topic.id].astimezone(zone_of(request.person.zone if request.person else "UTC")).date()
    return excluded_topic(topic.id, rule, topic.title.get(language), language, start, start + rest)
