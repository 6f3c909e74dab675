"""Levels 0-4 as inline SVG: gaps towards a role, a level over time; words stand beside every mark, a table behind."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from domain.people import MAX_LEVEL

WIDTH, ROW, TRACK = 344, 46, 10
LINE_WIDTH, LINE_HEIGHT, EDGE = 160, 44, 5
NAME_CHARACTERS = 28  # as many as leave room for the words at the end of the line
STEP = WIDTH / MAX_LEVEL


@dataclass(frozen=True, slots=True)
class GapMark:
    """One row: the skill, the level 0-4 held and wanted, and both in words."""

    name: str
    held: int
    wanted: int
    words: str


def gap_chart(title: str, marks: Sequence[GapMark]) -> Markup:
    """Return a track of four steps for each skill: filled as far as it is held, open as far as it is wanted."""
    rows = (part for place, mark in enumerate(marks) for part in _gap_row(mark, place * ROW))
    return _drawing("levels", title, WIDTH, ROW * len(marks), rows)


def level_line(title: str, points: Sequence[tuple[datetime, int]], until: datetime) -> Markup:
    """Return a level over time as steps from its first day to `until`, with a dot where it is now.

    Parameters
    ----------
    points
        From when on which level 0-4, oldest first; at least one.
    """
    first = points[0][0]
    span = (until - first).total_seconds() or 1.0

    def place(at: datetime) -> float:
        return EDGE + (at - first).total_seconds() / span * (LINE_WIDTH - 2 * EDGE)

    corners = [(float(EDGE), _height(points[0][1]))]
    for at, level in points[1:]:
        corners += [(place(at), corners[-1][1]), (place(at), _height(level))]
    end = (LINE_WIDTH - EDGE, corners[-1][1])
    drawn = " ".join(f"{x:.1f},{y:.1f}" for x, y in [*corners, end])
    foot = Markup('<line class="axis" x1="{0}" x2="{1}" y1="{2}" y2="{2}"/>').format(
        EDGE, LINE_WIDTH - EDGE, _height(0)
    )
    line = Markup('<polyline class="line" points="{0}"/>').format(drawn)
    dot = Markup('<circle class="now" cx="{0:.1f}" cy="{1:.1f}" r="4"/>').format(*end)
    return _drawing("over-time", title, LINE_WIDTH, LINE_HEIGHT, [foot, line, dot])


def _gap_row(mark: GapMark, top: int) -> Iterable[Markup]:
    yield _text(0, top + 15, _short(mark.name), "name", "start")
    yield _text(WIDTH, top + 15, mark.words, "figure", "end")
    yield _bar("wanted", top + 24, mark.wanted)
    if mark.held:
        yield _bar("held", top + 24, min(mark.held, MAX_LEVEL))


def _bar(kind: str, top: int, level: int) -> Markup:
    rectangle = Markup('<rect class="{0}" x="0.5" y="{1}" width="{2}" height="{3}" rx="3"/>')
    return rectangle.format(kind, top, round(level * STEP - 1, 1), TRACK)


def _height(level: int) -> float:
    return EDGE + (LINE_HEIGHT - 2 * EDGE) * (1 - level / MAX_LEVEL)


def _text(x: float, y: float, words: str, kind: str, anchor: str) -> Markup:
    text = Markup('<text class="{0}" x="{1}" y="{2}" text-anchor="{3}">{4}</text>')
    return text.format(kind, x, y, anchor, words)


def _drawing(kind: str, title: str, width: float, height: float, parts: Iterable[Markup]) -> Markup:
    opening = Markup('<svg class="{0}" viewBox="0 0 {1} {2}" role="img" aria-label="{3}"><title>{3}</title>')
    return opening.format(kind, width, height, title) + Markup("").join(parts) + Markup("</svg>")


def _short(name: str) -> str:
    return name if len(name) <= NAME_CHARACTERS else f"{name[: NAME_CHARACTERS - 1].rstrip()}…"
