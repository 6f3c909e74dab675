"""What speaks for a topic: named features of 0..1, one array over all topics each.

| feature | 0 | 1 | read from |
|---|---|---|---|
| need | unlike every goal or typed need | says the same | `Passages.similarity`, best need, times its weight |
| feedback | unlike all that feedback left open | says the same | the same, over needs of kind FEEDBACK |
| skill_gap | answers no skill that is missing | a gap of four levels | gaps towards the role wanted, `topic_gaps.py` |
| priority | none | HR's highest | `TopicRequest.priorities`, else `Topic.priority` |
| helped_similar | helped nobody alike | helped all of them | sessions of five or more others, `helped.py` |
| progress | level 4 reached | begun and left open | own feedback, `topic_history.py`; 1/2 where not begun |
| freshness | talked about today | never, or half a year ago | own sessions held, `topic_history.py` |
| supply | no mentor (or not counted) | very many mentors | mentors with time within a week, `supply.py` |
| exploration | suggested countless times | never suggested to anybody | `TopicRequest.shown` |
"""

from collections.abc import Sequence

import numpy as np

from domain.suggestions import NeedKind
from domain.topics import Topic
from recommender.eligibility import last_held
from recommender.passages import Passages
from recommender.requests import NeedVectors, TopicRequest
from recommender.scoring import Features
from recommender.topic_gaps import closed_by_skills, gaps_by_name
from recommender.topic_history import freshness, progress
from recommender.topic_space import TopicSpace

SUPPLY_HALF = 2  # so many mentors give half of the feature
ASKING = frozenset({NeedKind.TYPED, NeedKind.GOAL})
LEFT_OPEN = frozenset({NeedKind.FEEDBACK})


def topic_features(request: TopicRequest, space: TopicSpace) -> Features:
    """Return every feature by name, each of shape (number of topics,)."""
    topics, ids = space.topics, [topic.id for topic in space.topics]
    return {
        "need": best_similarity(of_kind(request, ASKING), space.phrases, len(topics)),
        "feedback": best_similarity(of_kind(request, LEFT_OPEN), space.phrases, len(topics)),
        "skill_gap": _skill_gap(request, space),
        "priority": np.array([priority_of(request, topic) for topic in topics], dtype=np.float64).clip(0, 1),
        "helped_similar": _helped_similar(request, ids),
        "progress": progress(request, ids),
        "freshness": freshness(request, ids),
        "supply": _supply(request, ids),
        "exploration": _exploration(request, ids),
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


def priority_of(request: TopicRequest, topic: Topic) -> float:
    """Return HR's priority of the topic in this programme."""
    return request.priorities.get(topic.id, topic.priority)


def free_mentors(request: TopicRequest) -> dict[str, int]:
    """Return by topic id how many mentors count as supply; nothing where they were not counted."""
    return dict(request.supply or {}) if request.free_soon is None else dict(request.free_soon)


def _skill_gap(request: TopicRequest, space: TopicSpace) -> np.ndarray:
    if not request.gaps and not of_kind(request, frozenset({NeedKind.SKILL_GAP})):
        return np.zeros(len(space.topics))
    by_name = best_similarity(gaps_by_name(request, space.topics), space.phrases, len(space.topics))
    return np.asarray(1 - (1 - closed_by_skills(request.gaps, space.topics)) * (1 - by_name))


def _helped_similar(request: TopicRequest, ids: Sequence[str]) -> np.ndarray:
    found = request.helped.of(sorted(last_held(request.sessions))) if request.helped else {}
    return np.array([found.get(topic_id, 0.0) for topic_id in ids], dtype=np.float64)


def _supply(request: TopicRequest, ids: Sequence[str]) -> np.ndarray:
    """Return n / (n + 2) for n mentors: the first ones matter most."""
    mentors = free_mentors(request)
    counts = np.array([mentors.get(topic_id, 0) for topic_id in ids], dtype=np.float64)
    return np.asarray(counts / (counts + SUPPLY_HALF))


def _exploration(request: TopicRequest, ids: Sequence[str]) -> np.ndarray:
    """Return 1 / sqrt(1 + n) for n showings: the width of what is not yet known about a topic.

    Source: the confidence bound of UCB1, without its slowly growing logarithm, so that the bonus really ends.
    Auer, Cesa-Bianchi and Fischer, Finite-time analysis of the multiarmed bandit problem, 2002.
    """
    if request.shown is None:
        return np.zeros(len(ids))
    counts = np.array([request.shown.get(topic_id, 0) for topic_id in ids], dtype=np.float64)
    return np.asarray(1 / np.sqrt(1 + counts))
