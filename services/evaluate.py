"""Runs a benchmark folder: reads it, ranks, measures; the baselines beside it in the same run."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from domain.errors import InvalidInput
from embeddings import Encoder, Progress, silent
from recommender.evaluate.baselines import baseline_scores, baseline_similarities
from recommender.evaluate.measure import measure
from recommender.evaluate.pairs import SIMILARITY_METRIC, measure_similarity
from recommender.evaluate.rankers import rank
from recommender.evaluate.tasks import Encode, SimilarityTask
from recommender.metrics import parse_metric
from services.benchmark_files import read_folder
from services.benchmark_tasks import Judged, read_task
from services.embedding_cache import CachedEncoder

Figures = dict[str, float]


@dataclass(frozen=True, slots=True)
class Encoders:
    """The encoder that is measured, plain MiniLM for the baseline, and where embeddings are kept between runs."""

    ours: Encoder
    minilm: Encoder
    cache_folder: Path


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The figures of one run: metrics by name, and the same for each baseline; `queries` were measured."""

    name: str
    task: str
    split: str
    queries: int
    metrics: Figures
    baselines: dict[str, Figures]
    seconds: float


def evaluate(
    folder: Path,
    encoders: Encoders,
    *,
    with_baselines: bool = False,
    progress: Progress = silent,
    timer: Callable[[], float] = time.perf_counter,
) -> Evaluation:
    """Return the metrics that the folder's `task.json` asks for.

    Parameters
    ----------
    timer
        Seconds since any fixed moment.

    Raises
    ------
    InvalidInput
        If the folder holds no benchmark, or something in it is wrong: the text names file and line.
    """
    started = timer()
    benchmark = read_folder(folder)
    task = read_task(benchmark)
    ours, minilm = (CachedEncoder(each, encoders.cache_folder, progress) for each in (encoders.ours, encoders.minilm))
    plain = minilm if with_baselines else None
    if isinstance(task, SimilarityTask):
        found = _measure_similarity(benchmark.metrics, task, ours, plain)
    else:
        found = _measure_ranking(benchmark.metrics, task, ours, plain)
    seconds = round(timer() - started, 2)
    return Evaluation(benchmark.name, benchmark.task, benchmark.split, *found, seconds)


class _Found(NamedTuple):
    queries: int
    metrics: Figures
    baselines: dict[str, Figures]


def _measure_ranking(names: tuple[str, ...], judged: Judged, encode: Encode, minilm: Encode | None) -> _Found:
    task, relevant = judged.task, judged.relevant
    metrics = [parse_metric(name, entries=len(task.candidate_ids)) for name in names]
    baselines = baseline_scores(task, minilm) if minilm else {}
    return _Found(
        len(relevant),
        measure(task, rank(task, encode), relevant, metrics),
        {name: measure(task, compute(), relevant, metrics) for name, compute in baselines.items()},
    )


def _measure_similarity(names: tuple[str, ...], task: SimilarityTask, encode: Encode, minilm: Encode | None) -> _Found:
    for name in names:
        if name != SIMILARITY_METRIC:
            raise InvalidInput("metric", f"be {SIMILARITY_METRIC} for similarity", name, "Correct it in task.json.")
    baselines = baseline_similarities(task, minilm) if minilm else {}
    return _Found(len(task.judged), measure_similarity(task, encode), baselines)
