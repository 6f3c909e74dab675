"""The catalog: entries to talk about, each small enough for half an hour."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.language import LocalText, LocalTexts
from domain.people import Format, Skill


class Stage(StrEnum):
    """The four stages of a session (GROW): what for, what is, what could be, what will be done."""

    GOAL = "goal"
    REALITY = "reality"
    OPTIONS = "options"
    WILL = "will"


class TopicLevel(StrEnum):
    """Whom a topic is for."""

    STARTING = "starting"
    PRACTISING = "practising"
    LEADING = "leading"


class TopicStatus(StrEnum):
    """Only active topics are suggested; retired ones stay readable in old sessions."""

    ACTIVE = "active"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class Topic:
    """One entry of the catalog.

    `phrases` are the "sounds like" sentences, written as people complain; `questions` the focus questions by stage;
    `priority` 0..1 is the weight HR gives the topic in the programme.
    """

    id: str
    area: str
    title: LocalText
    summary: LocalText
    aliases: LocalTexts
    phrases: LocalTexts
    questions: dict[Stage, LocalTexts]
    next_steps: LocalTexts
    out_of_scope: LocalText
    skill_ids: tuple[str, ...]
    level: TopicLevel
    related_ids: tuple[str, ...]
    formats: frozenset[Format]
    status: TopicStatus = TopicStatus.ACTIVE
    priority: float = 0.0


@dataclass(frozen=True, slots=True)
class Area:
    """A shelf of the catalog."""

    id: str
    name: LocalText


@dataclass(frozen=True, slots=True)
class CatalogVersion:
    """An immutable published state of the catalog. `content_hash` is a SHA-256 over its canonical JSON."""

    number: int
    content_hash: str
    published_at: datetime
    note: str = ""


@dataclass(frozen=True, slots=True)
class Catalog:
    """All areas, skills and topics of one version."""

    version: CatalogVersion
    areas: tuple[Area, ...]
    skills: tuple[Skill, ...]
    topics: tuple[Topic, ...]
