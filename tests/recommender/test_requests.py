"""Needs out of goals and feedback, and their embeddings."""

from datetime import datetime, timedelta

import numpy as np
import pytest

from domain.errors import InvalidInput
from domain.language import Language
from domain.suggestions import Need, NeedKind
from embeddings import text_hash
from recommender.requests import (
    NeedVectors,
    TopicRequest,
    feedback_needs,
    goal_needs,
    need_texts,
    whole_text,
    with_vectors,
)
from tests.builders import NOW, a_feedback, a_goal
from tests.recommender.spaces import ENCODER, ask_mentors

TEXT = "I freeze, then I agree to everything"
NEED = Need(NeedKind.GOAL, TEXT, Language.EN)


def vectors_of(texts: list[str]) -> dict[str, np.ndarray]:
    return {text_hash(text): row for text, row in zip(texts, ENCODER.encode(texts), strict=True)}


def test_open_goals_are_needs() -> None:
    goals = [a_goal(text="one"), a_goal(text="two", closed_at=NOW), a_goal(text="три", language=Language.RU)]
    assert goal_needs(goals) == [
        Need(NeedKind.GOAL, "one", Language.EN), Need(NeedKind.GOAL, "три", Language.RU),
    ]  # fmt: skip


def test_feedback_fades_by_half_in_90_days() -> None:
    feedback = [
        a_feedback("f1", still_open="old", created_at=NOW - timedelta(days=180)),
        a_feedback("f2", still_open="new", created_at=NOW),
        a_feedback("f3", still_open="  ", created_at=NOW),
    ]
    assert [(need.text, need.weight) for need in feedback_needs(feedback, NOW)] == [("new", 1.0), ("old", 0.25)]


def test_the_whole_text_comes_first_then_its_windows() -> None:
    assert need_texts(TEXT)[:2] == (TEXT, "I freeze")


def test_a_need_gets_its_vectors_in_order() -> None:
    texts = need_texts(TEXT)
    found = with_vectors(NEED, vectors_of(texts), frozenset({Language.EN}))
    assert np.array_equal(found.vectors, ENCODER.encode(texts))


def test_a_need_that_is_not_wholly_embedded_has_no_vectors() -> None:
    assert len(with_vectors(NEED, vectors_of([TEXT]), frozenset({Language.EN})).vectors) == 0


def test_of_a_need_among_many_the_whole_text_alone_is_compared() -> None:
    found = with_vectors(NEED, vectors_of([TEXT]), frozenset({Language.EN}), texts_of=whole_text)
    assert (found.vectors == vectors_of([TEXT])[text_hash(TEXT)]).all()
    assert len(found.vectors) == 1


def test_a_need_in_a_language_that_the_encoder_does_not_speak_has_no_vectors() -> None:
    assert len(with_vectors(NEED, vectors_of(need_texts(TEXT)), frozenset({Language.RU})).vectors) == 0


def test_wrong_input_is_named() -> None:
    with pytest.raises(InvalidInput, match="vectors must have shape"):
        NeedVectors(NEED, np.zeros(4))
    with pytest.raises(InvalidInput, match=f"vectors must have 0, 1 or {len(need_texts(TEXT))} rows, got 2"):
        NeedVectors(NEED, np.zeros((2, 4)))
    with pytest.raises(InvalidInput, match="now must carry a time zone"):
        TopicRequest(None, [], datetime(2026, 3, 2), Language.EN)  # noqa: DTZ001
    with pytest.raises(InvalidInput, match="minutes must be 15"):
        ask_mentors(minutes=14)
