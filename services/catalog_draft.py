"""HR's working copy of the catalog: edits gather here, seen by nobody else, until they are published together."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from domain.errors import CatalogChanged, InvalidInput, NotFound
from domain.language import Language, LocalTexts
from domain.topics import Catalog, Topic, TopicStatus
from services.context import Context
from services.topic_fields import TopicFields, check_fields, topic_from
from store import Store, unit_of_work
from store.dataclass_json import from_json, to_json

DRAFT, BEFORE = "catalog_draft", "catalog_draft_before"


@dataclass(frozen=True, slots=True)
class CatalogDraft:
    """What would change.

    Parameters
    ----------
    base
        The catalog version that the edits were made on; 0 for no edits.
    topics
        New and edited topics in full, by id.
    merges
        By the id of a topic that is merged away, the id of the one that takes its place.
    """

    base: int = 0
    topics: dict[str, Topic] = field(default_factory=dict)
    merges: dict[str, str] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """A short name of exactly this draft."""
        return digest_of(to_json(self))


NO_DRAFT = CatalogDraft()
Edit = Callable[[Catalog, CatalogDraft], CatalogDraft]


def read_draft(store: Store) -> CatalogDraft:
    """Return the draft; an empty one where there is none."""
    kept = store.get_setting(DRAFT)
    return from_json(CatalogDraft, kept) if kept else NO_DRAFT


def drafted(catalog: Catalog, draft: CatalogDraft) -> Catalog:
    """Return the catalog as the draft would make it."""
    topics = {topic.id: topic for topic in catalog.topics} | draft.topics
    return replace(catalog, topics=tuple(topics[id] for id in sorted(topics)))


def topic_digest(topic: Topic) -> str:
    """Return a short name of exactly this content."""
    return digest_of(to_json(topic))


def digest_of(content: object) -> str:
    """Return 16 characters that differ where the content does."""
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:16]


def topic_in(catalog: Catalog, topic_id: str) -> Topic:
    """Return a topic of the catalog, drafted or not; raise NotFound."""
    found = next((topic for topic in catalog.topics if topic.id == topic_id), None)
    if found is None:
        raise NotFound("topic", topic_id, "Choose one from the catalog.")
    return found


def add_topic(context: Context, fields: TopicFields) -> None:
    """Put a new topic into the draft; raise TopicRejected with what is wrong with it."""

    def edit(catalog: Catalog, draft: CatalogDraft) -> CatalogDraft:
        check_fields(fields, catalog, is_new=True)
        return _with(draft, topic_from(fields))

    _change(context, edit)


def edit_topic(context: Context, fields: TopicFields, seen: str) -> None:
    """Put what HR wrote into the draft.

    Parameters
    ----------
    seen
        The digest of the topic as the form showed it.

    Raises
    ------
    CatalogChanged
        If somebody else changed the topic meanwhile.
    TopicRejected
        With what is wrong with it, by field.
    """

    def edit(catalog: Catalog, draft: CatalogDraft) -> CatalogDraft:
        before = topic_in(catalog, fields.id)
        check_fields(fields, catalog, is_new=False)
        if topic_digest(before) != seen:
            raise CatalogChanged("topic", fields.id)
        return _with(draft, topic_from(fields, before))

    _change(context, edit)


def retire_topic(context: Context, topic_id: str) -> None:
    """Take a topic out of suggestions; one that was never published leaves the draft."""

    def edit(catalog: Catalog, draft: CatalogDraft) -> CatalogDraft:
        return _with(draft, replace(topic_in(catalog, topic_id), status=TopicStatus.RETIRED))

    _change(context, edit)


def restore_topic(context: Context, topic_id: str) -> None:
    """Let a retired topic be suggested again; names that another topic has by now stay with that one."""

    def edit(catalog: Catalog, draft: CatalogDraft) -> CatalogDraft:
        topic = topic_in(catalog, topic_id)
        aliases = _free_aliases(topic.aliases, catalog, {topic_id})
        return _with(draft, replace(topic, status=TopicStatus.ACTIVE, aliases=aliases), merges_without=topic_id)

    _change(context, edit)


def merge_topics(context: Context, gone_id: str, into_id: str) -> None:
    """Let one topic take the place of another, whose names and sentences it keeps.

    Raises
    ------
    NotFound
        If there is no such topic.
    InvalidInput
        If the two are one, or one of them is retired.
    """

    def edit(catalog: Catalog, draft: CatalogDraft) -> CatalogDraft:
        gone, into = topic_in(catalog, gone_id), topic_in(catalog, into_id)
        if gone_id == into_id or TopicStatus.RETIRED in (gone.status, into.status):
            raise InvalidInput("topic to merge into", "be another active topic", into_id, "Choose it from the list.")
        merged = _merged(gone, into, catalog)
        away = replace(gone, status=TopicStatus.RETIRED, related_ids=(into_id,))
        others = [_pointed(topic, gone_id, into_id) for topic in catalog.topics if gone_id in topic.related_ids]
        changed = {topic.id: topic for topic in (*others, merged, away)}
        merges = {id: into_id if to == gone_id else to for id, to in draft.merges.items()} | {gone_id: into_id}
        return replace(draft, topics=draft.topics | changed, merges=merges)

    _change(context, edit)


def drop_edit(context: Context, topic_id: str) -> None:
    """Forget what the draft says of a topic; a merge is forgotten on both sides."""

    def edit(catalog: Catalog, draft: CatalogDraft) -> CatalogDraft:
        pairs = [pair for pair in draft.merges.items() if topic_id in pair]
        dropped = {topic_id}.union(*pairs)
        topics = {id: topic for id, topic in draft.topics.items() if id not in dropped}
        merges = {gone: into for gone, into in draft.merges.items() if (gone, into) not in pairs}
        return replace(draft, topics=topics, merges=merges)

    _change(context, edit)


def undo_last(context: Context, seen: str) -> bool:
    """Bring back the draft before the last change; False where others changed it since, and nothing happens."""
    with unit_of_work(context.engine, write=True) as store:
        store.catalog.lock()
        before = store.get_setting(BEFORE)
        if not before or before["digest"] != seen:
            return False
        store.put_setting(DRAFT, before["draft"])
        store.put_setting(BEFORE, None)
        return True


def renew_base(context: Context) -> None:
    """Put the edits on the catalog as it is now, whatever was published meanwhile."""
    with unit_of_work(context.engine) as store:
        number = store.catalog.current().version.number
    _change(context, lambda catalog, draft: replace(draft, base=number))


def _change(context: Context, edit: Edit) -> None:
    with unit_of_work(context.engine, write=True) as store:
        store.catalog.lock()
        catalog, before = store.catalog.current(), read_draft(store)
        draft = before if before.topics else CatalogDraft(catalog.version.number)
        after = _real(edit(drafted(catalog, draft), draft), catalog)
        store.put_setting(DRAFT, to_json(after) if after.topics else None)
        kept = to_json(before) if before.topics else None
        store.put_setting(BEFORE, {"digest": (after if after.topics else NO_DRAFT).digest, "draft": kept})


def _real(draft: CatalogDraft, catalog: Catalog) -> CatalogDraft:
    """Return the draft without edits that change nothing: topics as they are, new ones that are retired."""
    published = {topic.id: topic for topic in catalog.topics}
    topics = {
        id: topic
        for id, topic in draft.topics.items()
        if topic != published.get(id) and (id in published or topic.status is TopicStatus.ACTIVE)
    }
    return replace(draft, topics=topics)


def _with(draft: CatalogDraft, topic: Topic, merges_without: str = "") -> CatalogDraft:
    merges = {gone: into for gone, into in draft.merges.items() if gone != merges_without}
    return replace(draft, topics=draft.topics | {topic.id: topic}, merges=merges)


def _merged(gone: Topic, into: Topic, catalog: Catalog) -> Topic:
    names = LocalTexts((*gone.aliases.en, gone.title.en), (*gone.aliases.ru, gone.title.ru))
    free = _free_aliases(names, catalog, {gone.id, into.id})
    return replace(
        into,
        aliases=_joined(into.aliases, free),
        phrases=_joined(into.phrases, gone.phrases),
        skill_ids=tuple(dict.fromkeys((*into.skill_ids, *gone.skill_ids))),
        related_ids=tuple(id for id in into.related_ids if id != gone.id),
        formats=into.formats | gone.formats,
    )


def _pointed(topic: Topic, gone_id: str, into_id: str) -> Topic:
    """Return the topic with the one in place of the other among those related to it."""
    related = dict.fromkeys(into_id if id == gone_id else id for id in topic.related_ids)
    return replace(topic, related_ids=tuple(id for id in related if id != topic.id))


def _free_aliases(aliases: LocalTexts, catalog: Catalog, own: set[str]) -> LocalTexts:
    """Return those that no other active topic is called."""
    others = [t for t in catalog.topics if t.id not in own and t.status is TopicStatus.ACTIVE]
    taken = {(lang, _key(alias)) for t in others for lang in Language for alias in t.aliases.get(lang)}
    return LocalTexts(*(tuple(a for a in aliases.get(lang) if (lang, _key(a)) not in taken) for lang in Language))


def _joined(first: LocalTexts, second: LocalTexts) -> LocalTexts:
    """Return both lists in each language, each text once but for case and white space."""
    both = ({_key(text): text for text in (*second.get(lang), *first.get(lang))} for lang in Language)
    ordered = ([*first.get(lang), *second.get(lang)] for lang in Language)
    return LocalTexts(
        *(tuple(dict.fromkeys(kept[_key(text)] for text in texts)) for kept, texts in zip(both, ordered, strict=True))
    )


def _key(text: str) -> str:
    return " ".join(text.casefold().split())
