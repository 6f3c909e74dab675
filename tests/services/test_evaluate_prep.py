"""The evaluation counts what was drafted, why answers were not used, and whose time it was."""

from collections.abc import Sequence
from itertools import count
from time import process_time

import pytest

from prep import Brief, WriterFailed
from services.evaluate_prep import MeasuredWriter, evaluate_prep
from services.prep_cases import PrepCase, read_prep_cases
from tests.prep.writers import good_answer

CASES = [case for case in read_prep_cases() if case.request.minutes == 20][:4]


class TakingTurns:
    """Answers well for the first case; then no JSON twice; then nothing; then refuses."""

    def __init__(self, cases: Sequence[PrepCase]) -> None:
        self._answers: list[str | WriterFailed] = [
            good_answer(cases[0].request),
            "no json",
            "no json",
            WriterFailed("server_error", may_retry=True),
            good_answer(cases[2].request),
            WriterFailed("refused"),
        ]
        self.calls = 0

    def write(self, brief: Brief, codes: Sequence[str]) -> str:
        answer = self._answers[self.calls]
        self.calls += 1
        if isinstance(answer, WriterFailed):
            raise answer
        return answer


def ticking() -> float:
    """Return one second more at every look."""
    return float(next(_SECONDS))


_SECONDS = count()


def test_a_writer_is_measured_by_what_people_would_see() -> None:
    writer = TakingTurns(CASES)
    measured = MeasuredWriter(writer, "x", spent_usd=lambda: 0.25 + 0.01 * writer.calls)
    found = evaluate_prep(measured, cases=CASES).llm
    assert found is not None
    assert found.calls == 6
    assert found.usd == pytest.approx(0.06)
    assert found.violations == {"invalid_json": 2, "server_error": 1, "refused": 1}
    assert [result.why_template for result in found.results] == [None, "rejected", None, "refused"]
    assert found.template_share == 0.5
    assert found.failed == []
    assert found.gates == 0


def test_a_drafts_own_time_leaves_out_the_writers() -> None:
    measured = MeasuredWriter(TakingTurns(CASES), "x")
    found = evaluate_prep(measured, cases=CASES[:2], timer=ticking)
    assert found.llm is not None
    assert [(result.ms, result.writer_ms) for result in found.llm.results] == [(3000, 1000), (5000, 2000)]
    assert found.llm.own_ms_median == 2500
    assert found.template.ms_median == 1000


def test_without_a_writer_only_the_template_is_measured() -> None:
    found = evaluate_prep(cases=CASES)
    assert found.llm is None
    assert len(found.template.results) == 4


def test_every_template_draft_of_the_fixed_sessions_passes_with_ninety_in_under_ten_milliseconds() -> None:
    template = evaluate_prep(timer=process_time).template  # of this process alone: others may be busy
    assert template.failed == []
    assert min(template.scores) >= 90
    assert template.ms_median < 10
