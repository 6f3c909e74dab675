"""What HR decides on a drafted topic: it goes into the catalog as they wrote it, or it is no topic."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from domain.errors import ImportRejected, NotFound, TopicRejected
from domain.language import Language, LocalText, LocalTexts
from domain.people import Format
from domain.topic_drafts import DraftStatus, TopicDraft
from domain.topics import Catalog, Stage, Topic, TopicLevel
from recommender import topic_texts
from services.context import Context
from services.import_topics import add_topics
from services.index import new_vectors
from services.topic_drafts import content_of
from store import Store, unit_of_work

LONGEST_ID, LONGEST_TEXT = 60, 600
FEWEST_PHRASES, FEWEST_QUESTIONS, FEWEST_STEPS = 3, 2, 1
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_NONE = LocalTexts()


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


@dataclass(frozen=True, slots=True)
class TopicFields:
    """A topic as HR writes it in the form; the rest of a topic follows later, by an import."""

    id: str
    area: str
    title: LocalText
    summary: LocalText
    phrases: LocalTexts
    questions: dict[Stage, LocalTexts]
    next_steps: LocalTexts
    aliases: LocalTexts = _NONE


def fields_of(draft: TopicDraft) -> TopicFields:
    """Return what the form begins with: the outline, and an id made of its English title."""
    outline = content_of(draft).outline
    id = re.sub(r"[^a-z0-9]+", "-", outline.title.en.casefold())[:LONGEST_ID].strip("-")
    return TopicFields(id, "", outline.title, outline.summary, outline.phrases, outline.questions, outline.next_steps)


def approve_draft(context: Context, draft_id: str, fields: TopicFields, by: str) -> Topic:
    """Put the topic into the catalog, where suggestions find it from now on, and return it.

    Raises
    ------
    NotFound
        There is no such open draft: perhaps somebody else has just decided on it.
    TopicRejected
        A field is wrong; each is named.
    """
    with unit_of_work(context.engine) as store:
        topic = _checked(fields, store.catalog.current())
        # embedded outside of the writing: it may load the encoder
        vectors = new_vectors(context, store, topic_texts([topic], context.encoder.languages))
    with unit_of_work(context.engine, write=True) as store:
        _decide(context, store, draft_id, DraftStatus.APPROVED, by)
        _publish(context, store, _checked(fields, store.catalog.current()))
        store.vectors.add_many(context.encoder.id, vectors)
    return topic


def reject_draft(context: Context, draft_id: str, by: str) -> None:
    """Note that the matter is no topic; raise NotFound where there is no such open draft."""
    with unit_of_work(context.engine, write=True) as store:
        _decide(context, store, draft_id, DraftStatus.REJECTED, by)


def _decide(context: Context, store: Store, draft_id: str, status: DraftStatus, by: str) -> None:
    if not store.topic_drafts.decide(draft_id, status, context.clock(), by):
        raise NotFound("open topic draft", draft_id)


def _publish(context: Context, store: Store, topic: Topic) -> None:
    try:
        add_topics(store, topic.id, [topic], f"Approved: {topic.id}", context.clock())
    except ImportRejected as rejected:  # all else was checked before
        places = (problem.column.replace(".", "_") for problem in rejected.problems)
        raise TopicRejected(dict.fromkeys(places, Lack.ALIAS)) from None


def _checked(fields: TopicFields, catalog: Catalog) -> Topic:
    """Return the topic; raise TopicRejected with what is wrong with it, by field."""
    problems: dict[str, str] = {}
    for place, lack in _lacks(fields, catalog):
        problems.setdefault(place, lack)
    if problems:
        raise TopicRejected(problems)
    return _topic(fields)


def _lacks(fields: TopicFields, catalog: Catalog) -> Iterator[tuple[str, Lack]]:
    if len(fields.id) > LONGEST_ID or not _SLUG.fullmatch(fields.id):
        yield "id", Lack.SLUG
    if any(topic.id == fields.id for topic in catalog.topics):
        yield "id", Lack.TAKEN
    if all(area.id != fields.area for area in catalog.areas):
        yield "area", Lack.AREA
    for language in Language:
        yield from ((f"{name}_{language}", lack) for name, lack in _lacks_in(fields, language))


def _lacks_in(fields: TopicFields, language: Language) -> Iterator[tuple[str, Lack]]:
    for name, text in (("title", fields.title), ("summary", fields.summary)):
        if not text.get(language).strip():
            yield name, Lack.EMPTY
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


def _topic(fields: TopicFields) -> Topic:
    return Topic(
        id=fields.id,
        area=fields.area,
        title=fields.title,
        summary=fields.summary,
        aliases=fields.aliases,
        phrases=fields.phrases,
        questions=fields.questions,
        next_steps=fields.next_steps,
        out_of_scope=LocalText("", ""),
        skill_ids=(),
        level=TopicLevel.STARTING,
        related_ids=(),
        formats=frozenset(Format),
    )
