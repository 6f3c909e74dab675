"""The catalog as HR looks through it: every topic with how it is doing, in plain counts."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from domain.language import LocalText
from domain.topics import Catalog, Topic, TopicStatus
from services.catalog_draft import drafted, read_draft
from services.context import Context
from store import unit_of_work

WINDOW = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class CatalogRow:
    """A topic, its area, and counts: sentences in both languages, mentors, sessions held in 90 days."""

    topic: Topic
    area_name: LocalText
    phrases: int
    mentors: int
    held: int

    @property
    def lacks_mentor(self) -> bool:
        """Whether whoever needs the topic finds nobody."""
        return not self.mentors and self.topic.status is TopicStatus.ACTIVE


@dataclass(frozen=True, slots=True)
class CatalogOverview:
    """The current catalog, its rows by area and title, and how many topics HR has edited and not yet published."""

    catalog: Catalog
    rows: list[CatalogRow]
    drafted: int

    @property
    def without_mentor(self) -> int:
        """How many of the active topics among the rows have no mentor."""
        return sum(row.lacks_mentor for row in self.rows)


def catalog_overview(context: Context, words: str = "", area: str = "") -> CatalogOverview:
    """Return the topics, of one area or of all, that hold all of the words in a title, alias or sentence."""
    since = context.clock() - WINDOW
    with unit_of_work(context.engine) as store:
        catalog, edits = store.catalog.current(), len(read_draft(store).topics)
        mentors = Counter(topic_id for offer in store.offers.list() for topic_id in offer.topic_ids)
        done = [s for s in store.sessions.list() if s.was_held]
    held = Counter(s.topic_id for s in done if (s.starts_at or s.created_at) >= since)
    areas = {area.id: area.name for area in catalog.areas}
    wanted = words.casefold().split()
    rows = [
        CatalogRow(t, areas[t.area], len(t.phrases.en) + len(t.phrases.ru), mentors[t.id], held[t.id])
        for t in catalog.topics
        if _holds(t, wanted) and area in ("", t.area)
    ]
    return CatalogOverview(catalog, sorted(rows, key=lambda row: (row.topic.area, row.topic.title.en)), edits)


def drafted_catalog(context: Context) -> Catalog:
    """Return the catalog as HR's draft would make it."""
    with unit_of_work(context.engine) as store:
        return drafted(store.catalog.current(), read_draft(store))


def _holds(topic: Topic, words: list[str]) -> bool:
    both = (topic.title.en, topic.title.ru, *topic.aliases.en, *topic.aliases.ru, *topic.phrases.en, *topic.phrases.ru)
    text = " ".join((topic.id, *both)).casefold()
    return all(word in text for word in words)
