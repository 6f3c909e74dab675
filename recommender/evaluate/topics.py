"""Entries for a need: the best window of the need counts, by meaning, by characters and by words."""

from collections.abc import Mapping

import numpy as np

from embeddings import windows
from recommender.evaluate.tasks import Encode, TopicsTask
from recommender.fusion import weighted_sum
from recommender.lexical import BM25Index, CharNgramIndex

WEIGHTS = {"title": 1.0, "whole": 0.5, "title_characters": 0.5, "title_words": 0.25}
"""How much each view of an entry counts. Source: docs/decisions/0002-ranking-benchmarks.md."""
FEATURES = tuple(WEIGHTS)


def rank_entries(task: TopicsTask, encode: Encode, without: frozenset[str] = frozenset()) -> np.ndarray:
    """Return a score per need and entry, shape (needs, entries).

    A need is read whole and window by window; in each view of an entry the part of the need that fits best counts.

    Parameters
    ----------
    without
        Names of `FEATURES` to leave out.
    """
    views = _EntryViews(task, encode, {name: weight for name, weight in WEIGHTS.items() if name not in without})
    parts = [[need.text, *windows(need.text)] for need in task.needs]
    vectors = encode([part for group in parts for part in group])
    ends = np.cumsum([len(group) for group in parts])
    rows = [views.scores(group, vectors[end - len(group) : end]) for group, end in zip(parts, ends, strict=True)]
    return np.stack(rows)


class _EntryViews:
    """Entries as titles, as titles with descriptions, as characters, as words."""

    def __init__(self, task: TopicsTask, encode: Encode, weights: Mapping[str, float]) -> None:
        self._weights = weights
        titles = [entry.title for entry in task.entries]
        self._titles, self._wholes = encode(titles), encode([entry.whole for entry in task.entries])
        self._characters, self._words = CharNgramIndex(titles), BM25Index(titles)

    def scores(self, parts: list[str], vectors: np.ndarray) -> np.ndarray:
        """Return the fused score of each entry for the parts of one need, shape (entries,)."""
        views = {
            "title": vectors @ self._titles.T,
            "whole": vectors @ self._wholes.T,
            "title_characters": self._characters.scores_many(parts),
            "title_words": self._words.scores_many(parts),
        }
        return weighted_sum({name: scores.max(axis=0) for name, scores in views.items()}, self._weights)
