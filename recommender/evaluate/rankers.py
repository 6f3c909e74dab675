"""Which ranking answers which task."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from recommender.evaluate import mentors, next_topic, skill_gap, topics
from recommender.evaluate.pairs import rank_translations
from recommender.evaluate.tasks import (
    Encode,
    MentorsTask,
    NextTopicTask,
    RankingTask,
    SkillGapTask,
    TopicsTask,
    TranslationTask,
)

WithoutRanking = Callable[[Any, Encode, frozenset[str]], np.ndarray]


@dataclass(frozen=True, slots=True)
class Ranker:
    """How a task is ranked, and the features that may be left out for once."""

    rank: WithoutRanking
    features: tuple[str, ...] = ()


def _whole(ranking: Callable[[Any, Encode], np.ndarray]) -> Ranker:
    """Return a ranker that has no features to leave out."""
    return Ranker(lambda task, encode, without: ranking(task, encode))


_RANKERS: dict[type[RankingTask], Ranker] = {
    TopicsTask: Ranker(topics.rank_entries, topics.FEATURES),
    MentorsTask: Ranker(mentors.rank_mentors_by_evidence, mentors.FEATURES),
    SkillGapTask: Ranker(skill_gap.rank_missing_entries, skill_gap.FEATURES),
    NextTopicTask: Ranker(next_topic.rank_next_topics, next_topic.FEATURES),
    TranslationTask: _whole(rank_translations),
}


def rank(task: RankingTask, encode: Encode, without: frozenset[str] = frozenset()) -> np.ndarray:
    """Return our scores for a task, shape (needs, candidates).

    Parameters
    ----------
    without
        Names of `feature_names` that take no part.
    """
    ranker = _ranker(task)
    unknown = sorted(without.difference(ranker.features))
    if unknown:
        raise ValueError(f"without must name features of the ranker, got {unknown[0]}. See feature_names.")
    return ranker.rank(task, encode, without)


def feature_names(task: RankingTask) -> tuple[str, ...]:
    """Return the features of the task's ranker that can be left out; none where it cannot do without any."""
    return _ranker(task).features


def _ranker(task: RankingTask) -> Ranker:
    if type(task) not in _RANKERS:
        name = type(task).__name__
        raise TypeError(f"task must be one that has a ranking, got {name}. Add it to recommender.evaluate.rankers.")
    return _RANKERS[type(task)]
