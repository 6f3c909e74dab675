"""Two languages side by side: finding a text's translation, and how alike two sentences are."""

from collections.abc import Sequence

import numpy as np

from recommender.evaluate.bootstrap import Resampled, drawn_rows
from recommender.evaluate.tasks import Encode, SimilarityTask, TranslationTask
from recommender.metrics import spearman

SIMILARITY_METRIC = "spearman"
SIMILARITY_FIGURES = (SIMILARITY_METRIC, "spearman_en", "spearman_ru", "spearman_en_ru")
"""The first is the mean of the others: en1-en2, ru1-ru2, en1-ru2."""

Likeness = Sequence[np.ndarray]
"""How alike a system finds each pair, shape (pairs,), for en1-en2, ru1-ru2, en1-ru2."""


def rank_translations(task: TranslationTask, encode: Encode) -> np.ndarray:
    """Return the cosine of each Russian text with each English one, shape (n, n)."""
    return np.asarray(encode(task.russian) @ encode(task.english).T)


def cosines_of_pairs(task: SimilarityTask, encode: Encode) -> Likeness:
    """Return the cosine of each pair, as `similarity_resampled` takes it."""
    (en1, en2), (ru1, ru2) = (_columns(pairs, encode) for pairs in (task.english, task.russian))
    return [(first * second).sum(axis=1) for first, second in ((en1, en2), (ru1, ru2), (en1, ru2))]


def similarity_resampled(task: SimilarityTask, systems: Sequence[Likeness]) -> Resampled:
    """Return Spearman's correlation with people's scores, a column for each of `SIMILARITY_FIGURES` by each system.

    Pairs are drawn with replacement, the same ones for every system.
    """
    judged = np.array(task.judged)[None, :]
    rows = [np.stack(system) for system in systems]
    whole = np.concatenate([_figures(alike[:, None, :], judged) for alike in rows])
    drawn = [
        np.concatenate([_figures(alike[:, draws], judged[0, draws]) for alike in rows])
        for draws in drawn_rows(judged.shape[1])
    ]
    return Resampled(whole[:, 0], np.concatenate(drawn, axis=1).T)


def _figures(alike: np.ndarray, judged: np.ndarray) -> np.ndarray:
    """Return the correlations of the three pairings and before them their mean, shape (4, resamples)."""
    each = np.stack([spearman(values, judged) for values in alike])
    return np.vstack([each.mean(axis=0), each])


def _columns(pairs: Sequence[tuple[str, str]], encode: Encode) -> tuple[np.ndarray, np.ndarray]:
    return encode([first for first, _ in pairs]), encode([second for _, second in pairs])
