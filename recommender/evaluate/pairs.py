"""Two languages side by side: finding a text's translation, and how alike two sentences are."""

from collections.abc import Sequence

import numpy as np

from recommender.evaluate.tasks import Encode, SimilarityTask, TranslationTask
from recommender.metrics import spearman

SIMILARITY_METRIC = "spearman"
LANGUAGE_PAIRS = ("spearman_en", "spearman_ru", "spearman_en_ru")


def rank_translations(task: TranslationTask, encode: Encode) -> np.ndarray:
    """Return the cosine of each Russian text with each English one, shape (n, n)."""
    return np.asarray(encode(task.russian) @ encode(task.english).T)


def measure_similarity(task: SimilarityTask, encode: Encode) -> dict[str, float]:
    """Return how well cosine orders the pairs as people do, see `similarity_figures`."""
    (en1, en2), (ru1, ru2) = (_columns(pairs, encode) for pairs in (task.english, task.russian))
    return similarity_figures(
        task, [(first * second).sum(axis=1) for first, second in ((en1, en2), (ru1, ru2), (en1, ru2))]
    )


def similarity_figures(task: SimilarityTask, alike: Sequence[np.ndarray]) -> dict[str, float]:
    """Return Spearman's correlation with people's scores for en1-en2, ru1-ru2, en1-ru2; "spearman" is their mean.

    Parameters
    ----------
    alike
        Similarity of each pair, shape (pairs,), for the three pairings in this order.
    """
    judged = np.array(task.judged)
    figures = dict(zip(LANGUAGE_PAIRS, (spearman(values, judged) for values in alike), strict=True))
    return {SIMILARITY_METRIC: float(np.mean(list(figures.values()))), **figures}


def _columns(pairs: Sequence[tuple[str, str]], encode: Encode) -> tuple[np.ndarray, np.ndarray]:
    return encode([first for first, _ in pairs]), encode([second for _, second in pairs])
