"""The plan of a session: timed segments, questions, one outcome, one next step, each resting on numbered facts."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.language import Language
from domain.people import Format
from domain.topics import Stage


class FactKind(StrEnum):
    """Where a fact comes from; the allow-list of what an agenda may rest on."""

    NEED = "need"
    GOAL = "goal"
    SKILL_GAP = "skill_gap"
    LAST_FEEDBACK = "last_feedback"
    LAST_NEXT_STEP = "last_next_step"
    ROLE = "role"
    TOPIC = "topic"
    OUT_OF_SCOPE = "out_of_scope"
    MENTOR = "mentor"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class Fact:
    """A numbered context line (1-based), cleaned, at most 600 characters."""

    number: int
    kind: FactKind
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of the agenda and the numbers of the facts it rests on."""

    text: str
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """What may be asked in a segment."""

    text: str
    stage: Stage
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Segment:
    """A timed part of the agenda; its questions in the order to ask them."""

    stage: Stage
    title: str
    minutes: float
    note: Line
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Agenda:
    """The plan of one session: segment minutes sum to `minutes`, `drafted_by` names template or model and version."""

    topic_id: str
    title: str
    language: Language
    format: Format
    minutes: int
    facts: tuple[Fact, ...]
    outcome: Line
    segments: tuple[Segment, ...]
    next_step: Line
    drafted_by: str
    has_material: bool = True

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(question for segment in self.segments for question in segment.questions)


@dataclass(frozen=True, slots=True)
class StoredAgenda:
    """An agenda as kept for a mentoring session; versions count from 1.

    `inputs_hash` tells whether what a draft rests on has changed since; "" where a person wrote it, or nobody noted it.
    """

    session_id: str
    version: int
    agenda: Agenda
    created_at: datetime
    edited_by: str | None = None
    inputs_hash: str = ""
