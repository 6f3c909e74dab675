"""A draft with a writer's words: attempt, one regeneration by violation codes, else the template's draft."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from domain.agendas import Agenda, Line, Question, Segment
from prep.brief import Brief, write_brief
from prep.gates import texts_of
from prep.parse import AnswerCode, AnswerRejected, Proposal, ProposedLine, ProposedSegment, parse_proposal
from prep.quotes import plain_words
from prep.requests import AgendaRequest
from prep.rubric import PASS_SCORE, Verdict, judge_agenda, topic_text
from prep.template import draft_on_all_facts, keep_cited

MAX_CALLS = 2
REJECTED = "rejected"
"""Why the template speaks where answers came and none passed."""

_WRONG_SEGMENTS = "segments"
_LEAKED_PROMPT = "leaked_prompt"
_LOW_SCORE = "score"
_LEAKED_RUN = 8  # so many words in a row out of the instructions are no accident


class Writer(Protocol):
    """Finds the words for a brief; one call is one request to a model."""

    def write(self, brief: Brief, codes: Sequence[str]) -> str:
        """Return the answer as it came; `codes` say why the last one was rejected, empty at first.

        Raises
        ------
        WriterFailed
            If there is no answer.
        """
        ...


class WriterFailed(Exception):
    """No answer came; `code` holds no text of a person, `may_retry` says whether a second call makes sense."""

    def __init__(self, code: str, may_retry: bool = False) -> None:
        self.code, self.may_retry = code, may_retry
        super().__init__(f"The writer gave no answer: {code}.")


@dataclass(frozen=True, slots=True)
class Attempt:
    """One call of the writer.

    `codes` say why it was not used, empty when it was; `verdict` is None where there was no agenda to judge.
    """

    codes: tuple[str, ...]
    verdict: Verdict | None = None
    is_answered: bool = True


@dataclass(frozen=True, slots=True)
class Draft:
    """An agenda and how it came about; `why_template` is None when the writer's words are in it, else a code."""

    agenda: Agenda
    verdict: Verdict
    attempts: tuple[Attempt, ...] = ()
    why_template: str | None = None


def draft_with(
    writer: Writer, request: AgendaRequest, drafted_by: str, instructions: str = "", skeleton: Agenda | None = None
) -> Draft:
    """Return the writer's draft where it passes gates and rubric, else the template's; two calls at most.

    Parameters
    ----------
    drafted_by
        Model and prompt version, kept with the agenda.
    instructions
        The fixed text of the prompt: an answer that recites it is rejected.
    skeleton
        What `draft_on_all_facts` gave for the request; None drafts it here.
    """
    skeleton = skeleton or draft_on_all_facts(request)
    desk = _Desk(request, skeleton, write_brief(request, skeleton), drafted_by, _runs(instructions))
    attempts: list[Attempt] = []
    may_call = True
    while may_call and len(attempts) < MAX_CALLS:
        attempt, agenda, may_call = desk.attempt(writer, _codes_of_last(attempts))
        attempts.append(attempt)
        if agenda and attempt.verdict:
            return Draft(keep_cited(agenda), attempt.verdict, tuple(attempts))
    template = keep_cited(skeleton)
    return Draft(template, judge_draft(request, template), tuple(attempts), _why(attempts[-1]))


def brief_of(request: AgendaRequest) -> Brief:
    """Return the brief that a writer gets for the request."""
    return write_brief(request, draft_on_all_facts(request))


def judge_draft(request: AgendaRequest, agenda: Agenda) -> Verdict:
    """Return the verdict on a draft of this request."""
    known = topic_text(request.topic, request.language)
    return judge_agenda(agenda, people=request.people, last_questions=request.last_questions, known_text=known)


@dataclass(frozen=True, slots=True)
class _Desk:
    """What both attempts work from."""

    request: AgendaRequest
    skeleton: Agenda
    brief: Brief
    drafted_by: str
    secret: frozenset[tuple[str, ...]]

    def attempt(self, writer: Writer, codes: Sequence[str]) -> tuple[Attempt, Agenda | None, bool]:
        """Return the attempt, its agenda where it passes, and whether another call makes sense."""
        try:
            proposal = parse_proposal(writer.write(self.brief, codes))
        except WriterFailed as failed:
            return Attempt((failed.code,), is_answered=False), None, failed.may_retry
        except AnswerRejected as rejected:
            return Attempt((str(rejected.code),)), None, rejected.code is not AnswerCode.REFUSED
        if len(proposal.segments) != len(self.skeleton.segments):
            return Attempt((_WRONG_SEGMENTS,)), None, True
        agenda = _in_words_of(proposal, self.skeleton, self.drafted_by)
        verdict = judge_draft(self.request, agenda)
        found = tuple(self._codes(agenda, verdict))
        return Attempt(found, verdict), None if found else agenda, True

    def _codes(self, agenda: Agenda, verdict: Verdict) -> Iterator[str]:
        """Yield each gate once, then the criteria below their floors, then the sum where it is too low."""
        yield from dict.fromkeys(str(violation.gate) for violation in verdict.violations)
        if any(_runs(text) & self.secret for _, text in texts_of(agenda)):
            yield _LEAKED_PROMPT
        yield from map(str, verdict.below_floor)
        if verdict.score < PASS_SCORE:
            yield _LOW_SCORE


def _in_words_of(proposal: Proposal, skeleton: Agenda, drafted_by: str) -> Agenda:
    """Return the skeleton with the proposed words: stages, minutes, notes and facts stay."""
    parts = zip(skeleton.segments, proposal.segments, strict=True)
    return replace(
        skeleton,
        outcome=_line(proposal.outcome),
        segments=tuple(_segment(segment, words) for segment, words in parts),
        next_step=_line(proposal.next_step),
        drafted_by=drafted_by,
    )


def _segment(segment: Segment, words: ProposedSegment) -> Segment:
    asked = (Question(line.text, segment.stage, _numbers(line)) for line in words.questions)
    return replace(segment, title=words.title, questions=tuple(asked))


def _line(line: ProposedLine) -> Line:
    return Line(line.text, _numbers(line))


def _numbers(line: ProposedLine) -> tuple[int, ...]:
    return tuple(sorted(set(line.facts)))


def _runs(text: str) -> frozenset[tuple[str, ...]]:
    words = plain_words(text).split()
    return frozenset(tuple(words[at : at + _LEAKED_RUN]) for at in range(len(words) - _LEAKED_RUN + 1))


def _codes_of_last(attempts: Sequence[Attempt]) -> tuple[str, ...]:
    """Return what was wrong with the last answer; a call without an answer says nothing about the words."""
    return attempts[-1].codes if attempts and attempts[-1].is_answered else ()


def _why(last: Attempt) -> str:
    is_final = not last.is_answered or last.codes == (str(AnswerCode.REFUSED),)
    return last.codes[0] if is_final else REJECTED
