"""Translations and similarity: figures by hand from an encoder whose cosines are known."""

from collections.abc import Sequence

import numpy as np
import pytest

from recommender.evaluate.bootstrap import Estimate
from recommender.evaluate.measure import measure
from recommender.evaluate.pairs import SIMILARITY_FIGURES, cosines_of_pairs, rank_translations, similarity_resampled
from recommender.evaluate.tasks import SimilarityTask, TranslationTask
from recommender.metrics import parse_metric

ANGLES = {"dog": 0.0, "cat": 0.6, "car": 1.5, "собака": 0.1, "кошка": 0.5, "машина": 0.2}


def on_a_circle(texts: Sequence[str]) -> np.ndarray:
    angles = np.array([ANGLES[text] for text in texts])
    return np.stack([np.cos(angles), np.sin(angles)], axis=1)


def test_each_russian_text_looks_for_its_english_one_among_all() -> None:
    task = TranslationTask(("dog", "cat", "car"), ("собака", "кошка", "машина"))
    metrics = [parse_metric(name) for name in ("accuracy", "mrr", "recall@5")]
    got = measure(task, rank_translations(task, on_a_circle), task.relevant, metrics)
    assert got == {"accuracy": pytest.approx(2 / 3), "mrr": pytest.approx((1 + 1 + 1 / 3) / 3), "recall@5": 1.0}


def test_a_sentence_that_stands_twice_is_right_in_both_rows() -> None:
    task = TranslationTask(("dog", "cat", "dog"), ("собака", "кошка", "машина"))
    assert task.relevant == {
        "000000": {"000000": 1, "000002": 1},
        "000001": {"000001": 1},
        "000002": {"000000": 1, "000002": 1},
    }


def test_similarity_has_a_figure_for_each_pairing_and_their_mean() -> None:
    english = (("dog", "dog"), ("dog", "cat"), ("dog", "car"))
    russian = (("собака", "кошка"), ("собака", "собака"), ("собака", "машина"))
    task = SimilarityTask(english, russian, (5.0, 3.0, 0.0))
    resampled = similarity_resampled(task, [cosines_of_pairs(task, on_a_circle)])
    got = dict(zip(SIMILARITY_FIGURES, resampled.figures, strict=True))
    # cosines fall with the angle. en 0, .6, 1.5 as judged; ru .4, 0, .1; en1-ru2 .5, .1, .2: the middle, first, last
    assert got["spearman_en"] == pytest.approx(1.0)
    assert got["spearman_ru"] == pytest.approx(1 - 6 * (4 + 1 + 1) / 24)
    assert got["spearman_en_ru"] == pytest.approx(1 - 6 * (4 + 1 + 1) / 24)
    assert got["spearman"] == pytest.approx((1.0 - 0.5 - 0.5) / 3)


def test_similarity_is_resampled_by_pairs_the_same_ones_for_every_system() -> None:
    judged = tuple(float(number) for number in range(12))
    same, opposite = np.arange(12.0), -np.arange(12.0)
    task = SimilarityTask((("a", "a"),) * 12, (("a", "a"),) * 12, judged)
    resampled = similarity_resampled(task, [[same, same, same], [opposite, same, opposite]])
    # whichever pairs are drawn, their order stays as judged, or turns round
    assert resampled.samples[:, 0] == pytest.approx(1.0)
    assert resampled.estimate(4) == Estimate(*[pytest.approx(-1 / 3)] * 3)
    assert resampled.difference(0, 4) == Estimate(*[pytest.approx(4 / 3)] * 3)
