"""From what systems reached, need by need, to findings."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from recommender.evaluate.bootstrap import Resampled, resampled_means
from recommender.evaluate.diversity import dissimilarities
from recommender.evaluate.exposure import lorenz, times_shown
from recommender.evaluate.findings import OURS, Contribution, Difference, Estimates, Findings, Spread
from recommender.evaluate.groups import Grouping, group_figures
from recommender.evaluate.measure import SHOWN, Measured
from recommender.metrics import gini

RANK_BANDS = ((1, 1), (2, 3), (4, 10), (11, 100))
BEYOND, NOWHERE = ">100", "none"


@dataclass(frozen=True, slots=True, eq=False)
class Systems:
    """What was measured on the same needs: ours, the others by name, and ours without each feature.

    Parameters
    ----------
    variants
        Names of others that are ours set otherwise: ours is compared with each, whatever baseline is best.
    """

    ours: Measured
    others: Mapping[str, Measured]
    without: Mapping[str, Measured] = field(default_factory=dict)
    variants: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Lists:
    """The candidates that lists are made of, and their unit vectors (candidates, dim) where there are any.

    `k` is how many of each list people see, at most `SHOWN`.
    """

    candidate_ids: Sequence[str]
    vectors: np.ndarray | None
    k: int = SHOWN


def find(
    systems: Systems,
    lists: Lists | None,
    groupings: Sequence[Grouping],
    deepest: int,
    owners: Sequence[Hashable] | None = None,
) -> Findings:
    """Return everything that can be said of the systems.

    Parameters
    ----------
    lists
        None where nobody reads the rankings as lists.
    deepest
        The last rank that there is.
    owners
        By need, whose it is; None takes each need for itself.
    """
    ours = systems.ours
    shown = {OURS: ours, **systems.others} if lists else {}
    return Findings(
        len(ours.need_ids),
        *compare(systems, owners),
        spreads={name: spread(measured, lists, owners) for name, measured in shown.items()} if lists else {},
        groups=group_figures(next(iter(ours.values.values())), groupings, owners),
        first_ranks=rank_shares(ours.first_ranks, deepest),
        ablation=contributions(ours, systems.without, owners),
    )


class Compared(NamedTuple):
    """Our estimates, those of the others by name, and for each metric ours minus the best of the others."""

    metrics: Estimates
    others: dict[str, Estimates]
    differences: tuple[Difference, ...]


def compare(systems: Systems, owners: Sequence[Hashable] | None = None) -> Compared:
    """Return what the same resamples say of us and of the others."""
    columns = _columns([systems.ours, *systems.others.values()])
    return compared(resampled_means(columns, owners), list(systems.ours.values), list(systems.others), systems.variants)


def compared(
    resampled: Resampled, metrics: Sequence[str], others: Sequence[str], variants: Sequence[str] = ()
) -> Compared:
    """Return the comparison of resampled figures: columns are all metrics of ours, then those of each other system."""
    width = len(metrics)
    estimates = [
        {metric: resampled.estimate(width * row + place) for place, metric in enumerate(metrics)}
        for row in range(1 + len(others))
    ]
    differences = [
        Difference(metric, others[row - 1], resampled.difference(place, width * row + place))
        for place, metric in enumerate(metrics)
        for row in _rivals(resampled.figures[place::width], others, variants)
    ]
    return Compared(estimates[0], dict(zip(others, estimates[1:], strict=True)), tuple(differences))


def _rivals(figures: np.ndarray, others: Sequence[str], variants: Sequence[str]) -> list[int]:
    """Return the rows to compare with: the best baseline, then every variant; ours is row 0."""
    baselines = [row for row, name in enumerate(others, 1) if name not in variants]
    best = [max(baselines, key=lambda row: figures[row])] if baselines else []
    return best + [row for row, name in enumerate(others, 1) if name in variants]


def contributions(
    ours: Measured, without: Mapping[str, Measured], owners: Sequence[Hashable] | None = None
) -> tuple[Contribution, ...]:
    """Return what each feature is worth, the most first by the leading metric, ties by name."""
    if not without:
        return ()
    names = list(ours.values)
    resampled = resampled_means(_columns([ours, *without.values()]), owners)
    found = [
        Contribution(
            feature, {name: resampled.difference(place, len(names) * row + place) for place, name in enumerate(names)}
        )
        for row, feature in enumerate(without, 1)
    ]
    return tuple(sorted(found, key=lambda one: (-one.differences[names[0]].value, one.feature)))


def spread(measured: Measured, lists: Lists, owners: Sequence[Hashable] | None = None) -> Spread:
    """Return how the lists of a system spread over the candidates."""
    counts = times_shown(measured.shown, lists.candidate_ids, lists.k)
    diversity = None
    if lists.vectors is not None:
        row_of = {key: row for row, key in enumerate(lists.candidate_ids)}
        unlike = dissimilarities(measured.shown, lists.vectors, row_of, lists.k)
        diversity = resampled_means(unlike[:, None], owners).estimate(0)
    return Spread(lists.k, float((counts > 0).mean()), gini(counts), lorenz(counts), diversity)


def rank_shares(first_ranks: np.ndarray, deepest: int) -> dict[str, float]:
    """Return the share of needs by the band in which the first right answer stands.

    Parameters
    ----------
    deepest
        The last rank that there is.
    """
    shares = {
        f"{low}-{high}" if high > low else f"{low}": float(((first_ranks >= low) & (first_ranks <= high)).mean())
        for low, high in RANK_BANDS
        if low <= deepest
    }
    if deepest > RANK_BANDS[-1][1]:
        shares[BEYOND] = float((first_ranks > RANK_BANDS[-1][1]).mean())
    nowhere = NOWHERE if deepest > RANK_BANDS[-1][1] else f"not in {deepest}"
    return shares | {nowhere: float((first_ranks == 0).mean())}


def _columns(systems: Sequence[Measured]) -> np.ndarray:
    """Return the values of all systems side by side, shape (needs, systems * metrics)."""
    return np.stack([values for system in systems for values in system.values.values()], axis=1)
