"""Entries that a person lacks for a role: roles like it vote, and known roles teach how much each vote is worth."""

from collections.abc import Iterable, Iterator, Mapping

import numpy as np
from scipy.sparse import csr_matrix

from recommender.evaluate.tasks import Encode, SkillGapTask
from recommender.fusion import min_max
from recommender.gap_space import FEATURES, Candidates, GapSpace, Required
from recommender.gap_texts import Described, Goals
from recommender.incidence import incidence
from recommender.learnt_ranker import Example, LearntRanker, learn_ranker

__all__ = ["FEATURES", "rank_missing_entries"]
POOL_SIZE = 300
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
    space = gap_space(task, encode, without)
    ranker = _learn(space)
    goals = _goals(task, encode)
    return np.stack([_scores(candidates, ranker) for candidates in space.candidates(goals)])


def gap_space(task: SkillGapTask, encode: Encode, without: frozenset[str] = frozenset()) -> GapSpace:
    """Return the roles and entries of the task as features see them, without these families of `FEATURES`."""
    roles = _described([role.title for role in task.roles], [role.whole for role in task.roles], encode)
    entries = _described([entry.title for entry in task.entries], [entry.whole for entry in task.entries], encode)
    row_of = {entry.id: row for row, entry in enumerate(task.entries)}
    essential = _named((role.essential for role in task.roles), row_of)
    optional = _named((role.optional for role in task.roles), row_of)
    required = Required(essential, optional)
    return GapSpace(roles, entries, required, lambda name: name.split(".")[0] not in without, POOL_SIZE)


def _described(titles: list[str], wholes: list[str], encode: Encode) -> Described:
    return Described(titles, wholes, encode(titles), encode(wholes))


def _named(lists: Iterable[Iterable[str]], row_of: Mapping[str, int]) -> csr_matrix:
    """Return which list names which entry; names of no entry are left out."""
    return incidence(([row_of[name] for name in names if name in row_of] for names in lists), len(row_of))


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
