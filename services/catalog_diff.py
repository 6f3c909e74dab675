"""What differs between two states of the catalog: by topic, and within it by field and language."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from domain.language import Language
from domain.topics import Stage, Topic, TopicStatus

_TEXTS = ("title", "summary", "out_of_scope")
_LISTS = ("phrases", "aliases", "next_steps")


class ChangeKind(StrEnum):
    """What happened to a topic."""

    ADDED = "added"
    CHANGED = "changed"
    RETIRED = "retired"
    RESTORED = "restored"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """What left a field and what came into it; `language` is None for what has none."""

    name: str
    language: Language | None
    gone: tuple[str, ...]
    come: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TopicChange:
    """A topic as it is afterwards (as it was, where it is gone), and its fields that differ."""

    topic: Topic
    kind: ChangeKind
    fields: tuple[FieldChange, ...] = ()


def diff_topics(before: Iterable[Topic], after: Iterable[Topic]) -> list[TopicChange]:
    """Return what makes the first state into the second, by topic id."""
    old, new = ({topic.id: topic for topic in topics} for topics in (before, after))
    ids = sorted(id for id in old.keys() | new.keys() if old.get(id) != new.get(id))
    return [_change(old.get(id), new[id]) if id in new else TopicChange(old[id], ChangeKind.REMOVED) for id in ids]


def field_changes(old: Topic, new: Topic) -> tuple[FieldChange, ...]:
    """Return the fields that differ, in the order of the form; status aside."""
    return tuple(
        FieldChange(name, language, _without(was, now), _without(now, was))
        for (name, language, was), (_, _, now) in zip(_fields(old), _fields(new), strict=True)
        if was != now
    )


def _change(old: Topic | None, new: Topic) -> TopicChange:
    if old is None:
        return TopicChange(new, ChangeKind.ADDED)
    kind = ChangeKind.CHANGED
    if old.status is not new.status:
        kind = ChangeKind.RETIRED if new.status is TopicStatus.RETIRED else ChangeKind.RESTORED
    return TopicChange(new, kind, field_changes(old, new))


def _fields(topic: Topic) -> Iterator[tuple[str, Language | None, tuple[str, ...]]]:
    for language in Language:
        yield from ((name, language, (getattr(topic, name).get(language),)) for name in _TEXTS)
        yield from ((name, language, getattr(topic, name).get(language)) for name in _LISTS)
        for stage in Stage:
            texts = topic.questions.get(stage)
            yield f"questions_{stage}", language, texts.get(language) if texts else ()
    yield "area", None, (topic.area,)
    yield "skills", None, topic.skill_ids
    yield "related", None, topic.related_ids
    yield "level", None, (topic.level,)
    yield "formats", None, tuple(sorted(topic.formats))
    yield "priority", None, (f"{topic.priority:g}",)


def _without(texts: Sequence[str], others: Sequence[str]) -> tuple[str, ...]:
    return tuple(text for text in texts if text and text not in others)
