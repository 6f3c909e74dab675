"""The database behind a URL, set up so that an acknowledged write survives a crash."""

import json
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from domain.errors import InvalidInput

IS_WRITE = "is_write"
BUSY_TIMEOUT_MS = 15_000

# the timeout comes first: the switch to WAL itself may have to wait; what is deleted is overwritten, so that nobody
# finds a forgotten person's words in the file
_SETTINGS = (
    f"busy_timeout={BUSY_TIMEOUT_MS}",
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",
)

# besides the ten that stay open: a file bears one for each thread of the server; PostgreSQL lets a hundred in, from all
# processes together, and refuses the rest, so that here it is better to wait for a free one
_MORE_CONNECTIONS = {"sqlite": 30, "postgresql": 10}

_DRIVERS = {
    "sqlite": "sqlite",
    "postgresql": "postgresql+psycopg",
    "postgres": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}
_URL_ACTION = "Give sqlite:////path/to/file or postgresql://name@host/database."


def open_engine(url: str) -> Engine:
    """Return the engine of a SQLite file or a PostgreSQL database; nothing is connected yet.

    Raises
    ------
    InvalidInput
        If the URL is not of one of these two; the URL itself is not shown, it may hold a password.
    """
    parsed = _parse(url)
    engine = create_engine(
        parsed,
        pool_size=10,
        max_overflow=_MORE_CONNECTIONS[parsed.get_backend_name()],
        pool_pre_ping=parsed.drivername != "sqlite",
        json_serializer=_to_text,
        hide_parameters=True,  # an error of the driver must not bring people's words into the log
    )
    if parsed.drivername == "sqlite":
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def sqlite_file(engine: Engine) -> Path | None:
    """Return the file of a SQLite engine, None for PostgreSQL."""
    return Path(str(engine.url.database)) if engine.dialect.name == "sqlite" else None


def empty_write_ahead_log(engine: Engine) -> None:
    """Let no deleted word stay in SQLite's log of changes; who reads just now keeps it until the next such call."""
    if engine.dialect.name == "sqlite":
        with closing(engine.raw_connection()) as connection:  # no transaction may be open around it
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")


@contextmanager
def writers_turn(engine: Engine) -> Iterator[bool]:
    """Let the threads of this process write to a SQLite file one after the other; on PostgreSQL nobody waits here.

    In SQLite's own queue a waiter sleeps for up to a tenth of a second between two looks. Other processes still meet
    there, and so does a thread that has waited here in vain: it gets False.
    """
    file = sqlite_file(engine)
    if file is None:
        yield True
        return
    lock = _writers(file)
    has_turn = lock.acquire(timeout=BUSY_TIMEOUT_MS / 1000)
    try:
        yield has_turn
    finally:
        if has_turn:
            lock.release()


@cache
def _writers(_file: Path) -> threading.Lock:
    return threading.Lock()


def _parse(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise InvalidInput("database URL", "be a URL", "something else", _URL_ACTION) from None
    if parsed.drivername not in _DRIVERS:
        raise InvalidInput("database URL", "start with sqlite: or postgresql:", parsed.drivername, _URL_ACTION)
    if parsed.drivername == "sqlite" and parsed.database in (None, "", ":memory:"):
        raise InvalidInput("database URL", "name a file", "none", _URL_ACTION)
    return parsed.set(drivername=_DRIVERS[parsed.drivername])


def _to_text(value: Any) -> str:
    # NaN is not JSON: SQLite would keep it, PostgreSQL refuse it
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _set_up_sqlite(connection: Any, _record: Any) -> None:
    # the driver would begin late and by itself; `_begin_sqlite` says when and how instead
    connection.isolation_level = None
    for setting in _SETTINGS:
        connection.execute(f"PRAGMA {setting}").close()


def _begin_sqlite(connection: Connection) -> None:
    # a deferred BEGIN that turns into a write later fails with "database is locked" when another has written since
    is_write = connection.get_execution_options().get(IS_WRITE, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_write else "BEGIN")
