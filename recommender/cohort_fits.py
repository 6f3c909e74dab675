"""How well what mentors said and did fits the needs of a cohort's mentees: the feature `topic_fit`, block by block."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

import numpy as np

from domain.topics import Topic
from recommender.cohort_needs import CohortNeeds
from recommender.mentor_fit import BEST_SHARE, BEST_TEXTS, faded_since, topic_fits
from recommender.mentor_pool import MentorPool
from recommender.passages import BEST_TEXT, above_floor, calibrated
from recommender.requests import MentorRequest
from recommender.topic_reasons import LIKE_ENOUGH

_WITHOUT_WORDS = 0.8  # what is left of a fused similarity where words and characters say little
_ALONE = BEST_SHARE + (1 - BEST_SHARE) / BEST_TEXTS  # what one text that fits gives without others beside it


class Fits(Protocol):
    """Knows the fit of any mentee and mentor for a topic."""

    def block(self, topic: Topic, mentees: np.ndarray, mentors: np.ndarray) -> np.ndarray:
        """Return the fits of rows of mentees and of mentors, 0..1, float32, shape (len(mentees), len(mentors)).

        Parameters
        ----------
        mentors
            Ascending.
        """


class ExactFits:
    """The fits as one person's page has them: some milliseconds for each mentee and topic.

    Parameters
    ----------
    requests
        One per mentee; whatever its topic, the one that is asked for counts.
    """

    def __init__(self, requests: Sequence[MentorRequest], pool: MentorPool) -> None:
        self._requests, self._pool = requests, pool

    def block(self, topic: Topic, mentees: np.ndarray, mentors: np.ndarray) -> np.ndarray:
        asked = (replace(self._requests[row], topic=topic) for row in mentees.tolist())
        rows = [topic_fits(request, self._pool, mentors).fit for request in asked]
        return np.array(rows, dtype=np.float32).reshape(len(mentees), len(mentors))


@dataclass(frozen=True, slots=True, eq=False)
class _Texts:
    """Texts that speak for mentors of a topic, in their order: vectors, how much each has faded, where each begins."""

    vectors: np.ndarray
    faded: np.ndarray
    owners: np.ndarray
    starts: np.ndarray


class QuickFits:
    """Nearly the same from embeddings alone: the whole need against the closest text of each mentor."""

    def __init__(self, needs: CohortNeeds, pool: MentorPool, mentees: int, now: datetime) -> None:
        self._needs, self._pool, self._now = needs, pool, now
        self._bounds = np.searchsorted(needs.owners, np.arange(mentees + 1))

    def block(self, topic: Topic, mentees: np.ndarray, mentors: np.ndarray) -> np.ndarray:
        counts = np.diff(self._bounds)[mentees]
        rows = np.repeat(self._bounds[mentees] - (np.cumsum(counts) - counts), counts) + np.arange(counts.sum())
        fits = np.zeros((len(mentees), len(mentors)), dtype=np.float32)
        if not len(rows):
            return fits
        by_need = self._similarity(topic, self._needs.vectors[rows], mentors).T * self._needs.weights[rows, None]
        with_needs = counts > 0
        fits[with_needs] = np.maximum.reduceat(by_need, (np.cumsum(counts) - counts)[with_needs])
        return fits * np.float32(_ALONE)

    def _similarity(self, topic: Topic, needs: np.ndarray, mentors: np.ndarray) -> np.ndarray:
        """Return how close the closest text of each mentor comes, shape (mentors, needs): a maximum runs by rows."""
        start, middle, end = self._pool.places.get(topic.id, (0, 0, 0))
        best = np.zeros((len(mentors), len(needs)), dtype=np.float32)
        for places in (np.arange(start, middle), np.arange(middle, end)):
            texts = self._texts(places, mentors)
            if len(texts.owners):
                cosines = above_floor(texts.vectors @ needs.T) * np.float32(_WITHOUT_WORDS)
                if texts.faded.min() < 1:  # else the closest is the same before and after
                    cosines = self._calibrated(cosines) * texts.faded[:, None].astype(np.float32)
                    nearest = np.maximum.reduceat(cosines, texts.starts)
                else:
                    nearest = self._calibrated(np.maximum.reduceat(cosines, texts.starts))
                best[texts.owners] = np.maximum(best[texts.owners], nearest)
        return best

    def _texts(self, places: np.ndarray, mentors: np.ndarray) -> _Texts:
        """Return the texts with embeddings at these places of these mentors."""
        evidence = self._pool.evidence
        column = np.searchsorted(mentors, evidence.owners[places])
        is_theirs = mentors[np.minimum(column, len(mentors) - 1)] == evidence.owners[places]
        kept = np.flatnonzero(is_theirs & evidence.is_embedded[places])
        kept = kept[np.argsort(column[kept], kind="stable")]
        owners, starts = np.unique(column[kept], return_index=True)
        asked_at = self._pool.asked_at[places[kept]]
        faded = np.where(asked_at > 0, faded_since(asked_at, self._now), 1.0)  # sentences do not fade
        return _Texts(evidence.vectors[places[kept]], faded, owners, starts)

    @staticmethod
    def _calibrated(fused: np.ndarray) -> np.ndarray:
        """Return the similarity; one too faint to be said as a reason counts as none, as on a page."""
        similarity = calibrated(fused, BEST_TEXT.half_by_embeddings, BEST_TEXT.steepness)
        return np.where(similarity >= LIKE_ENOUGH, similarity, np.float32(0))
