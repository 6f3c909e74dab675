"""Topics, mentors and roles as the recommender reads them: built from the store, in memory, renewed when it changes."""

import logging
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from domain.errors import IndexDamaged
from domain.language import Language
from domain.topics import Catalog
from embeddings import VectorIndex, build_index, load_index, save_index, text_hash
from embeddings.arrays import load_array, save_array
from recommender import (
    MentorPool,
    TopicSpace,
    build_mentor_pool,
    build_topic_space,
    learn_classifier,
    mentor_texts,
    topic_texts,
    with_classifier,
    with_timetables,
)
from services.company_words import words_in_use
from services.experience import Experiences
from services.fingerprints import INDEX_COUNTER, fingerprint
from services.role_spaces import RoleSpaces
from store import Store

log = logging.getLogger(__name__)
TOPICS, MENTORS = "topics", "mentors"
Job = Callable[[], None]


@dataclass(frozen=True, slots=True)
class EncoderName:
    """What has to be known of an encoder to use its vectors: its id and the languages it speaks."""

    id: str
    languages: frozenset[Language]


@dataclass(frozen=True, slots=True, eq=False)
class _Lesson:
    """A catalog whose topics are to be told apart by a classifier; `content` says what it is learnt from."""

    state: object
    space: TopicSpace
    index: VectorIndex
    content: int


def in_background(job: Job) -> None:
    """Run the job beside everything else; it does not hold up the end of the process."""
    threading.Thread(target=job, name="halfhour-lesson", daemon=True).start()


class Spaces:
    """The topics, mentors and roles as one encoder sees them; safe for several threads.

    Learning the classifier of a catalog takes many seconds. Pages do not wait for it: they read the new topics without
    a classifier until it is there, and one thread at most learns.

    Parameters
    ----------
    folder
        Where the index files lie; what is missing, damaged or stale there is made again from the store.
    run_later
        Runs the learning; tests run it at once.
    """

    def __init__(self, encoder: EncoderName, folder: Path, run_later: Callable[[Job], None] = in_background) -> None:
        self.encoder = encoder
        self.folder = folder
        self.experiences = Experiences()
        self._run_later = run_later
        self._topics_lock, self._mentors_lock = threading.Lock(), threading.Lock()
        self._teaching = threading.Lock()
        self._topics: tuple[object, TopicSpace] | None = None
        self._mentors: tuple[object, MentorPool] | None = None
        self._times = ""
        self.role_spaces = RoleSpaces(encoder.id, encoder.languages, folder, self.open_index)
        self._next_lesson: _Lesson | None = None
        self._has_teacher = False

    def topics(self, store: Store) -> TopicSpace:
        """Return the space of the current catalog; its classifier is learnt beside it where none is kept."""
        space, lesson = self._read_topics(store)
        if lesson:
            self._teach_later(lesson)
        return space

    def taught_topics(self, store: Store) -> TopicSpace:
        """Return the space of the current catalog, after learning its classifier here where none is kept."""
        space, lesson = self._read_topics(store)
        return self._teach(lesson) if lesson else space

    def _read_topics(self, store: Store) -> tuple[TopicSpace, _Lesson | None]:
        """Return the space and, where it was built anew without a classifier, what there is to learn."""
        catalog = store.catalog.current()
        state = (catalog.version.number, store.get_setting(INDEX_COUNTER))
        with self._topics_lock:
            if self._topics and self._topics[0] == state:
                return self._topics[1], None
            index = self.open_index(store, TOPICS, topic_texts(catalog.topics, self.encoder.languages))
            content = self._lesson_content(store, catalog, index) if index else 0
            classifier = load_array(self._classifier_path, content) if index else None
            space = build_topic_space(catalog.topics, index, self.encoder.languages, classifier)
            self._topics = state, space
            if index is None or classifier is not None:
                return space, None
            return space, _Lesson(state, space, index, content)

    def _lesson_content(self, store: Store, catalog: Catalog, index: VectorIndex) -> int:
        made_from = [self.encoder.id, catalog.version.content_hash, *index.keys]
        return fingerprint(made_from, words_in_use(store, self.encoder.id))

    def _teach_later(self, lesson: _Lesson) -> None:
        with self._topics_lock:
            self._next_lesson, has_teacher = lesson, self._has_teacher
            self._has_teacher = True
        if not has_teacher:
            self._run_later(self._teach_until_done)

    def _teach_until_done(self) -> None:
        lesson = None
        try:
            while lesson := self._take_lesson():
                self._teach(lesson)
        finally:
            if lesson:  # it failed: topics are found without a classifier too, and the next catalog has another try
                with self._topics_lock:
                    self._has_teacher = False

    def _take_lesson(self) -> _Lesson | None:
        with self._topics_lock:
            lesson, self._next_lesson = self._next_lesson, None
            self._has_teacher = lesson is not None
            return lesson

    def _teach(self, lesson: _Lesson) -> TopicSpace:
        """Learn the classifier, keep it, and put the space that has it in the place of the one that has not."""
        with self._teaching:  # who waited here finds the file of whoever was first
            classifier = load_array(self._classifier_path, lesson.content)
            if classifier is None:
                classifier = learn_classifier(lesson.space.topics, lesson.index, self.encoder.languages)
                if classifier is not None:
                    self._keep(classifier, lesson)
        space = with_classifier(lesson.space, classifier)
        with self._topics_lock:
            if self._topics and self._topics[0] == lesson.state:  # else the catalog has changed meanwhile
                self._topics = lesson.state, space
        return space

    def _keep(self, classifier: np.ndarray, lesson: _Lesson) -> None:
        try:
            save_array(self._classifier_path, classifier, lesson.content)
        except OSError as error:  # it serves from memory; the next start learns it again
            log.warning("The classifier of topics was not written: %s", error)

    def mentors(self, store: Store) -> MentorPool:
        """Return the pool of all mentors, with sessions, feedback and people's times as they are now."""
        state, times = (store.generation(), store.get_setting(INDEX_COUNTER)), store.times_state()
        space = self.topics(store)
        with self._mentors_lock:
            if self._mentors is None or self._mentors[0] != state:
                self._mentors, self._times = (state, self._read_mentors(store, space)), times
            elif self._times != times:
                timetables = store.availability.timetables()
                self._mentors, self._times = (state, with_timetables(self._mentors[1], timetables)), times
            return self._mentors[1]

    def _read_mentors(self, store: Store, space: TopicSpace) -> MentorPool:
        people, offers, sessions = store.people.list(active_only=False), store.offers.list(), store.sessions.list()
        index = self.open_index(store, MENTORS, mentor_texts(people, offers, sessions, self.encoder.languages))
        feedback, held, languages = store.feedback.list(), store.people.all_held(), self.encoder.languages
        timetables = store.availability.timetables()
        return build_mentor_pool(
            people, offers, sessions, feedback, index, languages, held_skills=held, space=space, timetables=timetables
        )

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

    @property
    def _classifier_path(self) -> Path:
        return self.folder / f"{TOPICS}.classifier"

    def path_of(self, collection: str) -> Path:
        """Return the file of a collection's index."""
        return self.folder / f"{collection}.index"
