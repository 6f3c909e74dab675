"""Entries for a need: the windows of the need that fit best count, by meaning, by characters and by words."""

from collections.abc import Mapping

import numpy as np

from embeddings import windows
from recommender.evaluate.tasks import Encode, TopicsTask
from recommender.fusion import weighted_sum
from recommender.lexical import BM25Index, CharNgramIndex

WEIGHTS = {"title": 1.0, "whole": 0.5, "both": 0.5, "title_characters": 0.4, "title_words": 0.25}
"""How much each view of an entry counts; `both` is the title with half of the whole text, as one direction."""
FEATURES = tuple(WEIGHTS)
SHARPNESS = 25.0
"""How much the best window by meaning counts more than the others: the softmax of all, near to the maximum.

Source of both: docs/decisions/0002-ranking-benchmarks.md.
"""


def rank_entries(task: TopicsTask, encode: Encode, without: frozenset[str] = frozenset()) -> np.ndarray:
    """Return a score per need and entry, shape (needs, entries).

    A need is read whole and window by window; in each view of an entry the parts of the need that fit best count.
    Meaning is read after taking away what all titles have in common: being the title of an entry.

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
    """Entries as titles, as titles with descriptions, as both at once, as characters, as words."""

    def __init__(self, task: TopicsTask, encode: Encode, weights: Mapping[str, float]) -> None:
        self._weights = weights
        titles = [entry.title for entry in task.entries]
        title_vectors, whole_vectors = encode(titles), encode([entry.whole for entry in task.entries])
        self._common = title_vectors.mean(axis=0)
        self._titles = _unit(title_vectors - self._common)
        self._wholes = _unit(whole_vectors - whole_vectors.mean(axis=0))
        self._both = _unit(self._titles + 0.5 * self._wholes)
        self._characters, self._words = CharNgramIndex(titles), BM25Index(titles)

    def scores(self, parts: list[str], vectors: np.ndarray) -> np.ndarray:
        """Return the fused score of each entry for the parts of one need, shape (entries,)."""
        parts_read = _unit(vectors - self._common)
        views = {
            "title": _softmax(parts_read @ self._titles.T),
            "whole": _softmax(parts_read @ self._wholes.T),
            "both": _softmax(parts_read @ self._both.T),
            "title_characters": self._characters.scores_many(parts).max(axis=0),
            "title_words": self._words.scores_many(parts).max(axis=0),
        }
        return weighted_sum(views, self._weights)


def _softmax(cosines: np.ndarray) -> np.ndarray:
    """Return by column the logarithm of the summed exponentials over the rows, in units of a cosine."""
    return np.asarray(np.log(np.exp(SHARPNESS * cosines).sum(axis=0)) / SHARPNESS)


def _unit(vectors: np.ndarray) -> np.ndarray:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.where(lengths > 0, lengths, 1.0))
