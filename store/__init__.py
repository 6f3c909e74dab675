"""Keeps everything: people, catalog versions, sessions, agendas, vectors, jobs; on SQLite or PostgreSQL."""

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from domain.errors import NotReady
from store import access_tables, booking_tables, drafting_tables, own_page_tables  # noqa: F401  (each adds its tables to the metadata)
from store.engine import empty_write_ahead_log, open_engine
from store.people import fold_email
from store.schema import check_schema, migrate
from store.unit import Store, unit_of_work

# what any use of the store may raise when the database is away, full or damaged
STORE_FAULTS = (SQLAlchemyError, OSError, NotReady)

__all__ = [
    "STORE_FAULTS",
    "Engine",
    "Store",
    "check_schema",
    "empty_write_ahead_log",
    "fold_email",
    "migrate",
    "open_engine",
    "unit_of_work",
]
