"""What the evaluation of drafted agendas found, as JSON and as lines for people."""

from collections import Counter
from collections.abc import Callable, Iterator
from statistics import median
from typing import Any

from commands.evaluation_text import aligned
from services.evaluate_prep import CaseResult, PrepEvaluation, PrepFigures, WriterFigures

_STEPS = (100, 97, 94, 90, 80, 0)
_BAR = 40
_SHOWN = 5
_GROUPINGS: dict[str, Callable[[CaseResult], str]] = {
    "language": lambda result: str(result.case.request.language),
    "format": lambda result: str(result.case.request.format),
    "minutes": lambda result: str(result.case.request.minutes),
    "material": lambda result: str(result.case.material),
}


def prep_json(found: PrepEvaluation) -> dict[str, Any]:
    """Return the template's figures, and the writer's or None."""
    return {"template": _figures(found.template), "llm": _writer_figures(found.llm) if found.llm else None}


def prep_text(found: PrepEvaluation) -> str:
    """Return the distribution of scores, what kept drafts from passing, and the time."""
    parts = [list(_drafter_lines("Template", found.template))]
    if found.llm:
        parts.append([*_drafter_lines(found.llm.drafted_by, found.llm), *_writer_lines(found.llm)])
    else:
        parts.append(["No model is configured: only the template was measured."])
    return "\n\n".join("\n".join(lines) for lines in parts)


def _figures(figures: PrepFigures) -> dict[str, Any]:
    return {
        "cases": len(figures.results),
        "min_score": round(min(figures.scores), 2),
        "median_score": round(median(figures.scores), 2),
        "gates": figures.gates,
        "ms_median": round(figures.ms_median, 3),
    }


def _writer_figures(figures: WriterFigures) -> dict[str, Any]:
    return _figures(figures) | {
        "own_ms_median": round(figures.own_ms_median, 3),
        "violations": dict(figures.violations.most_common()),
        "usd": round(figures.usd, 6),
        "calls": figures.calls,
        "template_share": round(figures.template_share, 4),
    }


def _drafter_lines(name: str, figures: PrepFigures) -> Iterator[str]:
    scores = figures.scores
    yield f"{name}: {len(scores)} sessions, {len(figures.failed)} do not pass, {figures.gates} gates"
    yield f"Score: lowest {min(scores):.1f}, median {median(scores):.1f}; {figures.ms_median:.1f} ms a draft"
    yield ""
    yield from _distribution(scores)
    yield ""
    yield from _groups(figures)
    for result in figures.failed[:_SHOWN]:
        yield f"Does not pass: {result.case.name}: {', '.join(_reasons(result)) or 'score'}"


def _distribution(scores: list[float]) -> Iterator[str]:
    """Yield a bar for each band of scores, the best first."""
    bands = Counter(next(step for step in _STEPS if round(score, 2) >= step) for score in scores)
    for above, step in zip((None, *_STEPS), _STEPS, strict=False):
        label = str(step) if above is None else f"{step}-{above}"
        bar = "#" * round(_BAR * bands[step] / len(scores))
        yield f"{label:>7}  {bands[step]:3}  {bar}".rstrip()


def _groups(figures: PrepFigures) -> Iterator[str]:
    rows: dict[str, list[float]] = {}
    for grouping, key in _GROUPINGS.items():
        for result in figures.results:
            rows.setdefault(f"{grouping}: {key(result)}", []).append(result.verdict.score)
    cells = {name: [str(len(own)), f"{min(own):.1f}", f"{median(own):.1f}"] for name, own in rows.items()}
    yield from aligned(["cases", "lowest", "median"], cells)


def _writer_lines(figures: WriterFigures) -> Iterator[str]:
    yield ""
    yield f"{figures.calls} calls, {figures.usd:.4f} USD, {figures.template_share:.0%} of the drafts are the template's"
    yield f"Without the model's own time: {figures.own_ms_median:.1f} ms a draft"
    counts = figures.violations.most_common()
    yield "Why answers were not used: " + (", ".join(f"{code} {count}" for code, count in counts) or "all were")


def _reasons(result: CaseResult) -> list[str]:
    return [*(violation.gate for violation in result.verdict.violations), *result.verdict.below_floor]
