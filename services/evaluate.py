"""Runs a benchmark folder: reads it, ranks, measures; the baselines beside it in the same run."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from domain.errors import InvalidInput
from embeddings import Encoder, Progress, silent
from recommender.evaluate.baselines import baseline_likeness, baseline_scores
from recommender.evaluate.find import Lists, Systems, compared, find
from recommender.evaluate.findings import Findings
from recommender.evaluate.measure import Measured, measure_scores
from recommender.evaluate.pairs import SIMILARITY_FIGURES, SIMILARITY_METRIC, cosines_of_pairs, similarity_resampled
from recommender.evaluate.rankers import feature_names, rank
from recommender.evaluate.tasks import Encode, SimilarityTask
from recommender.evaluate.traits import candidate_vectors, groupings
from recommender.metrics import parse_metric
from services.benchmark_files import BenchmarkFolder, read_folder
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
    """What one run found; `source` and `licence` as the folder names them."""

    name: str
    task: str
    split: str
    source: str
    licence: str
    findings: Findings
    seconds: float

    @property
    def queries(self) -> int:
        """How many needs were measured."""
        return self.findings.queries

    @property
    def metrics(self) -> Figures:
        """Our figures by metric."""
        return {name: estimate.value for name, estimate in self.findings.metrics.items()}

    @property
    def baselines(self) -> dict[str, Figures]:
        """The same for each baseline."""
        return {
            other: {name: estimate.value for name, estimate in estimates.items()}
            for other, estimates in self.findings.others.items()
        }


def evaluate(
    folder: Path,
    encoders: Encoders,
    *,
    with_baselines: bool = False,
    with_ablation: bool = False,
    progress: Progress = silent,
    timer: Callable[[], float] = time.perf_counter,
) -> Evaluation:
    """Return the metrics that the folder's `task.json` asks for, with their bounds.

    Parameters
    ----------
    with_ablation
        Whether to rank again without each feature in turn, where the ranker has any to leave out.
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
        findings = _measure_similarity(benchmark.metrics, task, ours, plain)
    else:
        findings = _Run(benchmark, task, ours, plain, progress).findings(with_ablation)
    return Evaluation(
        name=benchmark.name,
        task=benchmark.task,
        split=benchmark.split,
        source=benchmark.paths.get("source", ""),
        licence=benchmark.paths.get("licence", ""),
        findings=findings,
        seconds=round(timer() - started, 2),
    )


class _Run:
    """One ranking task under measurement."""

    def __init__(
        self, benchmark: BenchmarkFolder, judged: Judged, encode: Encode, minilm: Encode | None, progress: Progress
    ) -> None:
        self._task, self._relevant = judged.task, judged.relevant
        self._encode, self._minilm, self._progress = encode, minilm, progress
        self._metrics = [parse_metric(name, entries=len(judged.task.candidate_ids)) for name in benchmark.metrics]

    def findings(self, with_ablation: bool) -> Findings:
        ours = self._measured(rank(self._task, self._encode))
        without = dict(self._without_each_feature()) if with_ablation else {}
        ids, vectors = self._task.candidate_ids, candidate_vectors(self._task, self._encode)
        return find(
            Systems(ours, dict(self._baselines()), without),
            None if vectors is None else Lists(ids, vectors),
            groupings(self._task, self._relevant, ours.need_ids),
            deepest=len(ids),
        )

    def _baselines(self) -> Iterator[tuple[str, Measured]]:
        computed = baseline_scores(self._task, self._minilm) if self._minilm else {}
        for done, (name, compute) in enumerate(computed.items(), 1):
            yield name, self._measured(compute())
            self._progress(done, len(computed), "Baselines")

    def _without_each_feature(self) -> Iterator[tuple[str, Measured]]:
        features = feature_names(self._task)
        for done, feature in enumerate(features, 1):
            yield feature, self._measured(rank(self._task, self._encode, frozenset({feature})))
            self._progress(done, len(features), "Leaving out features")

    def _measured(self, scores: np.ndarray) -> Measured:
        return measure_scores(self._task, scores, self._relevant, self._metrics)


def _measure_similarity(
    names: tuple[str, ...], task: SimilarityTask, encode: Encode, minilm: Encode | None
) -> Findings:
    for name in names:
        if name != SIMILARITY_METRIC:
            raise InvalidInput("metric", f"be {SIMILARITY_METRIC} for similarity", name, "Correct it in task.json.")
    baselines = baseline_likeness(task, minilm) if minilm else {}
    resampled = similarity_resampled(task, [cosines_of_pairs(task, encode), *baselines.values()])
    found = compared(resampled, SIMILARITY_FIGURES, list(baselines))
    return Findings(len(task.judged), *found, spreads={}, groups=(), first_ranks={})
