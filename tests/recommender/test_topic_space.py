"""The catalog as texts and vectors, topics by id."""

import numpy as np

from domain.language import Language, LocalText, LocalTexts
from recommender import build_topic_space, topic_similarity, topic_texts
from tests.builders import a_topic
from tests.recommender.spaces import BOTH, a_need, a_space

TOPIC = a_topic(
    title=LocalText("Title", "Название"),
    summary=LocalText("Summary", "Описание"),
    aliases=LocalTexts(("alias",), ("синоним",)),
    phrases=LocalTexts(("one", "two"), ("раз",)),
)


def test_texts_to_embed_are_those_of_the_encoders_languages_each_once() -> None:
    assert topic_texts([TOPIC, TOPIC], frozenset({Language.EN})) == ["Title", "Summary", "alias", "one", "two"]
    assert len(topic_texts([TOPIC], BOTH)) == 9


def test_topics_stand_by_id_whatever_their_order() -> None:
    space = a_space([a_topic("b"), a_topic("a")])
    assert [topic.id for topic in space.topics] == ["a", "b"]
    assert space.row_of == {"a": 0, "b": 1}


def test_similarity_to_one_topic() -> None:
    space = a_space([TOPIC])
    assert topic_similarity(space, a_need("one"), TOPIC.id) > 0.7
    assert topic_similarity(space, a_need("one"), "unknown") == 0.0


def test_without_embeddings_words_still_find_a_topic() -> None:
    space = build_topic_space([TOPIC, a_topic("other")])
    assert space.vectors.shape == (2, 0)
    assert topic_similarity(space, a_need("раз", language=Language.RU), TOPIC.id) > 0


def test_an_empty_catalog_is_a_space() -> None:
    assert build_topic_space([]).topics == ()


def test_topic_vectors_have_unit_length() -> None:
    assert np.allclose(np.linalg.norm(a_space([TOPIC, a_topic("b")]).vectors, axis=1), 1)
