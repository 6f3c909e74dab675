"""Databases for tests, thrown away afterwards.

SQLite always. PostgreSQL when HALFHOUR_TEST_POSTGRES names a server on which databases may be created, for example
postgresql://postgres@127.0.0.1:5433/postgres.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Engine, delete, insert, make_url, text

from store import open_engine
from store.tables import catalog_pointer, counters, metadata

SERVER_VARIABLE = "HALFHOUR_TEST_POSTGRES"
KINDS = ("sqlite", "postgresql")


@contextmanager
def new_database(kind: str, folder: Path) -> Iterator[str]:
    """Yield the URL of a new database without any table; skip the test when there is no server for it."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / uuid4().hex}.db"
        return
    server = os.environ.get(SERVER_VARIABLE)
    if not server:
        pytest.skip(f"{SERVER_VARIABLE} is not set: no PostgreSQL server to test on")
    with _postgres_database(server) as url:
        yield url


@contextmanager
def opened(url: str) -> Iterator[Engine]:
    """Yield the engine of a URL, closed afterwards."""
    engine = open_engine(url)
    try:
        yield engine
    finally:
        engine.dispose()


def empty_all_tables(engine: Engine) -> None:
    """Bring a migrated database back to how migration left it: much faster than a new database per test."""
    with engine.begin() as connection:
        connection.execute(delete(catalog_pointer))
        for table in reversed(metadata.sorted_tables):
            connection.execute(delete(table))
        connection.execute(insert(catalog_pointer), {"id": 1})
        connection.execute(insert(counters), {"name": "generation", "value": 0})


@contextmanager
def _postgres_database(server: str) -> Iterator[str]:
    name = f"halfhour_test_{uuid4().hex}"
    _on_server(server, f'CREATE DATABASE "{name}"')
    try:
        yield make_url(server).set(database=name).render_as_string(hide_password=False)
    finally:
        _on_server(server, f'DROP DATABASE "{name}" WITH (FORCE)')


def _on_server(server: str, statement: str) -> None:
    with opened(server) as engine, engine.connect() as connection:
        # databases are created and dropped outside of any transaction
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(text(statement))
