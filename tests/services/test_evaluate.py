"""Evaluating a folder: every task runs from its files to its figures, baselines beside it, embeddings kept."""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from itertools import count
from pathlib import Path

import numpy as np
import pytest

from domain.errors import InvalidInput
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


def test_the_fields_are_those_of_the_published_format(tmp_path: Path) -> None:
    found = asdict(run(topics_folder(tmp_path / "in"), tmp_path))
    assert list(found) == ["name", "task", "split", "queries", "metrics", "baselines", "seconds"]
    assert found["queries"] == 2


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
