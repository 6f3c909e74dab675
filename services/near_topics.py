"""Topics whose titles say nearly the same: shown before a new one is published beside them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from domain.language import Language
from domain.topics import Topic, TopicStatus
from embeddings import text_hash
from services.context import Context
from services.index import new_vectors
from store import Store

NEAR = 0.72  # cosine of two titles; of the 78,606 pairs of the starter catalog eight are as near
MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Near:
    """A new topic, and active ones with a near title, nearest first."""

    topic: Topic
    others: tuple[Topic, ...]


def near_topics(context: Context, store: Store, new: Sequence[Topic], known: Sequence[Topic]) -> list[Near]:
    """Return the new topics that have a near title beside them; this may load the encoder."""
    active = [topic for topic in known if topic.status is TopicStatus.ACTIVE]
    if not new or not active:
        return []
    vectors = _title_vectors(context, store, [*new, *active])
    found = [Near(topic, _nearest(topic, active, vectors, context.encoder.languages)) for topic in new]
    return [near for near in found if near.others]


def _title_vectors(context: Context, store: Store, topics: Sequence[Topic]) -> dict[str, np.ndarray]:
    texts = [topic.title.get(language) for topic in topics for language in context.encoder.languages]
    stored = store.vectors.get_many(context.encoder.id, [text_hash(text) for text in texts])
    return {**stored, **new_vectors(context, store, texts)}


def _nearest(
    topic: Topic, others: Sequence[Topic], vectors: dict[str, np.ndarray], languages: frozenset[Language]
) -> tuple[Topic, ...]:
    def likeness(other: Topic) -> float:
        pairs = ((text_hash(topic.title.get(lang)), text_hash(other.title.get(lang))) for lang in languages)
        return max(float(vectors[one] @ vectors[two]) for one, two in pairs)

    scored = sorted(((likeness(other), other.id, other) for other in others if other.id != topic.id), reverse=True)
    return tuple(other for score, _, other in scored[:MOST_NAMED] if score >= NEAR)
