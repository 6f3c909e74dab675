"""Mentors for a need: near texts vote for whom they speak, and the evidence itself teaches what a vote is worth."""

from collections.abc import Iterator

import numpy as np

from recommender.evaluate.mentor_space import FEATURES, MentorSpace, Named
from recommender.evaluate.tasks import Encode, MentorsTask
from recommender.fusion import min_max
from recommender.learnt_ranker import Example, LearntRanker, learn_ranker

__all__ = ["FEATURES", "rank_mentors_by_evidence"]
TAUGHT_BY = 600
POOL_SIZE = 200
AT_ONCE = 50
FEWEST_TEXTS = 200
"""With fewer texts there is too little to learn from, and the votes rank alone."""


def rank_mentors_by_evidence(task: MentorsTask, encode: Encode, without: frozenset[str] = frozenset()) -> np.ndarray:
    """Return a score per need and mentor, shape (needs, mentors), mentors in the order of the task.

    The ranker is learnt from the evidence alone: each text in turn is asked as a need, and who wrote it has to be
    found by what else is known; where the evidence has dates, by what was known before. Where a need is itself among
    the evidence, who wrote it is no news and who knows the subject is asked for: then the votes rank alone.

    Parameters
    ----------
    without
        Families of `FEATURES` to leave out.
    """
    space = MentorSpace(task, encode)
    texts = [need.text for need in task.needs]
    ranker = _learn(space, without) if set(texts).isdisjoint(space.texts) else None
    parts = [texts[start : start + AT_ONCE] for start in range(0, len(texts), AT_ONCE)]
    return np.vstack([_scores(space, part, ranker, without) for part in parts])


def _scores(space: MentorSpace, needs: list[str], ranker: LearntRanker | None, without: frozenset[str]) -> np.ndarray:
    """Return 0..1 for the mentors worth a closer look, less than 0 for the others."""
    asked = space.asked(needs)
    scores = min_max(space.first_scores(asked)) - 1.0
    if ranker is None:
        return np.asarray(scores)
    features = space.features(asked)
    for line, first in enumerate(scores):
        pool = _pool(first)
        scores[line, pool] = ranker.scores(_table(features, line, pool, without))
    return np.asarray(scores)


def _learn(space: MentorSpace, without: frozenset[str]) -> LearntRanker | None:
    rows = np.arange(len(space.texts))
    if len(rows) < FEWEST_TEXTS:
        return None
    if space.dates is not None:  # the earliest know too little of what came before
        rows = np.argsort(space.dates, kind="stable")[len(rows) // 2 :]
    return learn_ranker(list(_examples(space, rows[:: -(-len(rows) // TAUGHT_BY)], without)))


def _examples(space: MentorSpace, rows: np.ndarray, without: frozenset[str]) -> Iterator[Example]:
    for start in range(0, len(rows), AT_ONCE):
        part = rows[start : start + AT_ONCE]
        asked = space.asked_again(part)
        features = space.features(asked)
        for line, row in enumerate(part):
            pool = _pool(features["votes.first"][line])
            yield _table(features, line, pool, without), np.isin(pool, space.mentors_of(row))


def _pool(first: np.ndarray) -> np.ndarray:
    """Return the columns with the best first scores, at most `POOL_SIZE`."""
    return np.sort(np.argsort(-first, kind="stable")[:POOL_SIZE])


def _table(features: Named, line: int, pool: np.ndarray, without: frozenset[str]) -> np.ndarray:
    names = sorted(name for name in features if name.split(".")[0] not in without)
    return np.stack([features[name][line, pool] for name in names], axis=1).astype(np.float32)
