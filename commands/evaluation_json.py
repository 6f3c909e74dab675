"""What an evaluation found, as JSON: the published keys first, what came later beside them."""

from collections.abc import Mapping
from typing import Any

from recommender.evaluate.bootstrap import LEVEL, RESAMPLES, Estimate
from recommender.evaluate.findings import OURS, Estimates, Findings, Spread
from services.evaluate import Evaluation
from services.evaluate_history import HistoryEvaluation


def as_json(found: Evaluation | HistoryEvaluation) -> dict[str, Any]:
    """Return everything found as one object."""
    return published(found) if isinstance(found, Evaluation) else history_json(found)


def published(found: Evaluation) -> dict[str, Any]:
    """Return the keys of the published format, then `intervals`, `beside` and, where it was asked for, `ablation`."""
    return {
        "name": found.name,
        "task": found.task,
        "split": found.split,
        **_figures(found.findings),
        "seconds": found.seconds,
        **_beside(found.findings),
    }


def history_json(found: HistoryEvaluation) -> dict[str, Any]:
    """Return the frame of the replay, and under `topics` and `mentors` the same keys as a benchmark has."""
    return {
        "name": "history",
        "made_up": found.is_made_up,
        "since": found.since.isoformat(),
        "split": found.split.isoformat(),
        "until": found.until.isoformat(),
        "sessions": found.sessions,
        "people": found.people,
        "left_out": found.left_out,
        "topics": {**_figures(found.topics), **_beside(found.topics)},
        "mentors": {**_figures(found.mentors), **_beside(found.mentors)},
        "seconds": found.seconds,
    }


def _figures(findings: Findings) -> dict[str, Any]:
    systems = {name: {key: one.value for key, one in row.items()} for name, row in findings.systems.items()}
    return {"queries": findings.queries, "metrics": systems.pop(OURS), "baselines": systems}


def _beside(findings: Findings) -> dict[str, Any]:
    """Return bounds, spread, groups and ablation; a bound is [low, high], a difference says what it is against."""
    beside = {
        "intervals": {
            "level": LEVEL,
            "resamples": RESAMPLES,
            "metrics": _bounds(findings.metrics),
            "baselines": {name: _bounds(row) for name, row in findings.others.items()},
            "differences": [
                {"metric": one.metric, "baseline": one.other, **_with_bounds(one.estimate)}
                for one in findings.differences
            ],
        },
        "beside": {
            "spread": {name: _spread(spread) for name, spread in findings.spreads.items()},
            "groups": [
                {
                    "grouping": group.grouping,
                    "group": group.group,
                    "queries": group.needs,
                    findings.leading: _with_bounds(group.figure),
                    "gap": _with_bounds(group.gap),
                }
                for group in findings.groups
            ],
            "first_ranks": findings.first_ranks,
        },
    }
    ablation = {
        one.feature: {name: _with_bounds(estimate) for name, estimate in one.differences.items()}
        for one in findings.ablation
    }
    return beside | ({"ablation": ablation} if ablation else {})


def _spread(spread: Spread) -> dict[str, Any]:
    diversity = _with_bounds(spread.diversity) if spread.diversity else None
    return {
        f"coverage@{spread.k}": spread.coverage,
        "diversity": diversity,
        "gini": spread.gini,
        "lorenz": spread.lorenz,
    }


def _bounds(estimates: Estimates | Mapping[str, Estimate]) -> dict[str, list[float]]:
    return {name: [estimate.low, estimate.high] for name, estimate in estimates.items()}


def _with_bounds(estimate: Estimate) -> dict[str, Any]:
    return {"value": estimate.value, "interval": [estimate.low, estimate.high]}
