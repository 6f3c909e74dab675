"""Whom a ranking serves worse: figures of groups of needs against the mean of all."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np

from recommender.evaluate.bootstrap import Estimate, resampled_means

SMALLEST_GROUP = 5  # fewer would point at people. Source: RELIABILITY.md R15
FEWEST_TO_JUDGE = 20


@dataclass(frozen=True, slots=True)
class Grouping:
    """A way to part the needs: its name, and the group of each need."""

    name: str
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GroupFigure:
    """One group's figure, and how far it lies from the mean of all needs (below zero is worse)."""

    grouping: str
    group: str
    needs: int
    figure: Estimate
    gap: Estimate

    @property
    def may_be_judged(self) -> bool:
        """Whether there are enough needs: resamples of a handful say too little of how else it might have come."""
        return self.needs >= FEWEST_TO_JUDGE

    @property
    def is_worse(self) -> bool:
        """Whether the group is served worse than the mean, and not by bad luck."""
        return self.may_be_judged and self.gap.is_below_zero


def split_at_median(name: str, amounts: Sequence[float], low: str, high: str) -> Grouping:
    """Return the needs up to the median as one group and those above it as the other."""
    middle = float(np.median(amounts)) if len(amounts) else 0.0
    return Grouping(name, tuple(low if amount <= middle else high for amount in amounts))


def group_figures(
    values: np.ndarray, groupings: Sequence[Grouping], owners: Sequence[Hashable] | None = None
) -> tuple[GroupFigure, ...]:
    """Return the figures of all groups, worst first within each grouping, ties by name.

    Groups of fewer than `SMALLEST_GROUP` owners are put together, and with the next smallest where they are still too
    few: so nobody can be found by subtraction. A grouping that leaves one group only is left out.

    Parameters
    ----------
    values
        The metric by need, shape (needs,).
    owners
        By need, whose it is; None takes each need for itself.
    """
    whose: Sequence[Hashable] = range(len(values)) if owners is None else owners
    found: list[GroupFigure] = []
    for grouping in groupings:
        labels = np.array(_large_enough(grouping, whose), dtype=object)
        if len(set(labels)) > 1:
            figures = _figures(grouping.name, values, labels, whose)
            found += sorted(figures, key=lambda figure: (figure.gap.value, figure.group))
    return tuple(found)


def worst_groups(figures: Sequence[GroupFigure]) -> tuple[GroupFigure, ...]:
    """Return the worst group of each grouping, in the order given."""
    worst: dict[str, GroupFigure] = {}
    for figure in figures:
        before = worst.setdefault(figure.grouping, figure)
        if figure.gap.value < before.gap.value:
            worst[figure.grouping] = figure
    return tuple(worst.values())


def _figures(name: str, values: np.ndarray, labels: np.ndarray, owners: Sequence[Hashable]) -> list[GroupFigure]:
    groups = sorted(set(labels))
    among = np.stack([np.ones(len(values), dtype=bool), *(labels == group for group in groups)], axis=1)
    resampled = resampled_means(np.tile(values[:, None], (1, among.shape[1])), owners, among)
    return [
        GroupFigure(
            name, group, int(among[:, column].sum()), resampled.estimate(column), resampled.difference(column, 0)
        )
        for column, group in enumerate(groups, 1)
    ]


def _large_enough(grouping: Grouping, owners: Sequence[Hashable]) -> list[str]:
    """Return the labels with the small groups put together."""
    labels = grouping.labels
    members: dict[str, set[Hashable]] = {}
    for label, owner in zip(labels, owners, strict=True):
        members.setdefault(label, set()).add(owner)
    by_size = sorted(members, key=lambda label: (len(members[label]), label))
    small: set[str] = set()
    together: set[Hashable] = set()
    for label in by_size:
        if len(members[label]) < SMALLEST_GROUP or (small and len(together) < SMALLEST_GROUP):
            small.add(label)
            together |= members[label]
    return [f"{grouping.name}: others" if label in small else label for label in labels]
