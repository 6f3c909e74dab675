"""Entries that a person lacks for a role: roles like it vote, and known roles teach how much each vote is worth."""

from collections.abc import Iterator

import numpy as np

from recommender.evaluate.gap_space import FEATURES, Candidates, GapSpace
from recommender.evaluate.gap_texts import Goals
from recommender.evaluate.learnt import Example, LearntRanker, learn_ranker
from recommender.evaluate.tasks import Encode, SkillGapTask
from recommender.fusion import min_max

__all__ = ["FEATURES", "rank_missing_entries"]
TAUGHT_BY = 3000
UNWANTED_KEPT = 3  # one in so many of the entries that a role does not require teaches: they are by far the most
FEWEST_ESSENTIAL = 5


def rank_missing_entries(task: SkillGapTask, encode: Encode, without: frozenset[str] = frozenset()) -> np.ndarray:
    """Return a score per need and entry, shape (needs, entries).

    The ranker is learnt from the known roles alone, each taken in turn as if nobody knew it.

    Parameters
    ----------
    without
        Families of `FEATURES` to leave out.
    """
    space = GapSpace(task, encode, without)
    ranker = _learn(space)
    goals = _goals(task, encode)
    return np.stack([_scores(candidates, ranker) for candidates in space.candidates(goals)])


def _scores(candidates: Candidates, ranker: LearntRanker | None) -> np.ndarray:
    """Return 0..1 for the candidates and less than 0 for all other entries; first scores where nothing was learnt."""
    scores = min_max(candidates.first_scores) - 1.0
    if ranker is not None:
        scores[candidates.rows] = ranker.scores(candidates.features)
    return np.asarray(scores)


def _goals(task: SkillGapTask, encode: Encode) -> Goals:
    texts, titles = [need.text for need in task.needs], [need.title for need in task.needs]
    row_of = {entry.id: row for row, entry in enumerate(task.entries)}
    held = [_rows([row_of[key] for key in sorted(need.held) if key in row_of]) for need in task.needs]
    return Goals(texts, titles, encode(texts), encode(titles), held, hidden=[_rows([])] * len(texts))


def _learn(space: GapSpace) -> LearntRanker | None:
    """Return a ranker taught by roles spread evenly over all that are rich enough; None where there are none."""
    rich = np.flatnonzero(np.asarray(space.essential.sum(axis=1)).ravel() >= FEWEST_ESSENTIAL)
    if not len(rich):
        return None
    taught_by = rich[:: -(-len(rich) // TAUGHT_BY)]
    return learn_ranker(list(_examples(space, taught_by)))


def _examples(space: GapSpace, roles: np.ndarray) -> Iterator[Example]:
    for line, (row, candidates) in enumerate(zip(roles, space.candidates(space.goals_of_roles(roles)), strict=True)):
        wanted = np.isin(candidates.rows, space.essential[row].indices)
        kept = wanted | (np.arange(len(wanted)) % UNWANTED_KEPT == line % UNWANTED_KEPT)
        yield candidates.features[kept], wanted[kept]


def _rows(places: list[int]) -> np.ndarray:
    return np.array(places, dtype=np.int64)
