"""Which skills a role in own words likely requires, by what the roles taught."""

import numpy as np

from recommender.learnt_ranker import LearntRanker
from recommender.remembered import Remembered
from recommender.role_gaps import RoleGaps

_REMEMBERED_NUMBERS = 2_000_000  # 16 MB


class SkillRanker:
    """The roles as the ranker sees them, and the ranker; answers are remembered by text."""

    def __init__(self, gaps: RoleGaps, ranker: LearntRanker) -> None:
        self._gaps, self._ranker = gaps, ranker
        room = _REMEMBERED_NUMBERS // max(len(gaps.space.skill_ids), 300)
        self._remembered: Remembered[np.ndarray] = Remembered(room)

    def scores(self, text: str, vectors: np.ndarray) -> np.ndarray:
        """Return by skill of the space how likely the role is about it, 0..1, shape (skills,).

        Parameters
        ----------
        vectors
            Embeddings of `need_texts(text)`, shape (m, dim), m at least 1.
        """
        return self._remembered.get(text, lambda: self._worked_out(text, vectors))

    def _worked_out(self, text: str, vectors: np.ndarray) -> np.ndarray:
        return self._gaps.scores(self._gaps.candidates_for(text, vectors), self._ranker)
