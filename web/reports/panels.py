"""One panel per message: a title that says it, a chart that shows it, and the table behind the chart."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from recommender.evaluate.findings import OURS, Contribution, Difference, Estimates, Findings, Spread
from recommender.evaluate.groups import FEWEST_TO_JUDGE, GroupFigure
from web.reports.charts import Mark, bars, columns, curves, dots
from web.reports.figures import bounded, plain, signed_bounded, spoken

CHANCE = "random"
MOST_SHOWN = 0.1


@dataclass(frozen=True, slots=True)
class Panel:
    """A chart with its message; the table's first row is its head."""

    title: str
    text: str
    chart: Markup
    table: tuple[tuple[str, ...], ...]


def panels(findings: Findings) -> list[Panel]:
    """Return what the findings have to say, the main thing first; what was not measured has no panel."""
    return [
        panel for make in (_accuracy, _ranks, _ablation, _groups, _exposure) if (panel := make(findings)) is not None
    ]


def _accuracy(findings: Findings) -> Panel:
    leading = findings.leading
    against = next((one for one in findings.differences if one.metric == leading), None)
    title = _verdict(findings.metrics[leading].value, against) if against else _alone(findings.metrics, leading)
    marks = [
        Mark(spoken(name), row[leading], bounded(row[leading]), name == OURS) for name, row in findings.systems.items()
    ]
    rows = [(spoken(name), *(bounded(one) for one in row.values())) for name, row in findings.systems.items()]
    rows += [
        (f"Halfhour − {spoken(one.other)}", *(_only(one, metric) for metric in findings.metrics))
        for one in findings.differences
    ]
    text = f"Bars show {spoken(leading)}, lines where it lies in 95 of 100 resamples of the needs."
    return Panel(title, text, bars(title, marks), (("", *map(spoken, findings.metrics)), *rows))


def _only(difference: Difference, metric: str) -> str:
    """Return the difference in the column of its metric, nothing in the others."""
    return signed_bounded(difference.estimate) if difference.metric == metric else ""


def _verdict(ours: float, against: Difference) -> str:
    other, estimate, metric = spoken(against.other), against.estimate, spoken(against.metric)
    theirs = plain(ours - estimate.value)
    if estimate.is_above_zero:
        return f"Halfhour is ahead of every baseline: {metric} {plain(ours)}, the best of them, {other}, {theirs}"
    if estimate.is_below_zero:
        return f"{other} is ahead of Halfhour: {metric} {theirs} against {plain(ours)}"
    return f"Halfhour ({plain(ours)}) and {other} ({theirs}) cannot be told apart by {metric}: it may be luck"


def _alone(metrics: Estimates, leading: str) -> str:
    one = metrics[leading]
    bounds = f"{plain(one.low)} to {plain(one.high)}"
    return f"{spoken(leading)} is {plain(one.value)}; other needs like these would give {bounds}"


def _ranks(findings: Findings) -> Panel | None:
    shares = findings.first_ranks
    if not shares:
        return None
    title = f"A right answer stands first for {shares['1']:.0%} of the needs"
    rows = [
        ("first right answer at rank", "share of the needs"),
        *((name, f"{one:.1%}") for name, one in shares.items()),
    ]
    return Panel(title, "Where the first right answer stands.", columns(title, shares), tuple(rows))


def _ablation(findings: Findings) -> Panel | None:
    if not findings.ablation:
        return None
    leading, best = findings.leading, findings.ablation[0].differences
    title = _most_missed(findings.ablation[0], leading)
    marks = [_worth(one, leading) for one in findings.ablation]
    rows = [(spoken(one.feature), *map(signed_bounded, one.differences.values())) for one in findings.ablation]
    text = f"Each feature left out in turn: {spoken(leading)} with it minus {spoken(leading)} without it."
    text += _harm(findings.ablation[-1], leading)
    return Panel(title, text, dots(title, marks, 0.0, "no difference"), (("feature", *map(spoken, best)), *rows))


def _most_missed(best: Contribution, leading: str) -> str:
    estimate = best.differences[leading]
    if estimate.is_above_zero:
        return f"“{spoken(best.feature)}” is missed most: without it {spoken(leading)} falls by {plain(estimate.value)}"
    return "No single feature is missed for certain: the others make up for it"


def _harm(worst: Contribution, leading: str) -> str:
    """Return a sentence on the feature that would better be left out; "" where there is none."""
    estimate = worst.differences[leading]
    if not estimate.is_below_zero:
        return ""
    return f" “{spoken(worst.feature)}” does harm here: without it {spoken(leading)} rises by {plain(-estimate.value)}."


def _worth(one: Contribution, leading: str) -> Mark:
    estimate = one.differences[leading]
    return Mark(spoken(one.feature), estimate, signed_bounded(estimate), estimate.is_above_zero)


def _groups(findings: Findings) -> Panel | None:
    if not findings.groups:
        return None
    leading = findings.leading
    mean = findings.metrics[leading].value
    worse = [group for group in findings.groups if group.is_worse]
    title = _worst(worse, mean) if worse else "No group is clearly worse off than the mean of all"
    marks = [Mark(group.group, group.figure, bounded(group.figure), group.is_worse) for group in findings.groups]
    head = ("group", "parted by", "needs", spoken(leading), "gap to the mean")
    rows = [
        (one.group, one.grouping, str(one.needs), bounded(one.figure), signed_bounded(one.gap))
        for one in findings.groups
    ]
    enough = f"at least {FEWEST_TO_JUDGE} needs"
    text = f"{spoken(leading)} by group. Coloured: {enough}, and worse than the mean by more than luck."
    return Panel(title, text, dots(title, marks, mean, f"mean {plain(mean)}"), (head, *rows))


def _worst(worse: Sequence[GroupFigure], mean: float) -> str:
    worst = min(worse, key=lambda group: group.gap.value)
    return f"Served worst: {worst.group}, {plain(worst.figure.value)} against {plain(mean)} for all"


def _exposure(findings: Findings) -> Panel | None:
    ours = findings.spreads.get(OURS)
    if ours is None:
        return None
    title = f"The most shown tenth of the candidates holds {_top_share(ours):.0%} of all places"
    chance = findings.spreads.get(CHANCE)
    lines = {spoken(OURS): ours.lorenz} | ({"drawn at random": chance.lorenz} if chance else {})
    head = ("", "coverage", "diversity", "Gini of exposure", "held by the most shown tenth")
    rows = [(spoken(name), *_spread_cells(one)) for name, one in findings.spreads.items()]
    text = f"Share of all places in the first {ours.k} that the candidates hold together, from the least shown on."
    return Panel(title, text, curves(title, lines, "if all were even"), (head, *rows))


def _spread_cells(spread: Spread) -> Iterator[str]:
    yield f"{spread.coverage:.1%}"
    yield bounded(spread.diversity) if spread.diversity else "–"
    yield plain(spread.gini)
    yield f"{_top_share(spread):.0%}"


def _top_share(spread: Spread) -> float:
    """Return what the most shown tenth holds."""
    steps = len(spread.lorenz) - 1
    return 1 - spread.lorenz[round((1 - MOST_SHOWN) * steps)]
