"""The roles of the product as the learnt ranker sees them: what it reads of a goal, and what a role asks as one."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

import numpy as np
from scipy.sparse import csr_matrix

from domain.language import Language
from embeddings import VectorIndex
from recommender.gap_space import Candidates, GapSpace, Required
from recommender.gap_texts import Described, Goals
from recommender.learnt_ranker import LearntRanker
from recommender.requests import need_texts
from recommender.role_kernel import RoleKernel
from recommender.role_space import RoleSpace, role_title, role_whole, rows_of

CORE_LEVEL = 3
"""A skill wanted at this level or above is what a role is about, as ESCO's essential skills are."""
POOL_SIZE = 100
KERNEL = "alike"
FEATURES = frozenset(
    {
        *("votes.fused_5", "votes.fused_20", "votes.fused_60", "votes.alike_5", "votes.alike_20", "votes.alike_60"),
        *("votes.optional", "kernel.essential", "kernel.both", "kernel.place"),
        *("kin.leader", "kin.leaders", "kin.together", "usage.essential", "usage.popular"),
        *("text.words", "text.characters", "text.title_meaning", "text.titles_alike"),
    }
)
"""Some of those that benchmarks are ranked by: all of them give .01 more nDCG@10 and take six times as long."""


class RoleGaps:
    """The roles of a space and their skills, compared with goals in every way that the learnt ranker asks for.

    Parameters
    ----------
    index
        Embeddings of `role_texts` and of the skill texts.
    skill_texts
        The name of each skill by id, in a language of the encoder; one that is missing is known by its roles alone.
    kernel
        Learnt before from the same roles; None learns it.
    """

    def __init__(
        self,
        space: RoleSpace,
        index: VectorIndex,
        skill_texts: Mapping[str, str],
        kernel: RoleKernel | None = None,
    ) -> None:
        self.space = space
        language = space.spoken[0]
        self._uses = np.asarray((space.levels > 0).sum(axis=0)).ravel()
        self._titles = [role_title(role, language) for role in space.roles]
        self._wholes = [role_whole(role, language) for role in space.roles]
        self._title_vectors, self._whole_vectors = rows_of(self._titles, index), rows_of(self._wholes, index)
        titles = [_in_all(role_title(role, one) for one in Language) for role in space.roles]
        wholes = [_in_all(role_whole(role, one) for one in Language) for role in space.roles]
        names = [skill_texts.get(skill_id, "") for skill_id in space.skill_ids]
        name_vectors = rows_of(names, index)
        self._gaps = GapSpace(
            Described(titles, wholes, self._title_vectors, self._whole_vectors),
            Described(names, names, name_vectors, name_vectors),
            _required(space.levels),
            FEATURES.__contains__,
            POOL_SIZE,
            {KERNEL: kernel} if kernel else None,
        )

    @property
    def kernel(self) -> RoleKernel:
        return self._gaps.kernels[KERNEL]

    def teachers(self, fewest_core: int) -> np.ndarray:
        """Return the rows of the roles that have a title with an embedding and core skills enough."""
        core = np.asarray(self._gaps.essential.sum(axis=1)).ravel()
        return np.flatnonzero((core >= fewest_core) & self._title_vectors.any(axis=1) & self._whole_vectors.any(axis=1))

    def is_core(self, row: int) -> np.ndarray:
        """Return for each skill whether the role requires it as one of its core, shape (skills,)."""
        return np.asarray(self._gaps.essential[row].toarray()[0] > 0)

    def asked(self, row: int, by_title: bool) -> tuple[str, np.ndarray]:
        """Return a role as a person may ask for it, by its title alone or in full: the text and vectors (m, dim)."""
        if by_title:
            return self._titles[row], self._title_vectors[[row]]
        return self._wholes[row], np.stack([self._whole_vectors[row], self._title_vectors[row]])

    def twins(self, row: int) -> np.ndarray:
        """Return the rows of the role and of those that are all but the same."""
        return self._gaps.twins(row)

    def candidates(self, row: int, by_title: bool, hidden: np.ndarray) -> Candidates:
        """Return what may fit a role that asks for its own skills, while the hidden roles are not there.

        Nor is a skill that only these require: that it is known at all would give away who wants it.
        """
        text, vectors = self.asked(row, by_title)
        found = self._candidates(text, self._titles[row], vectors[0], self._title_vectors[row], hidden)
        elsewhere = self._uses - np.asarray((self.space.levels[hidden] > 0).sum(axis=0)).ravel()
        is_known = elsewhere[found.rows] > 0
        return replace(found, rows=found.rows[is_known], features=found.features[is_known])

    def candidates_for(self, text: str, vectors: np.ndarray) -> Candidates:
        """Return what may fit a person's goal; its title is that window which comes nearest to the title of a role.

        Parameters
        ----------
        vectors
            Embeddings of `need_texts(text)`, shape (m, dim), m at least 1.
        """
        nearest = int(np.argmax((vectors @ self._title_vectors.T).max(axis=1)))
        return self._candidates(text, need_texts(text)[nearest], vectors[0], vectors[nearest], _NO_ROWS)

    def _candidates(
        self, text: str, title: str, vector: np.ndarray, title_vector: np.ndarray, hidden: np.ndarray
    ) -> Candidates:
        goals = Goals([text], [title], vector[None], title_vector[None], held=[_NO_ROWS], hidden=[hidden])
        return next(self._gaps.candidates(goals))

    def scores(self, candidates: Candidates, ranker: LearntRanker) -> np.ndarray:
        """Return for each skill how likely it is one of the core, 0 for what is no candidate, shape (skills,)."""
        scores = np.zeros(len(self.space.skill_ids))
        scores[candidates.rows] = ranker.scores(candidates.features)
        return scores


_NO_ROWS = np.array([], dtype=np.int64)


def _required(levels: csr_matrix) -> Required:
    core = (levels >= CORE_LEVEL).astype(np.float64).tocsr()
    return Required(core, ((levels > 0).astype(np.float64) - core).tocsr())


def _in_all(texts: Iterable[str]) -> str:
    return " ".join(text for text in texts if text)
