"""Small state of the whole programme: settings that HR changes, and the change counter of indexed texts."""

import secrets
from typing import Any

from sqlalchemy import Connection, select, update

from store.rows import rows_of, upsert
from store.tables import counters, settings

_GENERATION = "generation"
TIMES_STATE = "times_state"

_GENERATION_NOW = select(counters.c.value).where(counters.c.name == _GENERATION)
_NEXT_GENERATION = update(counters).where(counters.c.name == _GENERATION).values(value=counters.c.value + 1)


def read_generation(connection: Connection) -> int:
    """Return the number of committed transactions that changed an indexed text."""
    return int(connection.execute(_GENERATION_NOW).scalar_one())


def raise_generation(connection: Connection) -> None:
    """Count one more change."""
    connection.execute(_NEXT_GENERATION)


def read_setting(connection: Connection, key: str, default: Any) -> Any:
    """Return the JSON value that HR set, or the default."""
    row = next(rows_of(connection, settings.c.key, [key]), None)
    return default if row is None else row["value"]


def write_setting(connection: Connection, key: str, value: Any) -> None:
    """Keep a JSON value under the key."""
    upsert(connection, settings, [{"key": key, "value": value}])


def mark_time_change(connection: Connection) -> None:
    """Give people's times a mark that they never had before."""
    write_setting(connection, TIMES_STATE, secrets.token_hex(8))
