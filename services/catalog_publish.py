"""The draft of the catalog on one page, and its publication as a new version."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from domain.errors import CatalogChanged, DraftRejected
from domain.topics import Catalog, CatalogVersion, Topic, TopicStatus
from recommender import topic_texts
from services.alias_claims import AliasClaims
from services.catalog_diff import ChangeKind, TopicChange, diff_topics
from services.catalog_draft import BEFORE, DRAFT, CatalogDraft, drafted, read_draft
from services.context import Context
from services.index import new_vectors
from services.near_topics import Near, near_topics
from services.programme import read_programme, set_priority
from store import Store, unit_of_work

LONGEST_NOTE = 200


@dataclass(frozen=True, slots=True)
class DraftPage:
    """What would change.

    Parameters
    ----------
    catalog
        As it would be.
    version
        In force now.
    meanwhile
        What others published since the draft was begun; then it cannot be published before that was looked at.
    without_mentor
        Active topics of the draft that no active mentor offers.
    """

    catalog: Catalog
    version: CatalogVersion
    draft: CatalogDraft
    changes: list[TopicChange]
    meanwhile: list[TopicChange]
    near: list[Near]
    without_mentor: list[Topic]

    @property
    def is_outdated(self) -> bool:
        """Whether another version was published since the draft was begun."""
        return bool(self.draft.topics) and self.draft.base != self.version.number


def draft_page(context: Context, base: int = 0) -> DraftPage:
    """Return the page; this may load the encoder, where topics are new.

    Parameters
    ----------
    base
        A version that somebody has seen: what was published since then is told too.
    """
    with unit_of_work(context.engine) as store:
        current, draft = store.catalog.current(), read_draft(store)
        catalog, since = drafted(current, draft), draft.base or base
        numbers = {version.number for version in store.catalog.versions()}
        seen = store.catalog.version(since) if since in numbers else current
        changes = diff_topics(current.topics, catalog.topics)
        new = [change.topic for change in changes if change.kind is ChangeKind.ADDED]
        return DraftPage(
            catalog=catalog,
            version=current.version,
            draft=draft,
            changes=changes,
            meanwhile=diff_topics(seen.topics, current.topics),
            near=near_topics(context, store, new, catalog.topics),
            without_mentor=_without_mentor(store, draft),
        )


def publish_draft(context: Context, note: str, base: int, seen: str, by: str) -> CatalogVersion:
    """Publish the draft as a new version, and let what named a merged topic name the one in its place.

    Parameters
    ----------
    base, seen
        The version in force and the digest of the draft on the page that HR looked at.

    Raises
    ------
    CatalogChanged
        If another version was published, or the draft was changed, since then.
    DraftRejected
        If two topics of the whole have one name.
    """
    with unit_of_work(context.engine) as store:
        texts = topic_texts([*read_draft(store).topics.values()], context.encoder.languages)
        vectors = new_vectors(context, store, texts)  # outside of the writing: it may load the encoder
    now = context.clock()
    with unit_of_work(context.engine, write=True) as store:
        store.catalog.lock()
        current, draft = store.catalog.current(), read_draft(store)
        if (base, base, seen) != (current.version.number, draft.base, draft.digest):
            raise CatalogChanged("catalog", f"version {current.version.number}")
        catalog = drafted(current, draft)
        check_names(catalog.topics)
        version = store.catalog.publish(catalog.areas, catalog.skills, catalog.topics, note, now, by)
        for gone, into in draft.merges.items():
            _move(store, gone, into)
            _move_priority(context, store, gone, into, by)
        store.vectors.add_many(context.encoder.id, vectors)
        forget_draft(store)
    return version


def forget_draft(store: Store) -> None:
    """Begin anew."""
    store.put_setting(DRAFT, None)
    store.put_setting(BEFORE, None)


def check_names(topics: Iterable[Topic]) -> None:
    """Raise DraftRejected where an alias belongs to two active topics."""
    by_id = sorted(topics, key=lambda topic: topic.id)
    problems = AliasClaims().add(by_id, {topic.id: at for at, topic in enumerate(by_id)})
    if problems:
        raise DraftRejected([(by_id[problem.row].id, problem.message) for problem in problems])


def _without_mentor(store: Store, draft: CatalogDraft) -> list[Topic]:
    active = {person.id for person in store.people.list()}
    offered = {id for offer in store.offers.list() if offer.mentor_id in active for id in offer.topic_ids}
    offered |= {into for gone, into in draft.merges.items() if gone in offered}
    topics = (topic for topic in draft.topics.values() if topic.status is TopicStatus.ACTIVE)
    return [topic for topic in topics if topic.id not in offered]


def _move(store: Store, gone: str, into: str) -> None:
    """Let offers name the other topic too, and sessions the other one: going back a version loses nobody's offer."""
    offers = [offer for offer in store.offers.list() if gone in offer.topic_ids]
    store.offers.save(replace(offer, topic_ids=offer.topic_ids | {into}) for offer in offers)
    sessions = [session for session in store.sessions.list() if session.topic_id == gone]
    store.sessions.save(replace(session, topic_id=into) for session in sessions)


def _move_priority(context: Context, store: Store, gone: str, into: str, by: str) -> None:
    priorities = read_programme(store).priorities
    if gone in priorities and priorities[gone] > priorities.get(into, 0.0):
        set_priority(store, into, priorities[gone], by, context.clock())
