"""From scores to figures: the mean of each metric over the needs that have something relevant."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from recommender.evaluate.tasks import RankingTask, Relevant
from recommender.fusion import ranked_ids
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


def _rankings(task: RankingTask, scores: np.ndarray, asked: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    """Give each asked need with its ranked candidates; what is excluded is left out."""
    ids = task.candidate_ids
    column, asked = {key: place for place, key in enumerate(ids)}, frozenset(asked)
    for need, row, excluded in zip(task.need_ids, scores, task.excluded, strict=True):
        if need in asked:
            allowed = row.astype(np.float64)
            allowed[[column[key] for key in excluded if key in column]] = -np.inf
            yield need, ranked_ids(ids, allowed)
