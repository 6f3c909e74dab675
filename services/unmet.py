"""What people asked for in the last year and no topic met: in groups that hide who wrote what."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.suggestions import MAX_NEED_CHARACTERS, Need, NeedKind
from domain.topics import TopicStatus
from embeddings import detect_language, text_hash
from embeddings.lemmas import lemma
from embeddings.lemmas import words as words_of
from prep.cleaning import clean_text
from prep.content import content_lemmas
from prep.patterns import TABOO
from recommender import NeedVectors, TopicSpace
from recommender.unmet import UnmetGroup, UnmetNeed, unmet_groups
from services.colleague_names import colleagues_named, is_form_of
from services.context import Context
from services.needs import need_reader
from store import Store, unit_of_work

YEAR = timedelta(days=365)
# Goals have stored vectors and take four milliseconds each; typed needs have none and take a hundred. Both fit into
# half of a job's lease.
MOST_GOALS, MOST_TYPED = 5_000, 500
IsName = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A need, who wrote it, and when."""

    person_id: str
    need: Need
    at: datetime


def find_unmet(context: Context) -> list[UnmetGroup]:
    """Return what the catalog lacks, most people first; this may load the encoder and take a minute: for jobs only."""
    with unit_of_work(context.engine) as store:
        asked = _asked_since(store, context.clock() - YEAR)
        read_need = need_reader(context, store, [one.need for one in asked])
        is_name = _names_in(store, [one.need.text for one in asked])
        space = context.spaces.topics(store)
    read = ((one, read_need(one.need)) for one in asked)
    return unmet_groups([_unmet(one.person_id, need, space, is_name) for one, need in read if len(need.vectors)])


def meaning_words(text: str, is_name: IsName = lambda word: False) -> dict[str, str]:
    """Return by lemma the words of a text that carry meaning, as they were written.

    Addresses, names of colleagues and what touches health, faith or family are not among them. What follows an
    apostrophe is cut off: the lemma does not know it, so one person alone may have written it.
    """
    clean = clean_text(text, MAX_NEED_CHARACTERS)
    telling = content_lemmas(clean)
    found = {lemma(word): word.replace("’", "'").partition("'")[0] for word in words_of(clean)}
    return {key: word for key, word in found.items() if key in telling and not (is_name(word) or TABOO.search(word))}


def _unmet(person_id: str, need: NeedVectors, space: TopicSpace, is_name: IsName) -> UnmetNeed:
    is_active = [topic.status is TopicStatus.ACTIVE for topic in space.topics]
    best = space.phrases.similarity(need)[is_active].max(initial=0.0)
    return UnmetNeed(person_id, meaning_words(need.need.text, is_name), need.vectors[0], float(best))


def _asked_since(store: Store, since: datetime) -> list[_Asked]:
    """Return what people of the company wrote from then on, oldest first, each text once per person."""
    active = {person.id for person in store.people.list()}
    goals = (one for one in _goals(store, since) if one.person_id in active)
    typed = (one for one in _typed(store, since) if one.person_id in active)
    return _newest([*_newest(goals, MOST_GOALS), *_newest(typed, MOST_TYPED)], MOST_GOALS + MOST_TYPED)


def _goals(store: Store, since: datetime) -> Iterator[_Asked]:
    for goal in store.goals.all_open():
        if goal.created_at >= since and goal.text.strip():
            yield _Asked(goal.person_id, Need(NeedKind.GOAL, goal.text, goal.language), goal.created_at)


def _typed(store: Store, since: datetime) -> Iterator[_Asked]:
    for shown in store.suggestions.asked_since(since):
        if shown.person_id and shown.need.strip():
            need = Need(NeedKind.TYPED, shown.need, detect_language(shown.need))
            yield _Asked(shown.person_id, need, shown.asked_at)


def _newest(asked: Iterable[_Asked], most: int) -> list[_Asked]:
    """Return the newest of them, oldest first, each text once per person."""
    once = {(one.person_id, text_hash(one.need.text)): one for one in asked}
    return sorted(once.values(), key=lambda one: (one.at, one.person_id, one.need.text))[-most:]


def _names_in(store: Store, texts: Iterable[str]) -> IsName:
    """Return what knows a name of the company's people, however it is written in these texts."""
    named = colleagues_named(store, texts)
    lemmas = {lemma(part) for name in store.people.names() for part in words_of(name)}
    return lambda word: lemma(word) in lemmas or any(is_form_of(word, part) for part in named)
