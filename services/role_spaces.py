"""Role profiles as the recommender reads them, and what they taught about skills: kept, and renewed by teaching."""

import logging
import threading
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from threadpoolctl import threadpool_limits

from domain.language import Language
from domain.people import RoleProfile
from embeddings import CompanyWords, VectorIndex
from recommender import RoleGaps, RoleSpace, SkillRanker, learn_role_lesson, role_texts
from services.fingerprints import INDEX_COUNTER, fingerprint
from services.role_lessons import LESSON_VERSION, KeptLesson, keep_lesson, read_lesson
from services.skills import gap_text, known_skills
from store import Store

log = logging.getLogger(__name__)
ROLES = "roles"
OpenIndex = Callable[[Store, str, Iterable[str]], VectorIndex | None]


class RoleSpaces:
    """The space of all roles and its ranker, for one encoder; safe for several threads.

    Nothing is learnt while somebody waits for a page: `teach` is called where roles are imported and indexed. Until
    then, and where the lesson is of other roles or another encoder, near roles vote.

    Parameters
    ----------
    open_index
        Returns the index of a collection over these texts.
    """

    def __init__(self, encoder_id: str, languages: frozenset[Language], folder: Path, open_index: OpenIndex) -> None:
        self._encoder_id, self._languages, self._open_index = encoder_id, languages, open_index
        self._path = folder / f"{ROLES}.lesson"
        self._lock = threading.Lock()
        self._read: tuple[object, RoleSpace, SkillRanker | None] | None = None

    def space(self, store: Store) -> RoleSpace:
        """Return the space of all role profiles."""
        return self.space_and_ranker(store)[0]

    def space_and_ranker(self, store: Store) -> tuple[RoleSpace, SkillRanker | None]:
        """Return the space, and what its roles taught; None where that is not known or does not beat their vote."""
        state = (store.roles.state(), store.get_setting(INDEX_COUNTER), self._written_at())
        with self._lock:
            if self._read is None or self._read[0] != state:
                self._read = state, *self._built(store)
            return self._read[1:]

    def teach(self, store: Store) -> None:
        """Learn from the roles what they require, unless that is kept already; this may take a minute or two."""
        roles = store.roles.list()
        names = skill_texts(store, roles)
        index = self._index(store, roles, names.values())
        if index is None or self.lesson(store, index.keys):
            return
        with threadpool_limits(1):  # more threads wait for each other, and add up in an order of their own
            gaps = RoleGaps(RoleSpace(roles, index, self._languages), index, names)
            lesson = learn_role_lesson(gaps)
        if lesson is None:
            return
        try:
            keep_lesson(self._path, lesson, gaps.kernel, self._content(store, index.keys))
        except OSError as error:  # near roles go on voting; the next index has another try
            log.warning("What roles teach was not written: %s", error)

    def lesson(self, store: Store, keys: Sequence[str]) -> KeptLesson | None:
        """Return what the roles as they are now taught, by the keys of their index; None where nothing is kept."""
        return read_lesson(self._path, self._content(store, keys))

    def _built(self, store: Store) -> tuple[RoleSpace, SkillRanker | None]:
        roles = store.roles.list()
        names = skill_texts(store, roles)
        index = self._index(store, roles, names.values())
        space = RoleSpace(roles, index, self._languages)
        lesson = self.lesson(store, index.keys) if index else None
        if index is None or lesson is None or lesson.ranker is None:
            return space, None
        return space, SkillRanker(RoleGaps(space, index, names, lesson.kernel), lesson.ranker)

    def _index(self, store: Store, roles: Sequence[RoleProfile], names: Iterable[str]) -> VectorIndex | None:
        return self._open_index(store, ROLES, indexed_role_texts(roles, names, self._languages))

    def _content(self, store: Store, keys: Sequence[str]) -> int:
        """Return a number that says what a lesson was learnt from.

        Company words read a few texts a little otherwise; what was learnt holds, so they are not part of it.
        """
        return fingerprint([LESSON_VERSION, self._encoder_id, store.roles.state(), *keys], CompanyWords())

    def _written_at(self) -> int:
        try:
            return self._path.stat().st_mtime_ns
        except FileNotFoundError:
            return 0


def skill_texts(store: Store, roles: Iterable[RoleProfile]) -> dict[str, str]:
    """Return the names by which the skills that the roles require are compared, by skill id."""
    required = known_skills(store, {skill_id for role in roles for skill_id in role.required_levels})
    return {skill_id: gap_text(skill) for skill_id, skill in required.items()}


def indexed_role_texts(
    roles: Sequence[RoleProfile], skill_names: Iterable[str], languages: frozenset[Language]
) -> list[str]:
    """Return every text of the index of roles: their own, and the English names of skills where English is spoken."""
    return [*role_texts(roles, languages), *(sorted(skill_names) if Language.EN in languages else ())]
