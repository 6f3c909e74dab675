"""Column types that mean the same on SQLite and PostgreSQL."""

from datetime import UTC, datetime

from sqlalchemy import JSON, DateTime, Dialect
from sqlalchemy.types import TypeDecorator

# None is a value like others: JSON's null
Json = JSON()


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: given with any zone, kept and given back in UTC. A time without zone is a mistake of the caller."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a stored time must have a zone, got {value.isoformat()}. Use the injected clock (UTC).")
        utc = value.astimezone(UTC)
        # SQLite has no zones: naive UTC there keeps the text comparable
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
