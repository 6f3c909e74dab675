"""The versions of the catalog: who published which when, what differs between two, and the way back."""

from dataclasses import dataclass, replace

from domain.topics import Catalog, CatalogVersion, Topic, TopicStatus
from recommender import topic_texts
from services.catalog_diff import TopicChange, diff_topics
from services.context import Context
from services.index import new_vectors
from store import Store, unit_of_work


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version and the name of who published it; "" for the command line."""

    version: CatalogVersion
    by: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What makes the older of two versions into the newer; `numbers` are all there are."""

    older: Catalog
    newer: Catalog
    changes: list[TopicChange]
    current: int
    numbers: list[int]


def catalog_history(context: Context) -> list[VersionRow]:
    """Return all versions, latest first."""
    with unit_of_work(context.engine) as store:
        names = {person.id: person.name for person in store.people.list(active_only=False)}
        by = store.catalog.publishers()
        return [VersionRow(v, names.get(by.get(v.number, ""), "")) for v in reversed(store.catalog.versions())]


def compare_versions(context: Context, number: int, against: int | None = None) -> Comparison:
    """Return the difference of a version to the one before it, or to another; raise NotFound for none.

    The first version is compared with itself.
    """
    with unit_of_work(context.engine) as store:
        numbers = [version.number for version in store.catalog.versions()]
        other = against if against is not None else max((n for n in numbers if n < number), default=number)
        older, newer = (store.catalog.version(one) for one in sorted((number, other)))
        current = store.catalog.current().version.number
    return Comparison(older, newer, diff_topics(older.topics, newer.topics), current, numbers)


def restore_version(context: Context, number: int, note: str, by: str) -> CatalogVersion:
    """Publish the content of an older version as a new one; topics that came later stay readable, but retired.

    Raises
    ------
    NotFound
        If there is no such version.
    """
    with unit_of_work(context.engine) as store:
        texts = topic_texts(store.catalog.version(number).topics, context.encoder.languages)
        vectors = new_vectors(context, store, texts)
    with unit_of_work(context.engine, write=True) as store:
        store.catalog.lock()
        topics = _restored(store, number)
        older, current = store.catalog.version(number), store.catalog.current()
        areas = {area.id: area for area in (*current.areas, *older.areas)}
        skills = {skill.id: skill for skill in (*current.skills, *older.skills)}
        version = store.catalog.publish([*areas.values()], [*skills.values()], topics, note, context.clock(), by)
        store.vectors.add_many(context.encoder.id, vectors)
    return version


def _restored(store: Store, number: int) -> list[Topic]:
    older = {topic.id: topic for topic in store.catalog.version(number).topics}
    later = {topic.id: replace(topic, status=TopicStatus.RETIRED) for topic in store.catalog.current().topics}
    return [*(later | older).values()]
