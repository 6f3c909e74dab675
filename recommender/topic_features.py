"""What speaks for a topic: named features of 0..1, one array over all topics each.

| feature | 0 | 1 | read from |
|---|---|---|---|
| need | unlike every goal or typed need | says the same | `Passages.similarity`, best need, times its weight |
| feedback | unlike all that feedback left open | says the same | the same, over needs of kind FEEDBACK |
| skill_gap | builds no skill that is missing | a gap of four levels | gaps towards the target role, `Topic.skill_ids` |
| priority | none | HR's highest | `Topic.priority` |
| supply | no mentor (or not counted) | very many mentors | `TopicRequest.supply` |
| freshness | talked about today | never, or half a year ago | sessions held |
"""

from collections.abc import Sequence

import numpy as np

from domain.people import MAX_LEVEL, SkillGap
from domain.suggestions import NeedKind
from recommender.eligibility import last_held
from recommender.passages import Passages
from recommender.requests import NeedVectors, TopicRequest
from recommender.scoring import Features
from recommender.topic_space import TopicSpace

FRESH_DAYS = 180
SUPPLY_HALF = 2  # so many mentors give half of the feature
ASKING = frozenset({NeedKind.TYPED, NeedKind.GOAL})
LEFT_OPEN = frozenset({NeedKind.FEEDBACK})


def topic_features(request: TopicRequest, space: TopicSpace) -> Features:
    """Return every feature by name, each of shape (number of topics,)."""
    return {
        "need": best_similarity(of_kind(request, ASKING), space.phrases, len(space.topics)),
        "feedback": best_similarity(of_kind(request, LEFT_OPEN), space.phrases, len(space.topics)),
        "skill_gap": _skill_gap(request, space),
        "priority": np.array([topic.priority for topic in space.topics], dtype=np.float64).clip(0, 1),
        "supply": _supply(request, space),
        "freshness": _freshness(request, space),
    }


def of_kind(request: TopicRequest, kinds: frozenset[NeedKind]) -> list[NeedVectors]:
    """Return the needs of these kinds, in the order given."""
    return [need for need in request.needs if need.need.kind in kinds]


def best_similarity(needs: Sequence[NeedVectors], passages: Passages, owner_count: int) -> np.ndarray:
    """Return for each owner the similarity of the need that comes closest, weighted by the need; 0 without needs."""
    weighted = [weighted_similarity(need, passages) for need in needs]
    return np.asarray(np.max([np.zeros(owner_count), *weighted], axis=0))


def weighted_similarity(need: NeedVectors, passages: Passages) -> np.ndarray:
    """Return the similarity to every owner times the weight of the need, which counts up to 1."""
    return np.asarray(passages.similarity(need) * min(max(need.need.weight, 0.0), 1.0))


def built_gaps(gaps: Sequence[SkillGap], skill_ids: Sequence[str]) -> list[SkillGap]:
    """Return the gaps that a topic with these skills builds, largest first, ties by skill id."""
    return sorted((gap for gap in gaps if gap.skill_id in skill_ids), key=lambda gap: (-gap.size, gap.skill_id))


def _skill_gap(request: TopicRequest, space: TopicSpace) -> np.ndarray:
    """Return 1 - product of (1 - size / 4) over the gaps that a topic builds: each further gap adds less."""
    left = {gap.skill_id: 1 - gap.size / MAX_LEVEL for gap in request.gaps}
    remaining = [np.prod([left.get(skill_id, 1.0) for skill_id in set(topic.skill_ids)]) for topic in space.topics]
    return 1 - np.array(remaining, dtype=np.float64)


def _supply(request: TopicRequest, space: TopicSpace) -> np.ndarray:
    """Return n / (n + 2) for n mentors: the first ones matter most."""
    counts = np.array([(request.supply or {}).get(topic.id, 0) for topic in space.topics], dtype=np.float64)
    return np.asarray(counts / (counts + SUPPLY_HALF))


def _freshness(request: TopicRequest, space: TopicSpace) -> np.ndarray:
    held = last_held(request.sessions)
    fresh = np.ones(len(space.topics))
    for topic_id, at in held.items():
        if topic_id in space.row_of:
            fresh[space.row_of[topic_id]] = min(max((request.now - at).days / FRESH_DAYS, 0.0), 1.0)
    return fresh
