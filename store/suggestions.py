"""Suggestions as they were shown."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.engine import RowMapping

from domain.errors import InvalidInput, NotFound
from domain.language import Language
from domain.suggestions import Excluded, SuggestionSet, TopicSuggestion
from store.dataclass_json import all_from_json, to_json
from store.rows import must_exist
from store.showings import add_showings, read_showings
from store.tables import catalog_versions, people, suggestion_sets
from store.work import Work

_READ_AT_ONCE = 200  # a set is some kilobytes


class Suggestions:
    """Queries for suggestion sets; a set is never changed once it was shown."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def add(self, shown: SuggestionSet) -> None:
        """Keep a set; raise InvalidInput when its id is taken, or its person or catalog version is unknown."""
        connection = self._work.writing
        if connection.execute(select(suggestion_sets.c.id).where(suggestion_sets.c.id == shown.id)).first():
            raise InvalidInput("suggestion set id", "be new", shown.id)
        person_ids = [shown.person_id] if shown.person_id else []
        must_exist(connection, people.c.id, person_ids, "person_id", "Import the person first.")
        must_exist(
            connection, catalog_versions.c.number, [shown.catalog_version], "catalog_version", "Publish it first."
        )
        connection.execute(insert(suggestion_sets), _row(shown))
        add_showings(connection, (topic.topic_id for topic in shown.topics))

    def times_shown(self) -> dict[str, int]:
        """Return by topic id in how many kept sets it was suggested; counted as they are added, not by reading them."""
        return read_showings(self._work.connection)

    def asked_since(self, since: datetime) -> Iterator[SuggestionSet]:
        """Yield what people were shown from then on, oldest first, ties by id; sets of nobody are left out."""
        query = select(suggestion_sets).where(suggestion_sets.c.asked_at >= since)
        query = query.where(suggestion_sets.c.person_id.is_not(None))
        ordered = query.order_by(suggestion_sets.c.asked_at, suggestion_sets.c.id)
        rows = self._work.connection.execute(ordered.execution_options(yield_per=_READ_AT_ONCE)).mappings()
        yield from (_suggestion_set(row) for row in rows)

    def get(self, set_id: str) -> SuggestionSet:
        """Return the set; raise NotFound when there is none."""
        query = select(suggestion_sets).where(suggestion_sets.c.id == set_id)
        row = self._work.connection.execute(query).mappings().first()
        if row is None:
            raise NotFound("suggestion set", set_id)
        return _suggestion_set(row)

    def latest_for(self, person_id: str) -> SuggestionSet | None:
        """Return what the person was shown last; None when nothing was yet."""
        newest = (suggestion_sets.c.asked_at.desc(), suggestion_sets.c.id.desc())
        query = select(suggestion_sets).where(suggestion_sets.c.person_id == person_id).order_by(*newest).limit(1)
        row = self._work.connection.execute(query).mappings().first()
        return _suggestion_set(row) if row else None


def _suggestion_set(row: RowMapping) -> SuggestionSet:
    fields: dict[str, Any] = {**row, "language": Language(row["language"])}
    fields["topics"] = all_from_json(TopicSuggestion, row["topics"])
    fields["excluded"] = all_from_json(Excluded, row["excluded"])
    return SuggestionSet(**fields)


def _row(shown: SuggestionSet) -> dict[str, Any]:
    row = {name: getattr(shown, name) for name in SuggestionSet.__slots__}
    return row | {"topics": to_json(shown.topics), "excluded": to_json(shown.excluded)}
