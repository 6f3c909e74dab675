"""Likely skills: what the roles nearest to the one that a person describes require."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import islice

import numpy as np

from domain.errors import InvalidInput
from domain.people import MAX_LEVEL, SkillGap
from recommender.role_space import RoleSpace

VOTERS = 20
ABSTAIN_BELOW = 0.6
"""A role votes with the square of what its similarity exceeds this share of the best one's by."""
LEAST_SHARE = 0.25
"""Of the best score: on benchmarks/goal_roles.tsv .89 of the skills above it are required by a right role."""
ROLES_NAMED = 3
_DECIMALS = 9  # sums in another order differ beyond: equal skills must tie


@dataclass(frozen=True, slots=True)
class LikelySkill:
    """A skill, the level 1-4 at which it is usually wanted, a score 0..1, and which roles speak for it, nearest first.

    The score is the mean level / 4 over the votes: 1 where every role near wants to teach it.
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
    rows, votes = _votes(nearness.similarities)
    levels = space.levels[rows].toarray()
    scores = np.round(votes @ levels / MAX_LEVEL, _DECIMALS)
    named = np.flatnonzero((scores > 0) & (scores >= LEAST_SHARE * scores.max(initial=0.0)))
    order = named[np.argsort(-scores[named], kind="stable")].tolist()
    found = (_likely_skill(space, levels, rows, votes, column) for column in order)
    wanted = (one for one in found if held.get(one.skill_id, 0) < one.level and one.skill_id not in left_out)
    return LikelySkills(tuple(space.roles[row].id for row in rows[:ROLES_NAMED]), tuple(islice(wanted, k)))


def _votes(similarities: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the rows of the roles that vote, nearest first, ties by id, and their votes, which sum to 1."""
    nearest = np.argsort(-similarities, kind="stable")[:VOTERS]
    votes = np.maximum(similarities[nearest] - ABSTAIN_BELOW * similarities[nearest[0]], 0.0) ** 2
    has_vote = votes > 0
    return nearest[has_vote], votes[has_vote] / votes.sum()


def _likely_skill(
    space: RoleSpace, levels: np.ndarray, rows: np.ndarray, votes: np.ndarray, column: int
) -> LikelySkill:
    """Return the skill with the level that its voters want on average, halves counting up.

    Parameters
    ----------
    levels
        Levels 1-4, 0 for none, of the voting roles: shape (voters, skills).
    """
    wanted, backing = levels[:, column], levels[:, column] > 0
    level = int(round(float(np.average(wanted[backing], weights=votes[backing])), _DECIMALS) + 0.5)
    roles = tuple(space.roles[row].id for row in rows[backing][:ROLES_NAMED])
    score = round(float(votes @ wanted) / MAX_LEVEL, _DECIMALS)
    return LikelySkill(space.skill_ids[column], level, score, roles)
