"""Catalog versions: published states that never change, and which one is current."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import func, insert, select, update

from domain.errors import InvalidInput, NotFound, NotReady
from domain.people import Skill
from domain.topics import Area, Catalog, CatalogVersion, Topic
from store.dataclass_json import from_json, to_json
from store.rows import rows_of, upsert
from store.tables import catalog_contents, catalog_entries, catalog_pointer, catalog_publishers, catalog_versions
from store.tables import skills as skill_ids
from store.tables import topics as topic_ids
from store.work import Work

_KINDS: dict[str, Any] = {"area": Area, "skill": Skill, "topic": Topic}
_POINTER = select(catalog_pointer.c.version)

# A version never changes and its hash says all that is in it: read once per process, in any database. Reading 72 topics
# takes ten milliseconds, a fifth of what a page may take.
_contents_by_hash: dict[str, tuple[Any, ...]] = {}
_MOST_KEPT = 8


class _Entry(NamedTuple):
    kind: str
    id: str
    position: int
    content_hash: str
    content: Any


class CatalogVersions:
    """Queries for the catalog; areas keep the order they were published in, skills and topics come by id."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def current(self) -> Catalog:
        """Return the catalog that is suggested from; raise NotReady when none was published yet."""
        return self._work.once("catalog", self._current)

    def versions(self) -> list[CatalogVersion]:
        """Return all versions, oldest first."""
        query = select(catalog_versions).order_by(catalog_versions.c.number)
        return [CatalogVersion(**row) for row in self._work.connection.execute(query).mappings()]

    def publishers(self) -> dict[int, str]:
        """Return by version number the id of who published it; a version of the command line is absent."""
        rows = self._work.connection.execute(select(catalog_publishers.c.version, catalog_publishers.c.person_id))
        return {row.version: row.person_id for row in rows}

    def version(self, number: int) -> Catalog:
        """Return the catalog as it was published under this number; raise NotFound when there is none."""
        version = self._version(number)
        kept = _contents_by_hash.get(version.content_hash)
        if kept is None:
            contents = self._contents(number)
            kept = tuple(tuple(contents[kind]) for kind in _KINDS)
            if len(_contents_by_hash) >= _MOST_KEPT:
                _contents_by_hash.clear()
            _contents_by_hash[version.content_hash] = kept
        return Catalog(version, *kept)

    def lock(self) -> None:
        """Let one transaction at a time draft or publish; the others wait."""
        self._work.writing.execute(select(catalog_pointer.c.id).with_for_update())

    def publish(
        self,
        areas: Sequence[Area],
        skills: Sequence[Skill],
        topics: Sequence[Topic],
        note: str,
        at: datetime,
        by: str | None = None,
    ) -> CatalogVersion:
        """Return the new current version; the current one when the content is the same.

        Raises
        ------
        InvalidInput
            If an id comes twice, or a topic names an area, skill or related topic that is not in this catalog.
        """
        _check_ids(areas, skills, topics)
        entries = [*_entries("area", areas), *_entries("skill", _by_id(skills)), *_entries("topic", _by_id(topics))]
        content_hash = _hash([[entry.kind, entry.content] for entry in entries])
        self.lock()
        number = self._current_number()
        current = None if number is None else self._version(number)
        if current and current.content_hash == content_hash:
            return current
        return self._keep(entries, content_hash, note, at, by)

    def _keep(
        self, entries: list[_Entry], content_hash: str, note: str, at: datetime, by: str | None
    ) -> CatalogVersion:
        connection = self._work.writing
        last = connection.execute(select(func.max(catalog_versions.c.number))).scalar_one()
        version = CatalogVersion((last or 0) + 1, content_hash, at, note)
        row = {name: getattr(version, name) for name in CatalogVersion.__slots__}
        connection.execute(insert(catalog_versions), row)
        if by is not None:
            connection.execute(insert(catalog_publishers), {"version": version.number, "person_id": by})
        self._keep_entries(version.number, entries)
        connection.execute(update(catalog_pointer).values(version=version.number))
        self._work.has_index_change = True
        return version

    def _keep_entries(self, number: int, entries: list[_Entry]) -> None:
        connection = self._work.writing
        upsert(connection, skill_ids, [{"id": entry.id} for entry in entries if entry.kind == "skill"])
        upsert(connection, topic_ids, [{"id": entry.id} for entry in entries if entry.kind == "topic"])
        contents = {entry.content_hash: entry.content for entry in entries}
        rows = [{"content_hash": digest, "content": content} for digest, content in contents.items()]
        upsert(connection, catalog_contents, rows)
        if entries:
            connection.execute(insert(catalog_entries), [_row(number, entry) for entry in entries])

    def _contents(self, number: int) -> dict[str, list[Any]]:
        query = (
            select(catalog_entries.c.kind, catalog_contents.c.content)
            .join(catalog_contents)
            .where(catalog_entries.c.version == number)
            .order_by(catalog_entries.c.kind, catalog_entries.c.position)
        )
        contents: dict[str, list[Any]] = {kind: [] for kind in _KINDS}
        for row in self._work.connection.execute(query).mappings():
            contents[row["kind"]].append(from_json(_KINDS[row["kind"]], row["content"]))
        return contents

    def _version(self, number: int) -> CatalogVersion:
        row = next(rows_of(self._work.connection, catalog_versions.c.number, [number]), None)
        if row is None:
            raise NotFound("catalog version", str(number))
        return CatalogVersion(**row)

    def _current(self) -> Catalog:
        number = self._current_number()
        if number is None:
            raise NotReady("No catalog is published yet. Run `halfhour import topics FILE`, or `halfhour demo`.")
        return self.version(number)

    def _current_number(self) -> int | None:
        number: int | None = self._work.connection.execute(_POINTER).scalar_one()
        return number


def _by_id(items: Iterable[Any]) -> list[Any]:
    return sorted(items, key=lambda item: item.id)


def _entries(kind: str, items: Iterable[Any]) -> list[_Entry]:
    contents = [to_json(item) for item in items]
    # the kind is part of the hash: a skill and an area may look alike
    return [_Entry(kind, one["id"], position, _hash([kind, one]), one) for position, one in enumerate(contents)]


def _row(number: int, entry: _Entry) -> dict[str, Any]:
    return {
        "version": number,
        "kind": entry.kind,
        "id": entry.id,
        "position": entry.position,
        "content_hash": entry.content_hash,
    }


def _hash(content: Any) -> str:
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _check_ids(areas: Sequence[Area], skills: Sequence[Skill], topics: Sequence[Topic]) -> None:
    known = {"area": _ids("area", areas), "skill": _ids("skill", skills), "related topic": _ids("topic", topics)}
    for topic in topics:
        named = {"area": {topic.area}, "skill": set(topic.skill_ids), "related topic": set(topic.related_ids)}
        for kind, ids in named.items():
            unknown = sorted(ids - known[kind])
            if unknown:
                raise InvalidInput(f"{kind} of topic {topic.id}", "be part of this catalog", unknown[0])


def _ids(kind: str, items: Sequence[Area | Skill | Topic]) -> set[str]:
    ids = [item.id for item in items]
    twice = sorted(one for one in set(ids) if ids.count(one) > 1) if len(set(ids)) < len(ids) else []
    if twice:
        raise InvalidInput(f"{kind} id", "come once in a catalog", twice[0])
    return set(ids)
