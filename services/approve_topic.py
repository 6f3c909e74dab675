"""What HR decides on a drafted topic: it goes into the catalog as they wrote it, or it is no topic."""

import re

from domain.errors import ImportRejected, NotFound, TopicRejected
from domain.topic_drafts import DraftStatus, TopicDraft
from domain.topics import Catalog, Topic
from recommender import topic_texts
from services.context import Context
from services.import_topics import add_topics
from services.index import new_vectors
from services.topic_drafts import content_of
from services.topic_fields import LONGEST_ID, Lack, TopicFields, check_new_topic, topic_from
from store import Store, unit_of_work


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
        _publish(context, store, _checked(fields, store.catalog.current()), by)
        store.vectors.add_many(context.encoder.id, vectors)
    return topic


def reject_draft(context: Context, draft_id: str, by: str) -> None:
    """Note that the matter is no topic; raise NotFound where there is no such open draft."""
    with unit_of_work(context.engine, write=True) as store:
        _decide(context, store, draft_id, DraftStatus.REJECTED, by)


def _decide(context: Context, store: Store, draft_id: str, status: DraftStatus, by: str) -> None:
    if not store.topic_drafts.decide(draft_id, status, context.clock(), by):
        raise NotFound("open topic draft", draft_id)


def _publish(context: Context, store: Store, topic: Topic, by: str) -> None:
    try:
        add_topics(store, topic.id, [topic], f"Approved: {topic.id}", context.clock(), by=by)
    except ImportRejected as rejected:  # all else was checked before
        places = (problem.column.replace(".", "_") for problem in rejected.problems)
        raise TopicRejected(dict.fromkeys(places, Lack.ALIAS)) from None


def _checked(fields: TopicFields, catalog: Catalog) -> Topic:
    """Return the topic; raise TopicRejected with what is wrong with it, by field."""
    check_new_topic(fields, catalog.areas, catalog.topics)
    return topic_from(fields)
