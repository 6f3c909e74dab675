"""The brief: everything that a writer may know about one session, and nothing else."""

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256

from domain.agendas import Agenda, Fact
from domain.language import Language
from domain.people import Format
from domain.topics import Stage
from prep.content import content_lemmas
from prep.facts import is_flagged, safe_text
from prep.forms import LONGEST_QUESTION
from prep.gates import MAX_QUESTIONS
from prep.limits import (
    CHAT_CHARACTERS,
    MAX_ACTION_WORDS,
    MAX_OUTCOME_WORDS,
    allowed_words,
)
from prep.patterns import reads_like_instruction
from prep.quotes import without_quotes
from prep.requests import AgendaRequest


@dataclass(frozen=True, slots=True)
class BriefSegment:
    """A part of the agenda to find words for: its stage, whole minutes and how many questions it asks."""

    number: int
    stage: Stage
    minutes: int
    questions: int


@dataclass(frozen=True, slots=True)
class Limits:
    """What the words must keep to: `total_words` counts all texts of a proposal; `message_characters` is for a chat."""

    question_words: int
    outcome_words: int
    action_words: int
    total_words: int
    message_characters: int | None


@dataclass(frozen=True, slots=True)
class Brief:
    """What a writer is told: no names, no addresses; facts are data, also where they read like an instruction."""

    language: Language
    format: Format
    minutes: int
    people: int
    topic: str
    facts: tuple[Fact, ...]
    segments: tuple[BriefSegment, ...]
    last_questions: tuple[str, ...]
    limits: Limits

    def values(self, codes: Sequence[str] = ()) -> dict[str, object]:
        """Return the values of a prompt as plain JSON: texts, numbers, lists; `codes` say why a draft was rejected."""
        return {
            "language": str(self.language),
            "format": str(self.format),
            "minutes": self.minutes,
            "people": self.people,
            "topic": self.topic,
            "facts": [_told(fact) for fact in self.facts],
            "segments": [asdict(segment) | {"stage": str(segment.stage)} for segment in self.segments],
            "last_questions": list(self.last_questions),
            "codes": list(codes),
            "limits": asdict(self.limits),
        }

    def inputs_hash(self) -> str:
        """Return the SHA-256 of all that is told: the same hash asks for the same draft, so none is due."""
        told = json.dumps(self.values(), ensure_ascii=False, sort_keys=True)
        return sha256(told.encode("utf-8", "backslashreplace")).hexdigest()


def write_brief(request: AgendaRequest, skeleton: Agenda) -> Brief:
    """Return the brief of a request; facts and segments are those of the skeleton, the template's draft."""
    return Brief(
        language=request.language,
        format=request.format,
        minutes=request.minutes,
        people=request.people,
        topic=skeleton.title,
        facts=skeleton.facts,
        segments=tuple(
            BriefSegment(number, segment.stage, int(segment.minutes), len(segment.questions))
            for number, segment in enumerate(skeleton.segments, start=1)
        ),
        last_questions=_frames(request),
        limits=_limits(request, skeleton),
    )


def _told(fact: Fact) -> dict[str, object]:
    return {"number": fact.number, "kind": str(fact.kind), "text": fact.text, "is_flagged": is_flagged(fact)}


def _frames(request: AgendaRequest) -> tuple[str, ...]:
    """Return what was asked last time, cleaned and without what it quoted: those words may not be allowed any more."""
    cleaned = (safe_text(request, text) for text in request.last_questions[:MAX_QUESTIONS])
    frames = (re.sub(r"\s*…\s*\.?", " …", without_quotes(text)).strip() for text in cleaned)
    return tuple(frame for frame in frames if content_lemmas(frame) and not reads_like_instruction(frame))


def _limits(request: AgendaRequest, skeleton: Agenda) -> Limits:
    given = sum(len(text.split()) for text in (skeleton.title, *(part.note.text for part in skeleton.segments)))
    return Limits(
        question_words=LONGEST_QUESTION[request.language],
        outcome_words=MAX_OUTCOME_WORDS,
        action_words=MAX_ACTION_WORDS,
        total_words=allowed_words(request.minutes, request.language) - given,
        message_characters=CHAT_CHARACTERS if request.format is Format.CHAT else None,
    )
