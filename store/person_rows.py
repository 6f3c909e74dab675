"""The rows of any table that name a person by key: read, counted, deleted or rewritten, by the name of the place."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Table, delete, func, select, update

from store.tables import metadata
from store.work import Work


class PersonRows:
    """Queries for whatever holds a person's key; which rule each place has is not decided here."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def of(self, table: str, column: str, person_id: str) -> list[dict[str, Any]]:
        """Return the rows that name the person, in the order of their primary key."""
        found, is_own = _place(table, column, person_id)
        query = select(found).where(is_own).order_by(*found.primary_key.columns)
        return [dict(row) for row in self._work.connection.execute(query).mappings()]

    def count(self, table: str, column: str, person_id: str) -> int:
        """Return how many rows name the person."""
        found, is_own = _place(table, column, person_id)
        return self._work.connection.execute(select(func.count()).select_from(found).where(is_own)).scalar_one()

    def delete(self, table: str, column: str, person_id: str) -> int:
        """Delete the rows that name the person; return how many went."""
        found, is_own = _place(table, column, person_id)
        self._work.has_index_change = True
        return self._work.writing.execute(delete(found).where(is_own)).rowcount

    def rewrite(self, table: str, column: str, person_id: str, values: Mapping[str, Any]) -> int:
        """Put these values into the rows that name the person; return how many there are."""
        found, is_own = _place(table, column, person_id)
        self._work.has_index_change = True
        return self._work.writing.execute(update(found).where(is_own).values(dict(values))).rowcount


def person_columns() -> set[str]:
    """Return every `table.column` that is a key to a person."""
    people = metadata.tables["people"], metadata.tables["mentor_offers"]
    return {
        f"{table.name}.{column.name}"
        for table in metadata.sorted_tables
        for column in table.columns
        for key in column.foreign_keys
        if key.column.table in people
    }


def _place(table: str, column: str, person_id: str) -> tuple[Table, ColumnElement[bool]]:
    found = metadata.tables[table]
    return found, found.c[column] == person_id
