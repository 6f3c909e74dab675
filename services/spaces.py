"""Topics and mentors as the recommender reads them: built from the store, kept in memory, renewed when it changes."""

import hashlib
import logging
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from domain.errors import IndexDamaged
from domain.language import Language
from domain.topics import Catalog
from embeddings import CompanyWords, VectorIndex, build_index, load_index, save_index, text_hash
from embeddings.arrays import load_array, save_array
from recommender import (
    MentorPool,
    TopicSpace,
    build_mentor_pool,
    build_topic_space,
    learn_classifier,
    mentor_texts,
    topic_texts,
)
from services.company_words import words_in_use
from store import Store

log = logging.getLogger(__name__)
INDEX_COUNTER = "index_counter"
TOPICS, MENTORS = "topics", "mentors"


@dataclass(frozen=True, slots=True)
class EncoderName:
    """What has to be known of an encoder to use its vectors: its id and the languages it speaks."""

    id: str
    languages: frozenset[Language]


class Spaces:
    """The topic space and the mentor pool of one encoder; safe for several threads.

    Parameters
    ----------
    folder
        Where the index files lie; what is missing, damaged or stale there is made again from the store.
    """

    def __init__(self, encoder: EncoderName, folder: Path) -> None:
        self.encoder = encoder
        self.folder = folder
        self._lock = threading.Lock()
        self._topics: tuple[object, TopicSpace] | None = None
        self._mentors: tuple[object, MentorPool] | None = None

    def topics(self, store: Store) -> TopicSpace:
        """Return the space of the current catalog."""
        catalog = store.catalog.current()
        state = (catalog.version.number, store.get_setting(INDEX_COUNTER))
        with self._lock:
            if self._topics is None or self._topics[0] != state:
                index = self.open_index(store, TOPICS, topic_texts(catalog.topics, self.encoder.languages))
                classifier = self._classifier(store, catalog, index) if index else None
                self._topics = state, build_topic_space(catalog.topics, index, self.encoder.languages, classifier)
            return self._topics[1]

    def mentors(self, store: Store) -> MentorPool:
        """Return the pool of all mentors, with sessions and feedback as they are now."""
        state = (store.generation(), store.get_setting(INDEX_COUNTER))
        with self._lock:
            if self._mentors is None or self._mentors[0] != state:
                self._mentors = state, self._read_mentors(store)
            return self._mentors[1]

    def _read_mentors(self, store: Store) -> MentorPool:
        people, offers, sessions = store.people.list(active_only=False), store.offers.list(), store.sessions.list()
        index = self.open_index(store, MENTORS, mentor_texts(people, offers, sessions, self.encoder.languages))
        return build_mentor_pool(people, offers, sessions, store.feedback.list(), index, self.encoder.languages)

    def open_index(self, store: Store, collection: str, texts: Iterable[str]) -> VectorIndex | None:
        """Return the index over those of the texts that have vectors, from its file or built anew; None for none."""
        hashes = sorted({text_hash(text) for text in texts} & store.vectors.hashes(self.encoder.id))
        if not hashes:
            return None
        path = self.path_of(collection)
        content = fingerprint(hashes, words_in_use(store, self.encoder.id))
        try:
            return load_index(path, self.encoder.id, content)
        except IndexDamaged as damage:
            log.log(logging.WARNING if path.exists() else logging.INFO, "%s", damage)
        vectors = store.vectors.get_many(self.encoder.id, hashes)
        index = build_index(hashes, np.stack([vectors[key] for key in hashes]))
        save_index(path, index, self.encoder.id, content)
        return index

    def _classifier(self, store: Store, catalog: Catalog, index: VectorIndex) -> np.ndarray | None:
        """Return the classifier of the catalog's topics, from its file or learnt anew."""
        path = self.folder / f"{TOPICS}.classifier"
        made_from = [self.encoder.id, catalog.version.content_hash, *index.keys]
        content = fingerprint(made_from, words_in_use(store, self.encoder.id))
        kept = load_array(path, content)
        if kept is None:
            kept = learn_classifier(catalog.topics, index, self.encoder.languages)
            if kept is not None:
                save_array(path, kept, content)
        return kept

    def path_of(self, collection: str) -> Path:
        """Return the file of a collection's index."""
        return self.folder / f"{collection}.index"


def fingerprint(hashes: Iterable[str], words: CompanyWords) -> int:
    """Return a number that says which texts an index holds and with which company words they were read.

    An index file of another content is stale.
    """
    told = [f"{word.term}\t{word.meaning}" for word in words.words]
    return int.from_bytes(hashlib.sha256("\n".join((*hashes, *told)).encode()).digest()[:7], "big")
