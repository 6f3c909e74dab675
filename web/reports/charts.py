"""Charts as inline SVG, drawn here: no script, colours from the style sheet, words and figures beside every mark."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from recommender.evaluate.bootstrap import Estimate

WIDTH = 400  # of the drawing; the page scales it
ROW, BAR, TOP = 46, 12, 8
NAME_CHARACTERS = 25  # as many as leave room for the figure
PLOT_HEIGHT, COLUMN_GAP = 200, 10


@dataclass(frozen=True, slots=True)
class Mark:
    """One row of a chart: its name, its figure with bounds and as words; `is_ours` takes the accent colour."""

    name: str
    estimate: Estimate
    words: str
    is_ours: bool = False


@dataclass(frozen=True, slots=True)
class Scale:
    """From a figure to a place across the drawing."""

    low: float
    high: float

    def at(self, figure: float) -> float:
        """Return the place of a figure; one beyond the ends stays at the edge."""
        share = (figure - self.low) / ((self.high - self.low) or 1.0)
        return round(min(max(share, 0.0), 1.0) * WIDTH, 1)


def bars(title: str, marks: Sequence[Mark]) -> Markup:
    """Return horizontal bars from 0, each with the line between its bounds."""
    scale = Scale(min(0.0, *_lows(marks)), max(_highs(marks)) or 1.0)
    return _drawing(title, _rows(marks, scale, has_bars=True), _rows_height(marks))


def dots(title: str, marks: Sequence[Mark], reference: float, says: str) -> Markup:
    """Return dots with the line between their bounds, around a reference line that says what it is."""
    low, high = min(reference, *_lows(marks)), max(reference, *_highs(marks))
    margin = (high - low) * 0.04 or 0.1
    scale = Scale(low - margin, high + margin)
    x, foot = scale.at(reference), _rows_height(marks)
    anchor = "end" if x > WIDTH / 2 else "start"
    line = Markup('<line class="reference" x1="{0}" x2="{0}" y1="4" y2="{1}"/>').format(x, foot)
    text = _text(x + (-5 if anchor == "end" else 5), foot + 14, says, "note", anchor)
    return _drawing(title, [line, *_rows(marks, scale, has_bars=False), text], foot + 22)


def columns(title: str, shares: Mapping[str, float]) -> Markup:
    """Return one column for each share of 0..1, named below and told above."""
    told = [(name, share, f"{share:.0%}") for name, share in shares.items()]
    return _columns(title, told, ours=0)


def counts(title: str, figures: Mapping[str, int | None], hidden: str) -> Markup:
    """Return one column for each count, the last in the accent; one that is not told has no height and says so.

    Parameters
    ----------
    hidden
        What stands above a count that is None.
    """
    told = [(name, float(count or 0), hidden if count is None else str(count)) for name, count in figures.items()]
    return _columns(title, told, ours=len(told) - 1)


def _columns(title: str, told: Sequence[tuple[str, float, str]], ours: int) -> Markup:
    width = (WIDTH - COLUMN_GAP * (len(told) - 1)) / len(told)
    highest = max(figure for _, figure, _ in told) or 1.0
    parts: list[Markup] = []
    for place, (name, figure, words) in enumerate(told):
        left, height = place * (width + COLUMN_GAP), figure / highest * (PLOT_HEIGHT - 24)
        middle, top = left + width / 2, PLOT_HEIGHT - height
        parts.append(_rectangle(left, top, width, height, "ours" if place == ours else "other"))
        parts.append(_text(middle, top - 6, words, "figure", "middle"))
        parts.append(_text(middle, PLOT_HEIGHT + 18, name, "name", "middle"))
    return _drawing(title, parts, PLOT_HEIGHT + 26)


def curves(title: str, lines: Mapping[str, Sequence[float]], diagonal: str) -> Markup:
    """Return curves of shares 0..1 over equal steps from 0 to 1, the first in the accent, the diagonal named."""
    even = _path([0.0, 1.0], "even")
    drawn = [_path(points, "ours" if place == 0 else "other") for place, points in enumerate(lines.values())]
    named = [
        _text(4, 16 + 18 * place, f"{'━' if place == 0 else '╌'} {name}", "ours" if place == 0 else "note", "start")
        for place, name in enumerate(lines)
    ]
    said = _text(WIDTH / 2 - 12, PLOT_HEIGHT / 2 - 12, diagonal, "note", "end")
    foot = Markup('<line class="axis" x1="0" x2="{0}" y1="{1}" y2="{1}"/>').format(WIDTH, PLOT_HEIGHT)
    ends = [
        _text(0, PLOT_HEIGHT + 18, "least shown", "note", "start"),
        _text(WIDTH, PLOT_HEIGHT + 18, "most shown", "note", "end"),
    ]
    return _drawing(title, [foot, even, *reversed(drawn), said, *named, *ends], PLOT_HEIGHT + 26)


def _rows(marks: Sequence[Mark], scale: Scale, *, has_bars: bool) -> Iterator[Markup]:
    for place, mark in enumerate(marks):
        top, kind = TOP + place * ROW, "ours" if mark.is_ours else "other"
        middle = top + 26 + BAR / 2
        low, high, at = (scale.at(one) for one in (mark.estimate.low, mark.estimate.high, mark.estimate.value))
        zero = scale.at(0.0)
        yield _text(0, top + 14, _short(mark.name), f"name {kind}", "start")
        yield _text(WIDTH, top + 14, mark.words, "figure", "end")
        if has_bars:
            yield _rectangle(min(zero, at), top + 26, abs(at - zero), BAR, kind)
        yield Markup('<line class="bounds {0}" x1="{1}" x2="{2}" y1="{3}" y2="{3}"/>').format(
            kind, low, max(high, low + 1), middle
        )
        if not has_bars:
            yield Markup('<circle class="{0}" cx="{1}" cy="{2}" r="6"/>').format(kind, at, middle)


def _drawing(title: str, parts: Iterable[Markup], height: float) -> Markup:
    """Return the drawing; to those who cannot see it, it is its title, and the table behind it says the rest."""
    opening = Markup('<svg class="chart" viewBox="-8 0 {0} {1}" role="img" aria-label="{2}"><title>{2}</title>')
    return opening.format(WIDTH + 16, round(height), title) + Markup("").join(parts) + Markup("</svg>")


def _path(points: Sequence[float], kind: str) -> Markup:
    steps = len(points) - 1
    places = [f"{place / steps * WIDTH:.1f},{(1 - share) * PLOT_HEIGHT:.1f}" for place, share in enumerate(points)]
    return Markup('<polyline class="curve {0}" points="{1}"/>').format(kind, " ".join(places))


def _rectangle(x: float, y: float, width: float, height: float, kind: str) -> Markup:
    sides = [round(side, 1) for side in (x, y, width, max(height, 1.0))]
    return Markup('<rect class="{0}" x="{1}" y="{2}" width="{3}" height="{4}" rx="2"/>').format(kind, *sides)


def _text(x: float, y: float, words: str, kind: str, anchor: str) -> Markup:
    return Markup('<text class="{0}" x="{1}" y="{2}" text-anchor="{3}">{4}</text>').format(
        kind, round(x, 1), round(y, 1), anchor, words
    )


def _short(name: str) -> str:
    return name if len(name) <= NAME_CHARACTERS else f"{name[: NAME_CHARACTERS - 1].rstrip()}…"


def _lows(marks: Sequence[Mark]) -> list[float]:
    return [min(mark.estimate.low, mark.estimate.value) for mark in marks]


def _highs(marks: Sequence[Mark]) -> list[float]:
    return [max(mark.estimate.high, mark.estimate.value) for mark in marks]


def _rows_height(marks: Sequence[Mark]) -> int:
    return TOP + ROW * len(marks)
