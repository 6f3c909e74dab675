"""Embeds what has no vector yet, forgets what is no longer there, and brings the index files up to date."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from domain.language import Language
from embeddings import Progress, embed_missing, silent, text_hash
from recommender import mentor_texts, need_texts, role_texts, topic_texts
from services.company_words import company_words, read_otherwise, reading_encoder, take_into_use, words_in_use
from services.context import Context
from services.fingerprints import INDEX_COUNTER
from services.role_spaces import skill_texts
from store import Store, unit_of_work

REFRESH_INDEX = "refresh_index"


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What a refresh did: texts that have a vector now, new ones among them, vectors that were dropped."""

    texts: int
    embedded: int
    dropped: int

    def __str__(self) -> str:
        return f"Index: {self.texts} texts, {self.embedded} newly embedded, {self.dropped} dropped."


def refresh_index(context: Context, progress: Progress = silent) -> IndexReport:
    """Embed every text that is new or read otherwise by new company words; make index files and spaces follow."""
    encoder = context.encoder
    with unit_of_work(context.engine) as store:
        before, words = words_in_use(store, encoder.id), company_words(store)
        texts = indexed_texts(store, encoder.languages)
        known = store.vectors.hashes(encoder.id) - read_otherwise(texts, before, words)
    vectors = embed_missing(reading_encoder(encoder, words), texts, known, progress)
    with unit_of_work(context.engine, write=True) as store:
        store.vectors.add_many(encoder.id, vectors)
        take_into_use(store, encoder.id, words)
        wanted = {text_hash(text) for text in indexed_texts(store, encoder.languages)}
        dropped = store.vectors.drop_unused(encoder.id, wanted)
        if vectors or dropped or words.words != before.words:
            store.put_setting(INDEX_COUNTER, store.get_setting(INDEX_COUNTER, 0) + 1)
    warm_spaces(context)
    return IndexReport(len(wanted), len(vectors), dropped)


def index_in_background(context: Context, payload: Mapping[str, Any]) -> None:
    """Refresh the index after an import by page. Run by a worker; a second run finds everything embedded."""
    refresh_index(context)


def ensure_indexed(context: Context, progress: Progress = silent) -> bool:
    """Refresh the index where this encoder has embedded nothing yet; return whether that was done."""
    with unit_of_work(context.engine) as store:
        if store.vectors.hashes(context.encoder.id):
            return False
    refresh_index(context, progress)
    return True


def warm_spaces(context: Context) -> None:
    """Build the spaces now, the classifier of topics included, so that the first page does not have to."""
    with unit_of_work(context.engine) as store:
        context.spaces.taught_topics(store)
        context.spaces.mentors(store)
        context.spaces.role_spaces.space(store)


def embed_texts(context: Context, store: Store, texts: Iterable[str]) -> None:
    """Keep the vectors of texts written just now, so that the next suggestion knows them."""
    store.vectors.add_many(context.encoder.id, new_vectors(context, store, texts))


def new_vectors(context: Context, store: Store, texts: Iterable[str]) -> dict[str, np.ndarray]:
    """Return the vectors of those texts that have none yet, by text hash; this may load the encoder."""
    wanted = list(texts)
    known = store.vectors.get_many(context.encoder.id, [text_hash(text) for text in wanted])
    return embed_missing(reading_encoder(context.encoder, words_in_use(store, context.encoder.id)), wanted, known)


def indexed_texts(store: Store, languages: frozenset[Language]) -> list[str]:
    """Return every text that needs a vector: of topics, mentors, roles, and what people wrote, in these languages."""
    people, offers, sessions = store.people.list(active_only=False), store.offers.list(), store.sessions.list()
    topics = topic_texts(store.catalog.current().topics, languages)
    mentors = mentor_texts(people, offers, sessions, languages)
    return [*topics, *mentors, *_role_texts(store, languages), *_written_texts(store, languages)]


def _role_texts(store: Store, languages: frozenset[Language]) -> list[str]:
    """Return the texts of roles, and the names of the skills that they require as needs."""
    roles = store.roles.list()
    names = [text for name in skill_texts(store, roles).values() for text in need_texts(name)]
    return [*role_texts(roles, languages), *(names if Language.EN in languages else ())]


def _written_texts(store: Store, languages: frozenset[Language]) -> list[str]:
    """Return the open goals, the roles people want and what feedback left open, whole and in windows."""
    written = [(goal.text, goal.language) for goal in store.goals.all_open()]
    written += [(goal_role.text, goal_role.language) for goal_role in store.goal_roles.all()]
    written += [(feedback.still_open, feedback.language) for feedback in store.feedback.of_all_mentees()]
    return [
        text for words, language in written if words.strip() and language in languages for text in need_texts(words)
    ]
