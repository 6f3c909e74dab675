"""Rankers by task, whole or without a feature."""

import numpy as np
import pytest

from recommender.evaluate import topics
from recommender.evaluate.rankers import feature_names, rank
from recommender.evaluate.tasks import AskedNeed, Entry, RankingTask, TopicsTask, TranslationTask
from tests.fakes.encoder import FakeEncoder

ENCODE = FakeEncoder().encode
TASK = TopicsTask(
    (Entry("a", "code review", "be kind"), Entry("b", "slow code", "")), (AskedNeed("n", "my code is slow to review"),)
)


def test_the_features_of_topics_are_those_that_have_a_weight() -> None:
    assert feature_names(TASK) == tuple(topics.WEIGHTS)


def test_without_a_feature_it_is_as_if_its_weight_were_0(monkeypatch: pytest.MonkeyPatch) -> None:
    whole, without = rank(TASK, ENCODE), rank(TASK, ENCODE, frozenset({"whole"}))
    monkeypatch.setitem(topics.WEIGHTS, "whole", 0.0)
    assert without == pytest.approx(rank(TASK, ENCODE))
    assert not np.allclose(without, whole)


def test_a_ranker_that_cannot_do_without_any_has_none() -> None:
    task = TranslationTask(("a cat",), ("кот",))
    assert feature_names(task) == ()
    with pytest.raises(ValueError, match="without must name features of the ranker, got meaning"):
        rank(task, ENCODE, frozenset({"meaning"}))


def test_a_task_without_a_ranking_is_named() -> None:
    with pytest.raises(TypeError, match="task must be one that has a ranking, got RankingTask"):
        rank(RankingTask(), ENCODE)
