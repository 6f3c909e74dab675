"""From scores to figures: what each need got by each metric, and what was shown for it."""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from recommender.evaluate.tasks import RankingTask, Relevant
from recommender.metrics import Coverage, Grades, Metric

SHOWN = 10  # how many of each ranking count as shown where no metric says so


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """What one system reached, need by need, in the order of `need_ids`.

    Parameters
    ----------
    values
        By metric one value per need, shape (needs,); their mean is the figure.
    shown
        By need the first `SHOWN` candidate ids.
    first_ranks
        By need the rank of the first relevant candidate, 0 where there is none.
    """

    need_ids: tuple[str, ...]
    values: dict[str, np.ndarray]
    shown: tuple[tuple[str, ...], ...]
    first_ranks: np.ndarray

    @property
    def figures(self) -> dict[str, float]:
        """The mean of each metric."""
        return {name: float(values.mean()) for name, values in self.values.items()}


def measure(
    task: RankingTask, scores: np.ndarray, relevant: Relevant, metrics: Sequence[Metric | Coverage]
) -> dict[str, float]:
    """Return the value of each metric by its name, over the needs that `relevant` knows.

    Parameters
    ----------
    scores
        Shape (needs, candidates), in the order of the task.
    """
    return measure_scores(task, scores, relevant, metrics).figures


def measure_scores(
    task: RankingTask, scores: np.ndarray, relevant: Relevant, metrics: Sequence[Metric | Coverage]
) -> Measured:
    """Return need by need what the scores reach, shape and order as in `measure`."""
    return measure_rankings(dict(_rankings(task, scores, relevant)), relevant, metrics)


def measure_rankings(
    rankings: Mapping[str, Sequence[str]], relevant: Relevant, metrics: Sequence[Metric | Coverage]
) -> Measured:
    """Return need by need what the rankings reach: candidate ids by need id, best first."""
    return Measured(
        need_ids=tuple(rankings),
        values={metric.name: _values(metric, rankings, relevant) for metric in metrics},
        shown=tuple(tuple(ranking[:SHOWN]) for ranking in rankings.values()),
        first_ranks=np.array([_first_rank(ranking, relevant[need]) for need, ranking in rankings.items()]),
    )


def _values(metric: Metric | Coverage, rankings: Mapping[str, Sequence[str]], relevant: Relevant) -> np.ndarray:
    if isinstance(metric, Coverage):
        return metric.shares(list(rankings.values()))
    return np.array([metric(ranking, relevant[need]) for need, ranking in rankings.items()], dtype=np.float64)


def _first_rank(ranking: Sequence[str], relevant: Grades) -> int:
    return next((rank for rank, key in enumerate(ranking, 1) if relevant.get(key, 0) > 0), 0)


def _rankings(task: RankingTask, scores: np.ndarray, asked: Container[str]) -> Iterator[tuple[str, list[str]]]:
    """Give each asked need with its candidates, highest score first, ties by id; what is excluded is left out."""
    ids = np.array(task.candidate_ids)
    by_id = np.argsort(ids)
    sorted_ids = ids[by_id]
    for need, row, excluded in zip(task.need_ids, scores, task.excluded, strict=True):
        if need in asked:
            ranked = sorted_ids[np.argsort(-row[by_id], kind="stable")].tolist()
            yield need, [key for key in ranked if key not in excluded]
