"""What is worth knowing of a task beside its ranking: vectors of its candidates, and groups of its needs."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from recommender.evaluate.groups import Grouping, split_at_median
from recommender.evaluate.mentor_space import owners
from recommender.evaluate.tasks import (
    Encode,
    EntriesTask,
    MentorsTask,
    NextTopicTask,
    RankingTask,
    Relevant,
    SkillGapTask,
    TopicsTask,
    TranslationTask,
)

LENGTH, HISTORY, FREQUENCY = "length of the need", "what is known of the person", "what is looked for"


def candidate_vectors(task: RankingTask, encode: Encode) -> np.ndarray | None:
    """Return a unit vector per candidate, shape (candidates, dim): of an entry's whole text, of all a mentor's texts.

    None for a task whose list nobody reads as a list.
    """
    match task:
        case EntriesTask():
            return encode([entry.whole for entry in task.entries])
        case MentorsTask():
            sums = (owners(task) > 0).T @ encode([piece.text for piece in task.evidence])
            lengths = np.linalg.norm(sums, axis=1, keepdims=True)
            return np.asarray(sums / np.where(lengths > 0, lengths, 1.0))
    return None


def groupings(task: RankingTask, relevant: Relevant, need_ids: Sequence[str]) -> list[Grouping]:
    """Return the ways to part the needs, each in the order of `need_ids`."""
    return [*_by_need(task, need_ids), *_by_frequency(task, relevant, need_ids)]


def _by_need(task: RankingTask, need_ids: Sequence[str]) -> list[Grouping]:
    if isinstance(task, NextTopicTask):
        visits = Counter(visit.person_id for visit in task.visits)
        return [split_at_median(HISTORY, [visits[need] for need in need_ids], "short history", "long history")]
    words = {need: len(text.split()) for need, text in _texts(task)}
    return [split_at_median(LENGTH, [words[need] for need in need_ids], "short needs", "long needs")]


def _texts(task: RankingTask) -> list[tuple[str, str]]:
    match task:
        case TopicsTask() | MentorsTask() | SkillGapTask():
            return [(need.id, need.text) for need in task.needs]
        case TranslationTask():
            return list(zip(task.need_ids, task.russian, strict=True))
    return [(need, "") for need in task.need_ids]


def _by_frequency(task: RankingTask, relevant: Relevant, need_ids: Sequence[str]) -> list[Grouping]:
    """Part the needs by how often what they look for stands in the task; by the qrels where nothing else says so."""
    counts: Counter[str] = Counter()
    match task:
        case TranslationTask():
            return []
        case MentorsTask():
            counts.update(piece.mentor_id for piece in task.evidence)
        case SkillGapTask():
            counts.update(key for role in task.roles for key in role.essential)
        case NextTopicTask():
            counts.update(visit.entry_id for visit in task.visits)
        case _:
            counts.update(key for grades in relevant.values() for key in grades)
    means = [float(np.mean([counts[key] for key in relevant[need]] or [0])) for need in need_ids]
    return [split_at_median(FREQUENCY, means, "rare candidates", "frequent candidates")]
