"""How good drafted agendas are: the rubric over fixed sessions, for the template and, where one is given, a writer."""

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import median

from embeddings import Progress, silent
from prep import Attempt, Brief, Verdict, Writer, draft_agenda, draft_with, judge_draft
from services.prep_cases import PrepCase, read_prep_cases

Timer = Callable[[], float]


@dataclass(frozen=True, slots=True)
class CaseResult:
    """One drafted session; `ms` is the drafting alone, of which `writer_ms` were the writer's."""

    case: PrepCase
    verdict: Verdict
    ms: float
    writer_ms: float = 0.0
    attempts: tuple[Attempt, ...] = ()
    why_template: str | None = None


@dataclass(frozen=True, slots=True)
class PrepFigures:
    """What one drafter reached; every session counts once."""

    results: tuple[CaseResult, ...]

    @property
    def scores(self) -> list[float]:
        return [result.verdict.score for result in self.results]

    @property
    def gates(self) -> int:
        """Gates that drafts ran into, each place counted."""
        return sum(len(result.verdict.violations) for result in self.results)

    @property
    def failed(self) -> list[CaseResult]:
        """Sessions whose draft does not pass, in order."""
        return [result for result in self.results if not result.verdict.passes]

    @property
    def ms_median(self) -> float:
        return median(result.ms for result in self.results)

    @property
    def own_ms_median(self) -> float:
        """Milliseconds of a draft without the writer's own time."""
        return median(result.ms - result.writer_ms for result in self.results)


@dataclass(frozen=True, slots=True)
class WriterFigures(PrepFigures):
    """What a writer reached; scores are those of the drafts that people would see, the template's where it failed."""

    drafted_by: str
    usd: float

    @property
    def calls(self) -> int:
        return sum(len(result.attempts) for result in self.results)

    @property
    def violations(self) -> Counter[str]:
        """How many answers were rejected, or did not come, by code."""
        return Counter(code for result in self.results for attempt in result.attempts for code in attempt.codes)

    @property
    def template_share(self) -> float:
        return sum(result.why_template is not None for result in self.results) / len(self.results)


@dataclass(frozen=True, slots=True)
class PrepEvaluation:
    """The template beside a writer; `llm` is None where there is no writer."""

    template: PrepFigures
    llm: WriterFigures | None


@dataclass(frozen=True, slots=True)
class MeasuredWriter:
    """A writer to measure: its words, its name, its fixed instructions and what it has spent so far."""

    writer: Writer
    drafted_by: str
    instructions: str = ""
    spent_usd: Callable[[], float] = float


def evaluate_prep(
    measured: MeasuredWriter | None = None,
    *,
    cases: Sequence[PrepCase] | None = None,
    progress: Progress = silent,
    timer: Timer = time.perf_counter,
) -> PrepEvaluation:
    """Return what the template, and the writer where one is given, reach over the fixed sessions."""
    cases = read_prep_cases() if cases is None else cases
    draft_agenda(cases[0].request)  # loads the dictionaries, which a serving process has loaded too
    template = PrepFigures(tuple(_by_template(case, timer) for case in cases))
    return PrepEvaluation(template, _by_writer(measured, cases, progress, timer) if measured else None)


def _by_template(case: PrepCase, timer: Timer) -> CaseResult:
    started = timer()
    agenda = draft_agenda(case.request)
    ms = 1000 * (timer() - started)
    return CaseResult(case, judge_draft(case.request, agenda), ms)


def _by_writer(measured: MeasuredWriter, cases: Sequence[PrepCase], progress: Progress, timer: Timer) -> WriterFigures:
    before = measured.spent_usd()
    results = []
    for done, case in enumerate(cases, 1):
        results.append(_written(measured, case, timer))
        progress(done, len(cases), "Drafting")
    return WriterFigures(tuple(results), measured.drafted_by, measured.spent_usd() - before)


def _written(measured: MeasuredWriter, case: PrepCase, timer: Timer) -> CaseResult:
    timed = _TimedWriter(measured.writer, timer)
    started = timer()
    draft = draft_with(timed, case.request, measured.drafted_by, measured.instructions)
    ms = 1000 * (timer() - started)
    return CaseResult(case, draft.verdict, ms, 1000 * timed.seconds, draft.attempts, draft.why_template)


@dataclass(slots=True)
class _TimedWriter:
    writer: Writer
    timer: Timer
    seconds: float = field(default=0.0)

    def write(self, brief: Brief, codes: Sequence[str]) -> str:
        started = self.timer()
        try:
            return self.writer.write(brief, codes)
        finally:
            self.seconds += self.timer() - started
