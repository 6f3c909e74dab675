"""What the figures of a report cannot say."""

from collections.abc import Iterator

from recommender.evaluate.findings import Findings
from services.evaluate import Evaluation
from services.evaluate_history import HistoryEvaluation
from web.reports.figures import plain, spoken

LUCK = "Bounds hold for each figure alone. Among many groups and features one in twenty differs by luck."
HELPED = "A suggestion that was right by these figures need not have helped anybody: that shows only after the session."


def benchmark_limits(found: Evaluation) -> Iterator[str]:
    """Give the limits of a public set."""
    yield "The needs are public data, written by other people for other ends. Yours ask differently."
    if found.findings.first_ranks:
        yield "A right answer that nobody judged counts as wrong."
    yield _resolution(found.findings)
    yield LUCK
    yield HELPED


def history_limits(found: HistoryEvaluation) -> Iterator[str]:
    """Give the limits of a replay of the past."""
    if found.is_made_up:
        yield "This company and its past are made up: the figures show that the parts work, not how people are served."
    yield "People ask for what they were shown. A replay favours whatever the product suggested at the time."
    yield "Offers, skills, roles and the catalog are today's: the store keeps no past of them. Pauses do not count."
    yield "What others did is known up to the day before, and of each list the first ten count."
    yield _resolution(found.topics)
    yield LUCK
    yield HELPED


def _resolution(findings: Findings) -> str:
    leading = findings.metrics[findings.leading]
    half = max(leading.high - leading.value, leading.value - leading.low)
    text = "With {queries} needs {metric} is known to about ±{half}; a difference on the same needs is known better."
    return text.format(queries=f"{findings.queries:,}", metric=spoken(findings.leading), half=plain(half))
