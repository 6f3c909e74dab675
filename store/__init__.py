"""Keeps everything: people, catalog versions, sessions, agendas, suggestions, vectors; on SQLite or PostgreSQL."""

from sqlalchemy import Engine

from store.engine import open_engine
from store.schema import check_schema, migrate
from store.unit import Store, unit_of_work

__all__ = ["Engine", "Store", "check_schema", "migrate", "open_engine", "unit_of_work"]
