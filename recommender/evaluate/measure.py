"""From scores to figures: the mean of each metric over the needs that have something relevant."""

from collections.abc import Container, Iterator, Mapping, Sequence

import numpy as np

from recommender.evaluate.tasks import RankingTask, Relevant
from recommender.metrics import Coverage, Metric


def measure(
    task: RankingTask, scores: np.ndarray, relevant: Relevant, metrics: Sequence[Metric | Coverage]
) -> dict[str, float]:
    """Return the value of each metric by its name, over the needs that `relevant` knows.

    Parameters
    ----------
    scores
        Shape (needs, candidates), in the order of the task.
    """
    rankings = dict(_rankings(task, scores, relevant))
    return {metric.name: _value(metric, rankings, relevant) for metric in metrics}


def _value(metric: Metric | Coverage, rankings: Mapping[str, list[str]], relevant: Relevant) -> float:
    if isinstance(metric, Coverage):
        return metric.over(rankings.values())
    return float(np.mean([metric(ranking, relevant[need]) for need, ranking in rankings.items()]))


def _rankings(task: RankingTask, scores: np.ndarray, asked: Container[str]) -> Iterator[tuple[str, list[str]]]:
    """Give each asked need with its candidates, highest score first, ties by id; what is excluded is left out."""
    ids = np.array(task.candidate_ids)
    by_id = np.argsort(ids)
    sorted_ids = ids[by_id]
    for need, row, excluded in zip(task.need_ids, scores, task.excluded, strict=True):
        if need in asked:
            ranked = sorted_ids[np.argsort(-row[by_id], kind="stable")].tolist()
            yield need, [key for key in ranked if key not in excluded]
