"""An agenda in a person's own words: minutes, stages and facts stay, words are theirs; gated, never scored."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from domain.agendas import Agenda, Fact, Line, Question, Segment
from domain.errors import InvalidInput
from prep.citing import cite
from prep.facts import usable_facts
from prep.gates import Gate, Violation, find_violations

EDIT_GATES = frozenset({Gate.SCHEMA, Gate.INVISIBLE, Gate.MARKUP, Gate.SIZE})
"""What even a person's own words may not run into: empty texts, markup and links, hidden characters, too much."""


@dataclass(frozen=True, slots=True)
class EditedSegment:
    """The words of one segment; empty questions are dropped."""

    title: str
    note: str
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EditedTexts:
    """All words of an agenda that a person may change."""

    outcome: str
    segments: tuple[EditedSegment, ...]
    next_step: str


def editable_texts(agenda: Agenda) -> EditedTexts:
    """Return the words of the agenda as they stand."""
    segments = (
        EditedSegment(part.title, part.note.text, tuple(question.text for question in part.questions))
        for part in agenda.segments
    )
    return EditedTexts(agenda.outcome.text, tuple(segments), agenda.next_step.text)


def apply_edit(agenda: Agenda, texts: EditedTexts) -> Agenda:
    """Return the agenda in these words; a line left as it was keeps its citations, another cites what it rests on.

    Raises
    ------
    InvalidInput
        If there are not as many segments as the agenda has.
    """
    if len(texts.segments) != len(agenda.segments):
        rule = f"be {len(agenda.segments)}, as many as the agenda has"
        raise InvalidInput("segments", rule, len(texts.segments), "Open the page again and repeat the change.")
    usable = usable_facts(agenda.facts)
    parts = zip(agenda.segments, texts.segments, strict=True)
    return replace(
        agenda,
        outcome=_line(agenda.outcome, texts.outcome, usable),
        segments=tuple(_segment(segment, words, usable) for segment, words in parts),
        next_step=_line(agenda.next_step, texts.next_step, usable),
    )


def edit_violations(agenda: Agenda) -> list[Violation]:
    """Return what stands in the way of keeping a person's edit, each with its place."""
    return [violation for violation in find_violations(agenda) if violation.gate in EDIT_GATES]


def _segment(segment: Segment, words: EditedSegment, facts: Sequence[Fact]) -> Segment:
    before = {question.text: question.citations for question in segment.questions}
    asked = (_one_line(text) for text in words.questions)
    questions = (
        Question(text, segment.stage, before[text] if text in before else cite(text, facts)) for text in asked if text
    )
    return replace(
        segment,
        title=_one_line(words.title),
        note=_line(segment.note, words.note, facts),
        questions=tuple(questions),
    )


def _line(before: Line, text: str, facts: Sequence[Fact]) -> Line:
    words = _one_line(text)
    return before if words == before.text else Line(words, cite(words, facts))


def _one_line(text: str) -> str:
    return " ".join(text.split())
