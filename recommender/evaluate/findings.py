"""What an evaluation finds: figures with their bounds, differences to baselines, and what stands beside accuracy."""

from dataclasses import dataclass

from recommender.evaluate.bootstrap import Estimate
from recommender.evaluate.groups import GroupFigure

OURS = "halfhour"
Estimates = dict[str, Estimate]
"""Estimate by metric."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Our figure minus that of another system, by one metric."""

    metric: str
    other: str
    estimate: Estimate


@dataclass(frozen=True, slots=True)
class Spread:
    """How a system's lists, cut after the first `k`, spread over the candidates.

    Parameters
    ----------
    coverage
        Share of the candidates that stand in at least one list.
    gini
        0 where every candidate is shown as often, towards 1 where few are shown all the time.
    lorenz
        Share of all places held by the least shown 0 %, 5 %, ... 100 % of the candidates.
    diversity
        Mean 1 - cosine within a list; None where candidates have no vectors.
    """

    k: int
    coverage: float
    gini: float
    lorenz: tuple[float, ...]
    diversity: Estimate | None


@dataclass(frozen=True, slots=True)
class Contribution:
    """What a feature is worth: our figures minus those without it, by metric."""

    feature: str
    differences: Estimates


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything found about one task; the first metric is the leading one.

    Parameters
    ----------
    others
        Estimates of the baselines of the same run, by name.
    differences
        For each metric ours minus the baseline that is best by it, then ours minus each variant.
    spreads
        By system, ours first; empty where nobody reads the lists.
    first_ranks
        Share of the needs whose first right answer stands at these ranks: "1", "2-3", "4-10", "11-100", ">100",
        "none" ("not in 10" where only ten are ranked); only bands that can occur.
    """

    queries: int
    metrics: Estimates
    others: dict[str, Estimates]
    differences: tuple[Difference, ...]
    spreads: dict[str, Spread]
    groups: tuple[GroupFigure, ...]
    first_ranks: dict[str, float]
    ablation: tuple[Contribution, ...] = ()

    @property
    def leading(self) -> str:
        """The metric that is named first."""
        return next(iter(self.metrics))

    @property
    def systems(self) -> dict[str, Estimates]:
        """All estimates by system, ours first."""
        return {OURS: self.metrics, **self.others}
