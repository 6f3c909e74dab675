"""The report as one HTML file: no script, nothing fetched, light and dark."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from recommender.evaluate.bootstrap import RESAMPLES
from services.evaluate import Evaluation
from services.evaluate_history import HistoryEvaluation
from web.reports.figures import meaning, spoken
from web.reports.limits import benchmark_limits, history_limits
from web.reports.panels import Panel, panels

STYLES = ("halfhour.css", "report.css")


@dataclass(frozen=True, slots=True)
class Section:
    """What was found about one set, or about topics or mentors of the own past."""

    key: str
    title: str
    facts: tuple[str, ...]
    is_made_up: bool
    meanings: tuple[tuple[str, str], ...]
    panels: tuple[Panel, ...]
    limits: tuple[str, ...]


def render_report(found: Sequence[Evaluation | HistoryEvaluation]) -> str:
    """Return the page with a section for each set, and two for a replay of the past."""
    sections = [section for number, one in enumerate(found, 1) for section in _sections(one, number)]
    return _environment().get_template("report.html").render(sections=sections, style=_style(), resamples=RESAMPLES)


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("web"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )


@cache
def _style() -> Markup:
    """Return the style sheets of the pages and of the report; they are ours, so nothing in them is escaped."""
    folder = files("web") / "static"
    return Markup("\n".join((folder / name).read_text(encoding="utf-8") for name in STYLES))  # noqa: S704


def _sections(found: Evaluation | HistoryEvaluation, number: int) -> list[Section]:
    return [_of_benchmark(found, number)] if isinstance(found, Evaluation) else _of_history(found, number)


def _of_benchmark(found: Evaluation, number: int) -> Section:
    facts = [f"{found.queries:,} needs", f"task {found.task}", f"split {found.split}" if found.split else ""]
    facts += [f"source: {found.source}" if found.source else "", f"licence: {found.licence}" if found.licence else ""]
    return Section(
        key=f"s{number}",
        title=found.name,
        facts=tuple(fact for fact in facts if fact),
        is_made_up=False,
        meanings=_meanings(found.metrics),
        panels=tuple(panels(found.findings)),
        limits=tuple(benchmark_limits(found)),
    )


def _of_history(found: HistoryEvaluation, number: int) -> list[Section]:
    facts = [
        f"{found.sessions:,} sessions of {found.people:,} people",
        f"asked for from {found.split} to {found.until}",
    ]
    if found.left_out:
        facts.append(f"{found.left_out:,} left out: their topics are no longer in the catalog")
    limits, parts = tuple(history_limits(found)), (found.topics, found.mentors)
    titles = ("Own past: was the topic suggested before it was asked for?", "Own past: was the mentor named first?")
    return [
        Section(
            f"s{number}-{place}",
            title,
            tuple(facts),
            found.is_made_up,
            _meanings(findings.metrics),
            tuple(panels(findings)),
            limits,
        )
        for place, (title, findings) in enumerate(zip(titles, parts, strict=True), 1)
    ]


def _meanings(metrics: Iterable[str]) -> tuple[tuple[str, str], ...]:
    return tuple((spoken(name), meaning(name)) for name in metrics if meaning(name))
