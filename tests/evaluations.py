"""Ready-made evaluations for tests of what is shown of them."""

from collections.abc import Sequence
from datetime import date

import numpy as np

from recommender.evaluate.find import Lists, Systems, find
from recommender.evaluate.findings import Findings
from recommender.evaluate.groups import Grouping
from recommender.evaluate.measure import Measured
from services.evaluate import Evaluation
from services.evaluate_history import HistoryEvaluation

NEEDS = 80
CANDIDATES = [f"c{number:02d}" for number in range(12)]


def measured(chances: float, seed: int = 0) -> Measured:
    """Return a system that finds the right answer first so often, and else nowhere."""
    first = np.random.default_rng(seed).random(NEEDS) < chances
    shown = tuple(tuple(CANDIDATES[row % 3 : row % 3 + 10]) for row in range(NEEDS))
    ids = tuple(f"n{row}" for row in range(NEEDS))
    values = {"mrr": first.astype(float), "ndcg@10": first / 2}
    return Measured(ids, values, shown, first.astype(int))


def some_findings(ours: float = 0.8, best: float = 0.3, features: Sequence[str] = ("title_words",)) -> Findings:
    """Return findings in which one half of the needs fares worse, and a feature makes all the difference."""
    halves = Grouping("length", ("short <needs>",) * (NEEDS // 2) + ("long needs",) * (NEEDS // 2))
    others = {"random": measured(0.05, 1), "bm25": measured(best, 2)}
    systems = Systems(measured(ours), others, {feature: measured(0.1, 3) for feature in features})
    return find(systems, Lists(CANDIDATES, np.eye(len(CANDIDATES))), [halves], deepest=12)


def an_evaluation(findings: Findings | None = None, name: str = "needs-tech") -> Evaluation:
    return Evaluation(name, "topics", "dev", "somebody/skills", "CC BY 4.0", findings or some_findings(), 1.25)


def a_history(*, is_made_up: bool = False, left_out: int = 0) -> HistoryEvaluation:
    return HistoryEvaluation(
        since=date(2025, 9, 1),
        split=date(2026, 1, 1),
        until=date(2026, 3, 1),
        sessions=70,
        people=33,
        left_out=left_out,
        is_made_up=is_made_up,
        topics=some_findings(),
        mentors=some_findings(ours=0.4, best=0.4, features=()),
        seconds=2.5,
    )
