"""The classifier of topics finds the directions that decide between them, the same each time."""

import numpy as np
import pytest

from domain.language import Language
from embeddings import build_index, text_hash
from recommender import build_topic_space, learn_classifier, need_texts, with_classifier
from recommender.topic_classifier import learn_topics, topic_likelihoods
from tests.builders import a_topic, local, locals_of
from tests.recommender.spaces import BOTH, ENCODER, a_need, encoded

# two topics that share a large common direction and differ in a small one
COMMON, LEFT, RIGHT = np.eye(3)
TEXTS = np.array([COMMON + 0.2 * side for side in (LEFT, LEFT, RIGHT, RIGHT)], dtype=np.float32)
VECTORS = TEXTS / np.linalg.norm(TEXTS, axis=1, keepdims=True)
OWNERS = np.array([0, 0, 1, 1])


def test_it_hears_the_direction_that_decides() -> None:
    weights = learn_topics(VECTORS, OWNERS, 2)
    assert weights.shape == (2, 4)
    likelihoods = topic_likelihoods(weights, VECTORS[0])
    assert likelihoods[0] > likelihoods[1]
    assert topic_likelihoods(weights, VECTORS[2])[1] == pytest.approx(likelihoods[0], abs=1e-3)


def test_a_topic_without_texts_is_less_likely_than_any_other() -> None:
    weights = learn_topics(VECTORS, OWNERS, 3)
    assert topic_likelihoods(weights, VECTORS[0]).argmin() == 2


def test_likelihoods_are_log_probabilities_from_0_to_1() -> None:
    even = np.zeros((4, 3), dtype=np.float32)
    assert topic_likelihoods(even, np.ones(2)) == pytest.approx(np.full(4, 1 + np.log(1 / 4) / 12))
    hopeless = np.array([[0, 100], [0, 0]], dtype=np.float32)
    assert topic_likelihoods(hopeless, np.zeros(1)) == pytest.approx([1, 0])


def test_the_same_texts_teach_the_same() -> None:
    np.testing.assert_array_equal(learn_topics(VECTORS, OWNERS, 2), learn_topics(VECTORS, OWNERS, 2))


def test_it_is_learnt_from_the_languages_of_the_encoder_and_from_two_topics_on() -> None:
    topics = [
        a_topic(key, title=local(key), summary=local(key), aliases=locals_of(), phrases=locals_of(*texts))
        for key, texts in {"b": ("red", "reed"), "a": ("blue", "bleu")}.items()
    ]
    index = encoded(["red", "reed", "blue", "bleu", "a", "b"])
    learnt = learn_classifier(topics, index, BOTH)
    assert learnt is not None
    assert learnt.shape == (2, ENCODER.dim + 1)
    assert learn_classifier(topics[:1], index, BOTH) is None
    assert learn_classifier(topics, index, frozenset()) is None


def test_a_space_with_a_classifier_follows_it() -> None:
    topics = [a_topic(key, title=local("same"), summary=local("same"), phrases=locals_of("same")) for key in "ab"]
    words = ["same"]
    index = build_index([text_hash(word) for word in words], ENCODER.encode(words))
    need = a_need("same")
    assert len(need_texts("same")) == 1
    weights = np.zeros((2, ENCODER.dim + 1), dtype=np.float32)
    weights[1, -1] = 3
    space = build_topic_space(topics, index, frozenset(Language))
    plain = space.phrases.similarity(need)
    told = build_topic_space(topics, index, frozenset(Language), weights).phrases.similarity(need)
    assert plain[0] == pytest.approx(plain[1])
    assert told[1] > told[0]
    # one that is taught later says the same, and the one without stays as it was
    assert with_classifier(space, weights).phrases.similarity(need) == pytest.approx(told)
    assert space.phrases.similarity(need) == pytest.approx(plain)
