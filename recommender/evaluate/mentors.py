"""Mentors for a need: each text that speaks for a mentor votes, the closer to the need the more."""

import numpy as np
from scipy.sparse import csr_matrix

from recommender.evaluate.tasks import Encode, Evidence, MentorsTask
from recommender.fusion import min_max
from recommender.lexical import BM25Index

VOTING_SHARE, FEWEST_VOTERS = 0.2, 50
POWER = 2.0
WORDS_WEIGHT = 0.2
ACCEPTED_WEIGHT = 1.5
"""The nearest fifth of all texts votes, by cosine squared, words beside; an accepted answer counts half more.

Source: docs/decisions/0002-ranking-benchmarks.md; the last is an assumption, no set here has accepted answers.
"""


def rank_mentors_by_evidence(task: MentorsTask, encode: Encode) -> np.ndarray:
    """Return a score per need and mentor, shape (needs, mentors), mentors in the order of the task."""
    texts, needs = [piece.text for piece in task.evidence], [need.text for need in task.needs]
    meaning = encode(needs) @ encode(texts).T
    words = BM25Index(texts).scores_many(needs)
    votes = owners(task)
    fused = min_max(_nearest_votes(meaning) @ votes) + WORDS_WEIGHT * min_max(_nearest_votes(words) @ votes)
    return np.asarray(fused)


def owners(task: MentorsTask) -> csr_matrix:
    """Return which evidence speaks for which mentor and with what weight, shape (evidence, mentors)."""
    columns = {mentor: column for column, mentor in enumerate(task.candidate_ids)}
    cells = [columns[piece.mentor_id] for piece in task.evidence]
    weights = [_weight(piece) for piece in task.evidence]
    return csr_matrix((weights, (range(len(cells)), cells)), shape=(len(cells), len(columns)))


def _weight(piece: Evidence) -> float:
    return ACCEPTED_WEIGHT if piece.accepted else 1.0


def _nearest_votes(similarities: np.ndarray) -> np.ndarray:
    """Return similarity to the power of `POWER` for the nearest texts of each need, 0 for the others."""
    count = similarities.shape[1]
    voters = min(count, max(FEWEST_VOTERS, round(VOTING_SHARE * count)))
    last = -np.partition(-similarities, voters - 1, axis=1)[:, voters - 1 : voters]
    return np.where(similarities >= last, np.maximum(similarities, 0.0) ** POWER, 0.0)
