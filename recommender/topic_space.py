"""The catalog as the recommender reads it: built once per catalog version and kept in memory."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from domain.language import Language
from domain.topics import Topic
from embeddings import VectorIndex, text_hash
from recommender.passages import AGREEING_TEXTS, Passage, Passages
from recommender.requests import NeedVectors
from recommender.topic_classifier import learn_topics
from recommender.weights import TOPIC_SIMILARITY_WEIGHTS


@dataclass(frozen=True, slots=True, eq=False)
class TopicSpace:
    """Topics by id, their texts, and one unit vector (or zeros) per topic for telling near topics apart.

    Make it with `build_topic_space`. Retired topics are in it, so that a ranking can say that they are.
    """

    topics: tuple[Topic, ...]
    phrases: Passages
    vectors: np.ndarray
    row_of: dict[str, int]


def build_topic_space(
    topics: Sequence[Topic],
    index: VectorIndex | None = None,
    languages: frozenset[Language] = frozenset(Language),
    classifier: np.ndarray | None = None,
) -> TopicSpace:
    """Return the space of the topics.

    Parameters
    ----------
    index
        Embeddings of `topic_texts` by text hash; None gives a space that knows words and characters only.
    languages
        Those that the encoder of the index speaks.
    classifier
        What `learn_classifier` gave for these topics and this index; None goes without.
    """
    ordered = _ordered(topics)
    passages = [passage for row, topic in enumerate(ordered) for passage in _passages(row, topic)]
    weights, reading = TOPIC_SIMILARITY_WEIGHTS, AGREEING_TEXTS
    phrases = Passages(len(ordered), passages, index, languages, weights, reading, classifier)
    return TopicSpace(ordered, phrases, phrases.mean_vectors(), {topic.id: row for row, topic in enumerate(ordered)})


def with_classifier(space: TopicSpace, classifier: np.ndarray | None) -> TopicSpace:
    """Return the space as `build_topic_space` gives it with the classifier, without reading its texts again."""
    return replace(space, phrases=space.phrases.with_classifier(classifier))


def learn_classifier(topics: Sequence[Topic], index: VectorIndex, languages: frozenset[Language]) -> np.ndarray | None:
    """Return the weights of a classifier over the topics' texts; None for less than two topics with embeddings."""
    held = frozenset(index.keys)
    rows = [
        (row, key)
        for row, topic in enumerate(_ordered(topics))
        for passage in _passages(row, topic)
        if passage.language in languages and (key := text_hash(passage.text)) in held
    ]
    if len({row for row, _ in rows}) < 2:
        return None
    vectors = index.vectors_of([key for _, key in rows])
    return learn_topics(vectors, np.array([row for row, _ in rows], dtype=np.int64), len(topics))


def topic_similarity(space: TopicSpace, need: NeedVectors, topic_id: str) -> float:
    """Return how close the need comes to the topic, 0..1; 0 for a topic that is not in the space."""
    row = space.row_of.get(topic_id)
    return 0.0 if row is None else float(space.phrases.similarity(need)[row])


def topic_texts(topics: Sequence[Topic], languages: frozenset[Language]) -> list[str]:
    """Return every text of the topics to embed, each once: title, summary, aliases, phrases in these languages."""
    passages = (passage for topic in topics for passage in _passages(0, topic))
    return list(dict.fromkeys(passage.text for passage in passages if passage.language in languages))


def _ordered(topics: Sequence[Topic]) -> tuple[Topic, ...]:
    return tuple(sorted(topics, key=lambda topic: topic.id))


def _passages(row: int, topic: Topic) -> Iterator[Passage]:
    for language in Language:
        single = (topic.title.get(language), topic.summary.get(language))
        for text in (*single, *topic.aliases.get(language), *topic.phrases.get(language)):
            if text.strip():
                yield Passage(row, text, language)
