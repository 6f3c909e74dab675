"""A topic as HR writes it in a form, and what every topic needs before it may enter the catalog."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from domain.errors import TopicRejected
from domain.language import Language, LocalText, LocalTexts
from domain.people import Format
from domain.topics import Area, Catalog, Stage, Topic, TopicLevel, TopicStatus
from services.alias_claims import AliasClaims

LONGEST_ID, LONGEST_TEXT = 60, 600
FEWEST_PHRASES, FEWEST_QUESTIONS, FEWEST_STEPS = 3, 2, 1
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_NONE, _EMPTY = LocalTexts(), LocalText("", "")


class Lack(StrEnum):
    """What is wrong with a field of a topic."""

    SLUG = "slug"
    TAKEN = "taken"
    AREA = "area"
    EMPTY = "empty"
    LONG = "long"
    PHRASES = "phrases"
    QUESTIONS = "questions"
    STEPS = "steps"
    ALIAS = "alias"
    SKILL = "skill"
    RELATED = "related"
    FORMATS = "formats"
    LEVEL = "level"


@dataclass(frozen=True, slots=True)
class TopicFields:
    """A topic as HR writes it.

    Parameters
    ----------
    level
        "" for one that is not known.
    """

    id: str
    area: str
    title: LocalText
    summary: LocalText
    phrases: LocalTexts
    questions: dict[Stage, LocalTexts]
    next_steps: LocalTexts
    aliases: LocalTexts = _NONE
    out_of_scope: LocalText = _EMPTY
    skill_ids: tuple[str, ...] = ()
    level: TopicLevel | str = TopicLevel.STARTING
    related_ids: tuple[str, ...] = ()
    formats: frozenset[Format] = frozenset(Format)


def is_slug(text: str) -> bool:
    """Whether the text may be the id of a topic."""
    return len(text) <= LONGEST_ID and _SLUG.fullmatch(text) is not None


def fields_from(topic: Topic) -> TopicFields:
    """Return the topic as the form shows it."""
    return TopicFields(**{name: getattr(topic, name) for name in TopicFields.__slots__})


def topic_from(fields: TopicFields, before: Topic | None = None) -> Topic:
    """Return the topic; status and priority are those it had before."""
    written = {name: getattr(fields, name) for name in TopicFields.__slots__}
    written["level"] = TopicLevel(fields.level)
    return replace(before, **written) if before else Topic(**written)


def check_fields(fields: TopicFields, catalog: Catalog, *, is_new: bool) -> None:
    """Raise TopicRejected with what is wrong with the topic, the first problem of each field."""
    problems: dict[str, str] = {}
    for place, lack in _lacks(fields, catalog, is_new):
        problems.setdefault(place, lack)
    if problems:
        raise TopicRejected(problems)


def check_new_topic(fields: TopicFields, areas: Sequence[Area], topics: Iterable[Topic]) -> None:
    """Raise TopicRejected for what a new topic lacks, aliases aside: whoever publishes it claims them."""
    problems: dict[str, str] = {}
    for place, lack in (*_id_lacks(fields, topics), *_text_lacks(fields, areas)):
        problems.setdefault(place, lack)
    if problems:
        raise TopicRejected(problems)


def _lacks(fields: TopicFields, catalog: Catalog, is_new: bool) -> Iterator[tuple[str, Lack]]:
    if is_new:
        yield from _id_lacks(fields, catalog.topics)
    yield from _text_lacks(fields, catalog.areas)
    yield from _reference_lacks(fields, catalog)
    yield from _alias_lacks(fields, catalog.topics)


def _id_lacks(fields: TopicFields, topics: Iterable[Topic]) -> Iterator[tuple[str, Lack]]:
    if not is_slug(fields.id):
        yield "id", Lack.SLUG
    if any(topic.id == fields.id for topic in topics):
        yield "id", Lack.TAKEN


def _text_lacks(fields: TopicFields, areas: Iterable[Area]) -> Iterator[tuple[str, Lack]]:
    if all(area.id != fields.area for area in areas):
        yield "area", Lack.AREA
    for language in Language:
        yield from ((f"{name}_{language}", lack) for name, lack in _lacks_in(fields, language))


def _reference_lacks(fields: TopicFields, catalog: Catalog) -> Iterator[tuple[str, Lack]]:
    if not set(fields.skill_ids) <= {skill.id for skill in catalog.skills}:
        yield "skills", Lack.SKILL
    if not set(fields.related_ids) <= {topic.id for topic in catalog.topics} - {fields.id}:
        yield "related", Lack.RELATED
    if not fields.formats:
        yield "formats", Lack.FORMATS
    if fields.level not in set(TopicLevel):
        yield "level", Lack.LEVEL


def _alias_lacks(fields: TopicFields, topics: Iterable[Topic]) -> Iterator[tuple[str, Lack]]:
    claimed = AliasClaims()
    own = [topic for topic in topics if topic.id == fields.id]
    claimed.add((topic for topic in topics if topic.id != fields.id), {})
    is_retired = any(topic.status is TopicStatus.RETIRED for topic in own)
    level = fields.level if fields.level in set(TopicLevel) else TopicLevel.STARTING
    problems = [] if is_retired else claimed.add([topic_from(replace(fields, level=level))], {})
    yield from ((problem.column.replace(".", "_"), Lack.ALIAS) for problem in problems)


def _lacks_in(fields: TopicFields, language: Language) -> Iterator[tuple[str, Lack]]:
    for name, text in (("title", fields.title), ("summary", fields.summary)):
        if not text.get(language).strip():
            yield name, Lack.EMPTY
    for name, text in (("title", fields.title), ("summary", fields.summary), ("out_of_scope", fields.out_of_scope)):
        if len(text.get(language)) > LONGEST_TEXT:
            yield name, Lack.LONG
    for name, texts, fewest, lack in _lists(fields):
        if len(texts.get(language)) < fewest:
            yield name, lack
        if any(len(text) > LONGEST_TEXT for text in texts.get(language)):
            yield name, Lack.LONG


def _lists(fields: TopicFields) -> Iterator[tuple[str, LocalTexts, int, Lack]]:
    yield "phrases", fields.phrases, FEWEST_PHRASES, Lack.PHRASES
    for stage in Stage:
        yield f"questions_{stage}", fields.questions.get(stage, _NONE), FEWEST_QUESTIONS, Lack.QUESTIONS
    yield "next_steps", fields.next_steps, FEWEST_STEPS, Lack.STEPS
    yield "aliases", fields.aliases, 0, Lack.ALIAS
