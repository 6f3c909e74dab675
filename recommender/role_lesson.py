"""What roles teach about which skills a role requires: each asks for its own as if nobody knew it.

The lesson is in force only where it beats the vote of near roles on roles that it was not learnt from.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from domain.people import RoleProfile
from recommender.learnt_ranker import Example, LearntRanker, learn_ranker
from recommender.metrics import NDCG
from recommender.role_gaps import CORE_LEVEL, RoleGaps
from recommender.role_skills import backed_scores, vote_scores

FEWEST_CORE = 5
"""A role with fewer skills at `CORE_LEVEL` or above does not teach: what it leaves out is not unwanted."""
FEWEST_ROLES = 300
"""Two thirds are the 200 that trees are learnt from, and 100 are left for the comparison: standard error about .02."""
TAUGHT_BY = 1500
ASKED_EVERY = 3
KNOWN_EVERY = 6
"""One role in so many teaches how to answer when the role itself is known: most people ask for one that is."""
UNWANTED_KEPT = 3  # one in so many of the skills that a role does not require teaches: they are by far the most
SURE_ERRORS = 2.0
_TREE_SEEDS = 1
_BEST = NDCG(10)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Mean nDCG@10 on roles left out, by the vote of near roles and as learnt; gains by level.

    `error` is the standard error of the difference.
    """

    roles: int
    vote: float
    learnt: float
    error: float

    @property
    def is_learnt_better(self) -> bool:
        """Whether the difference is more than chance: above two standard errors."""
        return self.learnt - self.vote > SURE_ERRORS * self.error


@dataclass(frozen=True, slots=True, eq=False)
class RoleLesson:
    """The ranker, None where the vote of near roles is not beaten, and the comparison that says so."""

    comparison: Comparison
    ranker: LearntRanker | None


def count_teachers(roles: Iterable[RoleProfile]) -> int:
    """Return how many roles are rich enough to teach; they also need embeddings."""
    return sum(sum(level >= CORE_LEVEL for level in role.required_levels.values()) >= FEWEST_CORE for role in roles)


def learn_role_lesson(gaps: RoleGaps) -> RoleLesson | None:
    """Return what the roles teach, the same for the same roles; None where too few can, or all say the same."""
    teachers = gaps.teachers(FEWEST_CORE)
    if len(teachers) < FEWEST_ROLES:
        return None
    asked = teachers[::ASKED_EVERY]
    on_trial = _learn(gaps, np.setdiff1d(teachers, asked))
    if on_trial is None:
        return None
    comparison = compare_with_vote(gaps, on_trial, _spread(asked))
    return RoleLesson(comparison, _learn(gaps, teachers) if comparison.is_learnt_better else None)


def compare_with_vote(gaps: RoleGaps, ranker: LearntRanker, rows: Sequence[int] | np.ndarray) -> Comparison:
    """Return how both answer for these roles, each left out, asked by title and in full in turn."""
    worth = np.array([_worth(gaps, ranker, row, line % 2 == 0) for line, row in enumerate(rows)])
    gains = worth[:, 1] - worth[:, 0]
    error = float(gains.std(ddof=1) / np.sqrt(len(gains))) if len(gains) > 1 else np.inf
    return Comparison(len(worth), float(worth[:, 0].mean()), float(worth[:, 1].mean()), error)


def _worth(gaps: RoleGaps, ranker: LearntRanker, row: int, by_title: bool) -> tuple[float, float]:
    """Return nDCG@10 by vote and as learnt for a role that nobody knows."""
    text, vectors = gaps.asked(row, by_title)
    similarities = gaps.space.nearness(text, vectors).similarities.copy()
    similarities[row] = 0.0
    learnt = gaps.scores(gaps.candidates(row, by_title, np.array([row])), ranker)
    by_vote, by_lesson = vote_scores(gaps.space, similarities), backed_scores(gaps.space, similarities, learnt)
    wanted = gaps.space.roles[row].required_levels
    return _ndcg(gaps.space.skill_ids, by_vote, wanted), _ndcg(gaps.space.skill_ids, by_lesson, wanted)


def _ndcg(skill_ids: Sequence[str], scores: np.ndarray, wanted: dict[str, int]) -> float:
    order = np.argsort(-scores, kind="stable")[: _BEST.k]
    return _BEST([skill_ids[place] for place in order if scores[place] > 0], wanted)


def _learn(gaps: RoleGaps, teachers: np.ndarray) -> LearntRanker | None:
    return learn_ranker(list(_examples(gaps, _spread(teachers))), _TREE_SEEDS)


def _spread(rows: np.ndarray) -> np.ndarray:
    """Return at most `TAUGHT_BY` of the rows, evenly spread."""
    return rows[:: -(-len(rows) // TAUGHT_BY)]


def _examples(gaps: RoleGaps, teachers: np.ndarray) -> Iterator[Example]:
    for line, row in enumerate(teachers):
        is_known = line % KNOWN_EVERY == KNOWN_EVERY - 1
        hidden = np.array([], dtype=np.int64) if is_known else gaps.twins(row)
        candidates = gaps.candidates(row, by_title=is_known or line % 2 == 0, hidden=hidden)
        wanted = gaps.is_core(row)[candidates.rows]
        kept = wanted | (np.arange(len(wanted)) % UNWANTED_KEPT == line % UNWANTED_KEPT)
        yield candidates.features[kept], wanted[kept]
