"""Evaluating a folder: every task runs from its files to its figures, baselines beside it, embeddings kept."""

from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path

import numpy as np
import pytest

from domain.errors import InvalidInput
from recommender.evaluate.topics import FEATURES
from services.evaluate import Encoders, Evaluation, evaluate
from tests.fakes.encoder import FakeEncoder
from tests.services.benchmark_folders import (
    gap_folder,
    mentors_folder,
    similarity_folder,
    topics_folder,
    translation_folder,
    visits_folder,
    write_task,
)

Make = Callable[[Path], Path]
TASKS: list[tuple[Make, dict[str, float]]] = [
    (topics_folder, {"mrr": 1.0, "rp@1": 1.0}),
    (mentors_folder, {"ndcg@10": 0.5}),  # q1 finds m1 first; nobody can find m9, who has no evidence
    (gap_folder, {"mrr": 1.0}),
    (visits_folder, {"hr@2": 1.0, "coverage@1": 1 / 3}),
    (translation_folder, {"accuracy": 1.0, "mrr": 1.0}),
    (similarity_folder, {"spearman": 1.0, "spearman_en": 1.0, "spearman_ru": 1.0, "spearman_en_ru": 1.0}),
]
each_task = pytest.mark.parametrize(("make", "metrics"), TASKS, ids=[make.__name__ for make, _ in TASKS])


class CountingEncoder(FakeEncoder):
    """Counts the texts that it had to encode."""

    def __init__(self) -> None:
        super().__init__()
        self.encoded = 0

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        self.encoded += len(texts)
        return super().encode(texts)


class BlindEncoder(FakeEncoder):
    """Gives every text the same embedding."""

    def __init__(self) -> None:
        super().__init__()
        self.id = "blind"

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        return np.tile(super().encode(["same"]), (len(texts), 1))


def run(
    folder: Path, tmp_path: Path, encoder: FakeEncoder | None = None, *, with_baselines: bool = False
) -> Evaluation:
    used = encoder or FakeEncoder()
    return evaluate(folder, Encoders(used, used, tmp_path / "kept"), with_baselines=with_baselines)


@each_task
def test_every_task_runs_from_its_files_to_its_figures(tmp_path: Path, make: Make, metrics: dict[str, float]) -> None:
    found = run(make(tmp_path / "in"), tmp_path)
    assert found.metrics == pytest.approx(metrics)
    assert (found.name, found.split, found.baselines) == (f"small-{found.task}", "dev", {})


@each_task
def test_every_baseline_has_the_metrics_of_the_task(tmp_path: Path, make: Make, metrics: dict[str, float]) -> None:
    found = run(make(tmp_path / "in"), tmp_path, with_baselines=True)
    assert "minilm" in found.baselines
    assert all(set(figures) == set(metrics) for figures in found.baselines.values())


@each_task
def test_every_figure_has_bounds_and_a_difference(tmp_path: Path, make: Make, metrics: dict[str, float]) -> None:
    findings = run(make(tmp_path / "in"), tmp_path, with_baselines=True).findings
    assert {one.metric for one in findings.differences} == set(metrics)
    for row in findings.systems.values():
        assert all(estimate.low <= estimate.high for estimate in row.values())


def test_a_list_has_coverage_diversity_and_exposure_beside_accuracy(tmp_path: Path) -> None:
    found = run(topics_folder(tmp_path / "in"), tmp_path, with_baselines=True)
    spread = found.findings.spreads["halfhour"]
    assert found.queries == 2
    assert (spread.coverage, spread.gini) == (1.0, 0.0)  # ten places hold all three entries each time
    assert list(found.findings.spreads) == ["halfhour", *found.baselines]


def test_a_search_for_translations_has_no_lists(tmp_path: Path) -> None:
    assert run(translation_folder(tmp_path / "in"), tmp_path).findings.spreads == {}


def test_features_are_left_out_where_a_ranker_has_any(tmp_path: Path) -> None:
    encoder = FakeEncoder()
    encoders = Encoders(encoder, encoder, tmp_path / "kept")
    topics = evaluate(topics_folder(tmp_path / "a"), encoders, with_ablation=True)
    others = evaluate(translation_folder(tmp_path / "b"), encoders, with_ablation=True)
    assert {one.feature for one in topics.findings.ablation} == set(FEATURES)
    assert others.findings.ablation == ()


def test_seconds_are_what_the_timer_says(tmp_path: Path) -> None:
    ticks = count(100.0, 2.5)
    encoder = FakeEncoder()
    folder = topics_folder(tmp_path / "in")
    found = evaluate(folder, Encoders(encoder, encoder, tmp_path / "kept"), timer=lambda: next(ticks))
    assert found.seconds == 2.5


@each_task
def test_a_second_run_encodes_nothing_and_finds_the_same(tmp_path: Path, make: Make, metrics: dict[str, float]) -> None:
    folder = make(tmp_path / "in")
    first = run(folder, tmp_path)
    again = CountingEncoder()
    second = run(folder, tmp_path, again)
    assert again.encoded == 0
    assert second.metrics == first.metrics


def test_the_minilm_baseline_is_minilm_whatever_encoder_is_measured(tmp_path: Path) -> None:
    ours, minilm = BlindEncoder(), FakeEncoder()
    folder = translation_folder(tmp_path / "in")
    found = evaluate(folder, Encoders(ours, minilm, tmp_path / "kept"), with_baselines=True)
    alone = run(folder, tmp_path, minilm)
    assert found.baselines["minilm"] == alone.metrics
    assert found.metrics != alone.metrics


def test_similarity_has_one_metric(tmp_path: Path) -> None:
    folder = similarity_folder(tmp_path / "in")
    write_task(folder, "similarity", "mrr")
    with pytest.raises(InvalidInput, match="metric must be spearman for similarity, got mrr"):
        run(folder, tmp_path)


def test_an_unknown_metric_is_named_with_the_known_ones(tmp_path: Path) -> None:
    folder = translation_folder(tmp_path / "in")
    write_task(folder, "translation", "bleu")
    with pytest.raises(InvalidInput, match=r"metric must be one of mrr, .*, got bleu"):
        run(folder, tmp_path)
