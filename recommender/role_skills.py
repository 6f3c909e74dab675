"""Likely skills: what the roles nearest to the one that a person describes require, by their vote or as learnt."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import islice

import numpy as np

from domain.errors import InvalidInput
from domain.people import MAX_LEVEL, SkillGap
from recommender.role_space import RoleSpace
from recommender.skill_ranker import SkillRanker

VOTERS = 20
ABSTAIN_BELOW = 0.6
"""A role votes with the square of what its similarity exceeds this share of the best one's by."""
LEAST_SHARE = 0.25
"""Of the best score: on benchmarks/goal_roles.tsv .89 of the skills above it are required by a right role."""
NEAREST_BACKING = 60
"""A skill as learnt is named only where one of so many nearest roles requires it: these say why, and at which level."""
ROLES_NAMED = 3
_DECIMALS = 9  # sums in another order differ beyond: equal skills must tie


@dataclass(frozen=True, slots=True)
class LikelySkill:
    """A skill, the level 1-4 at which it is usually wanted, a score 0..1, and which roles speak for it, nearest first.

    By vote the score is the mean level / 4 over the votes: 1 where every role near wants to teach it. As learnt it is
    how likely the role is about this skill.
    """

    skill_id: str
    level: int
    score: float
    role_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LikelySkills:
    """The roles that come closest, nearest first, none where no role is near enough; and the skills, best first."""

    role_ids: tuple[str, ...] = ()
    skills: tuple[LikelySkill, ...] = ()

    def gaps(self, held: Mapping[str, int]) -> list[SkillGap]:
        """Return the skills as gaps, largest first, ties in the order of the skills."""
        gaps = [SkillGap(skill.skill_id, held.get(skill.skill_id, 0), skill.level, True) for skill in self.skills]
        return sorted(gaps, key=lambda gap: -gap.size)


def likely_skills(
    space: RoleSpace,
    goal_text: str,
    vectors: np.ndarray,
    held: Mapping[str, int],
    k: int = 8,
    left_out: Collection[str] = (),
    ranker: SkillRanker | None = None,
) -> LikelySkills:
    """Return up to `k` skills for the role that the text describes, ties by id; nothing where no role is near enough.

    Parameters
    ----------
    vectors
        Embeddings of `need_texts(goal_text)`, shape (m, dim); m = 0 compares words only.
    held
        Level 0-4 by skill id; a skill held at the level wanted or above is not named.
    left_out
        Ids of skills that are not named either.
    ranker
        What was learnt from these roles; None, or a text without embeddings, lets near roles vote.

    Raises
    ------
    InvalidInput
        If `k` is below 1.
    """
    if k < 1:
        raise InvalidInput("k", "be at least 1", k)
    nearness = space.nearness(goal_text, vectors)
    if not nearness.is_near:
        return LikelySkills()
    if ranker and len(vectors):
        backing, scores = _backed(space, nearness.similarities, ranker.scores(goal_text, vectors))
    else:
        backing = _backing(space, _votes(nearness.similarities), np.arange(len(space.skill_ids)))
        scores = _voted(backing)
    named = np.flatnonzero((scores > 0) & (scores >= LEAST_SHARE * scores.max(initial=0.0)))
    order = named[np.argsort(-scores[named], kind="stable")].tolist()
    found = (_likely_skill(space, backing, place, scores[place]) for place in order)
    wanted = (one for one in found if held.get(one.skill_id, 0) < one.level and one.skill_id not in left_out)
    return LikelySkills(tuple(space.roles[row].id for row in backing.rows[:ROLES_NAMED]), tuple(islice(wanted, k)))


def vote_scores(space: RoleSpace, similarities: np.ndarray) -> np.ndarray:
    """Return the mean level / 4 of each skill over the votes of the nearest roles, shape (skills,)."""
    return _voted(_backing(space, _votes(similarities), np.arange(len(space.skill_ids))))


def backed_scores(space: RoleSpace, similarities: np.ndarray, learnt: np.ndarray) -> np.ndarray:
    """Return the learnt scores of the skills that a role near by requires, 0 for others: shape (skills,)."""
    backing, found = _backed(space, similarities, learnt)
    scores = np.zeros(len(learnt))
    scores[backing.columns] = found
    return scores


_Counted = tuple[np.ndarray, np.ndarray]
"""Rows of roles, nearest first, ties by id, and what each counts, sum 1."""


@dataclass(frozen=True, slots=True, eq=False)
class _Backing:
    """The roles that speak, the columns of skills in question, and the levels: shape (roles, columns)."""

    rows: np.ndarray
    votes: np.ndarray
    columns: np.ndarray
    levels: np.ndarray


def _backing(space: RoleSpace, counted: _Counted, columns: np.ndarray) -> _Backing:
    rows, votes = counted
    return _Backing(rows, votes, columns, space.levels[rows][:, columns].toarray())


def _voted(backing: _Backing) -> np.ndarray:
    return np.asarray(np.round(backing.votes @ backing.levels / MAX_LEVEL, _DECIMALS))


def _backed(space: RoleSpace, similarities: np.ndarray, learnt: np.ndarray) -> tuple[_Backing, np.ndarray]:
    """Return the backing of the skills that have a learnt score, and these scores, 0 without a role near by."""
    backing = _backing(space, _nearest(similarities), np.flatnonzero(learnt))
    scores = np.round(learnt[backing.columns], _DECIMALS)
    return backing, np.where(backing.levels.any(axis=0), scores, 0.0)


def _votes(similarities: np.ndarray) -> _Counted:
    """Return the roles that vote, and their votes."""
    nearest = np.argsort(-similarities, kind="stable")[:VOTERS]
    return _counted(nearest, np.maximum(similarities[nearest] - ABSTAIN_BELOW * similarities[nearest[0]], 0.0) ** 2)


def _nearest(similarities: np.ndarray) -> _Counted:
    """Return the nearest roles, each counting by the square of its similarity."""
    nearest = np.argsort(-similarities, kind="stable")[:NEAREST_BACKING]
    return _counted(nearest, np.maximum(similarities[nearest], 0.0) ** 2)


def _counted(rows: np.ndarray, votes: np.ndarray) -> _Counted:
    has_vote = votes > 0
    return rows[has_vote], votes[has_vote] / votes.sum() if has_vote.any() else votes[has_vote]


def _likely_skill(space: RoleSpace, backing: _Backing, place: int, score: float) -> LikelySkill:
    """Return the skill with the level that those who want it want on average, halves counting up."""
    wants = backing.levels[:, place] > 0
    wanted = np.average(backing.levels[wants, place], weights=backing.votes[wants])
    level = int(round(float(wanted), _DECIMALS) + 0.5)
    roles = tuple(space.roles[row].id for row in backing.rows[wants][:ROLES_NAMED])
    return LikelySkill(space.skill_ids[backing.columns[place]], level, float(score), roles)
