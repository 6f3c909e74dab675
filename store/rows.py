"""What all aggregates share: finding what really changed, writing rows, naming a missing reference."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Column, Connection, Executable, Select, Table, bindparam, delete, insert, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import RowMapping

from domain.errors import InvalidInput

Key = TypeVar("Key", str, tuple[str, str])
Item = TypeVar("Item")
Rows = Sequence[Mapping[str, Any]]

# SQLite binds at most 32,766 values in a statement, PostgreSQL 65,535
MAX_BOUND_VALUES = 5_000


def chunks(values: Iterable[Item]) -> Iterator[list[Item]]:
    """Yield the values in lists that fit into one statement."""
    listed = list(values)
    for start in range(0, len(listed), MAX_BOUND_VALUES):
        yield listed[start : start + MAX_BOUND_VALUES]


def rows_in(
    connection: Connection, query: Select[Any], column: Column[Any], keys: Iterable[Any]
) -> Iterator[RowMapping]:
    """Yield the rows of `query` whose `column` is one of `keys`."""
    for some in chunks(keys):
        # one key is the usual case, and an expanding IN costs twice as much
        wanted = column == some[0] if len(some) == 1 else column.in_(some)
        yield from connection.execute(query.where(wanted)).mappings()


def rows_of(connection: Connection, column: Column[Any], keys: Iterable[Any]) -> Iterator[RowMapping]:
    """Yield the rows of the column's table in which it is one of `keys`."""
    for some in chunks(keys):
        query, wanted = (_of_one(column), some[0]) if len(some) == 1 else (_of_many(column), some)
        yield from connection.execute(query, {"wanted": wanted}).mappings()


# to put a statement together takes longer than to run it: those that every request needs are put together once
@cache
def _of_one(column: Column[Any]) -> Executable:
    return select(column.table).where(column == bindparam("wanted"))


@cache
def _of_many(column: Column[Any]) -> Executable:
    return select(column.table).where(column.in_(bindparam("wanted", expanding=True)))


@cache
def _present(column: Column[Any]) -> Executable:
    return select(column).where(column.in_(bindparam("wanted", expanding=True)))


def changed(
    items: Iterable[Item], key: Callable[[Item], Key], stored: Callable[[list[Key]], Mapping[Key, Item]]
) -> list[Item]:
    """Return the items that differ from what is stored or are new, by key; of two with one key the last counts."""
    wanted = {key(item): item for item in items}
    found = stored(list(wanted))
    # in one order always: on PostgreSQL two batches that lock the same rows in two orders would block each other
    return [wanted[name] for name in sorted(wanted) if found.get(name) != wanted[name]]


def upsert(connection: Connection, table: Table, rows: Rows) -> None:
    """Insert the rows; where the primary key exists already, replace the other columns."""
    if not rows:
        return
    connection.execute(_upsert(connection.dialect.name, table), rows)


@cache
def _upsert(dialect: str, table: Table) -> Executable:
    statement = (sqlite.insert if dialect == "sqlite" else postgresql.insert)(table)
    keys = [column.name for column in table.primary_key.columns]
    others = {column.name: statement.excluded[column.name] for column in table.columns if not column.primary_key}
    if not others:
        return statement.on_conflict_do_nothing(index_elements=keys)
    return statement.on_conflict_do_update(index_elements=keys, set_=others)


def insert_new(connection: Connection, table: Table, row: Mapping[str, Any]) -> bool:
    """Insert the row unless something unique in the table stands against it; return whether it was inserted."""
    return bool(connection.execute(_insert_new(connection.dialect.name, table), row).rowcount)


def insert_all_new(connection: Connection, table: Table, rows: Rows) -> None:
    """Insert those of the rows that `insert_new` would."""
    if rows:
        connection.execute(_insert_new(connection.dialect.name, table), rows)


@cache
def _insert_new(dialect: str, table: Table) -> Executable:
    statement = (sqlite.insert if dialect == "sqlite" else postgresql.insert)(table).on_conflict_do_nothing()
    return statement.execution_options(preserve_rowcount=True)


def replace_children(connection: Connection, parent: Column[Any], parent_ids: Iterable[str], rows: Rows) -> None:
    """Replace all rows of the child table under these parents by `rows`."""
    for some in chunks(parent_ids):
        connection.execute(delete(parent.table).where(parent.in_(some)))
    if rows:
        connection.execute(insert(parent.table), rows)


def lock_table(connection: Connection, table: Table) -> None:
    """Let one transaction at a time write to the table; SQLite has one writer anyway, readers never wait."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f'LOCK TABLE "{table.name}" IN SHARE ROW EXCLUSIVE MODE'))


def must_exist(connection: Connection, column: Column[Any], keys: Iterable[Any], name: str, action: str) -> None:
    """Raise InvalidInput for the first of `keys` that `column` does not hold, in the order of the keys themselves."""
    wanted = set(keys)
    found = {key for some in chunks(wanted) for key in connection.execute(_present(column), {"wanted": some}).scalars()}
    missing = sorted(wanted - found)
    if missing:
        raise InvalidInput(name, "name something that is stored", missing[0], action)
