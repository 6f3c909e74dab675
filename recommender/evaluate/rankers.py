"""Which ranking answers which task."""

import numpy as np

from recommender.evaluate.mentors import rank_mentors_by_evidence
from recommender.evaluate.next_topic import rank_next_topics
from recommender.evaluate.pairs import rank_translations
from recommender.evaluate.skill_gap import rank_missing_entries
from recommender.evaluate.tasks import (
    Encode,
    MentorsTask,
    NextTopicTask,
    RankingTask,
    SkillGapTask,
    TopicsTask,
    TranslationTask,
)
from recommender.evaluate.topics import rank_entries


def rank(task: RankingTask, encode: Encode) -> np.ndarray:
    """Return our scores for a task, shape (needs, candidates)."""
    match task:
        case TopicsTask():
            return rank_entries(task, encode)
        case MentorsTask():
            return rank_mentors_by_evidence(task, encode)
        case SkillGapTask():
            return rank_missing_entries(task, encode)
        case NextTopicTask():
            return rank_next_topics(task, encode)
        case TranslationTask():
            return rank_translations(task, encode)
    raise TypeError(
        f"task must be one that has a ranking, got {type(task).__name__}. Add it to recommender.evaluate.rankers."
    )
