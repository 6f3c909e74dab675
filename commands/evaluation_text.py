"""What an evaluation found, as lines for people: figures with their bounds, then what stands beside accuracy."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from recommender.evaluate.bootstrap import LEVEL, RESAMPLES, Estimate
from recommender.evaluate.findings import Contribution, Difference, Findings, Spread
from recommender.evaluate.groups import FEWEST_TO_JUDGE, GroupFigure, worst_groups
from services.evaluate import Evaluation
from services.evaluate_history import HistoryEvaluation

Rows = Mapping[str, Sequence[str]]
BOUNDS = f"In brackets: where {LEVEL:.0%} of {RESAMPLES:,} resamples of the needs lie; all systems share the draws."


MADE_UP = "This demo company and its past are made up: the figures show that the parts work, not how people are served."


def as_text(found: Evaluation | HistoryEvaluation) -> str:
    """Return everything found, for people."""
    return table(found) if isinstance(found, Evaluation) else history_text(found)


def table(found: Evaluation) -> str:
    """Return everything found about a benchmark folder: the metrics first, ours above the baselines."""
    title = f"{found.name} ({found.task}, {found.split or 'no split'}): {found.queries} queries, {found.seconds:.1f} s"
    return "\n".join([title, "", *finding_lines(found.findings)])


def history_text(found: HistoryEvaluation) -> str:
    """Return what was found about the organisation's own past."""
    title = f"Own history: {found.sessions} sessions of {found.people} people"
    lines = [f"{title} from {found.split} to {found.until}, {found.seconds:.1f} s", *_history_notes(found)]
    for name, findings in (("Topics", found.topics), ("Mentors for the topic asked for", found.mentors)):
        lines += ["", f"{name}: {findings.queries} wishes", "", *finding_lines(findings)]
    return "\n".join(lines)


def _history_notes(found: HistoryEvaluation) -> Iterator[str]:
    if found.is_made_up:
        yield MADE_UP
    yield "Each list holds ten; what others did is known up to the day before, catalog, offers and skills are today's."
    if found.left_out:
        yield f"{found.left_out} sessions were left out: the catalog holds their topics no more."


def finding_lines(findings: Findings) -> list[str]:
    """Return the findings of one task as aligned lines."""
    metrics = {name: [figure(estimate) for estimate in row.values()] for name, row in findings.systems.items()}
    bounds = BOUNDS if findings.queries >= FEWEST_TO_JUDGE else f"{BOUNDS} So few needs say little."
    parts = [
        [*aligned(list(findings.metrics), metrics), "", bounds],
        [_difference_line(difference) for difference in findings.differences],
        list(_spread_lines(findings.spreads)),
        list(_group_lines(findings)),
        list(_ablation_lines(findings.ablation, findings.leading)),
    ]
    return [line for part in parts if part for line in (*part, "")][:-1]


def figure(estimate: Estimate) -> str:
    """Return "0.423 (.38-.47)"."""
    return f"{estimate.value:.3f} ({_short(estimate.low)}-{_short(estimate.high)})"


def signed(estimate: Estimate) -> str:
    """Return "+0.053 (+.01 to +.09)"."""
    return f"{estimate.value:+.3f} ({_short(estimate.low, '+')} to {_short(estimate.high, '+')})"


def verdict(estimate: Estimate) -> str:
    """Return whether a difference may be luck."""
    if estimate.is_above_zero:
        return "more than luck"
    return "worse, and not by bad luck" if estimate.is_below_zero else "may be luck"


def aligned(head: Sequence[str], rows: Rows) -> list[str]:
    """Return the head and one line per row, all of one length, cells to the right."""
    label = max(map(len, rows))
    cell = max(7, *(len(text) for text in head), *(len(text) for row in rows.values() for text in row))
    lines = [("", head), *rows.items()]
    return [f"{name:<{label}}" + "".join(f"  {text:>{cell}}" for text in cells) for name, cells in lines]


def _difference_line(difference: Difference) -> str:
    estimate = difference.estimate
    return f"{difference.metric}: halfhour - {difference.other} = {signed(estimate)}, {verdict(estimate)}"


def _spread_lines(spreads: Mapping[str, Spread]) -> Iterator[str]:
    for spread in list(spreads.values())[:1]:
        yield f"Beside accuracy, over the first {spread.k} of each list (exposure: Gini, 0 is even):"
        yield from aligned([f"coverage@{spread.k}", "diversity", "exposure"], dict(_spread_rows(spreads)))


def _spread_rows(spreads: Mapping[str, Spread]) -> Iterator[tuple[str, list[str]]]:
    for name, spread in spreads.items():
        diversity = figure(spread.diversity) if spread.diversity else "-"
        yield name, [f"{spread.coverage:.3f}", diversity, f"{spread.gini:.3f}"]


def _group_lines(findings: Findings) -> Iterator[str]:
    worst = worst_groups(findings.groups)
    if worst:
        yield f"Worst groups by {findings.leading}, against the mean of all needs:"
        yield from (_group_line(group) for group in worst)


def _group_line(group: GroupFigure) -> str:
    few = "too few to judge"
    certain = few if not group.may_be_judged else "worse" if group.is_worse else "may be luck"
    return f"{group.grouping}: {group.group} ({group.needs}) {figure(group.figure)}, gap {signed(group.gap)}, {certain}"


def _ablation_lines(ablation: Iterable[Contribution], leading: str) -> Iterator[str]:
    rows = {one.feature: [signed(one.differences[leading]), verdict(one.differences[leading])] for one in ablation}
    if rows:
        yield f"What each feature adds to {leading} (with it minus without it):"
        yield from aligned(["", ""], rows)[1:]


def _short(number: float, sign: str = "-") -> str:
    """Return two decimals without the leading zero: ".42", "1.00", "-.03"."""
    return f"{number:{sign}.2f}".replace("0.", ".", 1) if abs(number) < 0.995 else f"{number:{sign}.2f}"
