"""A database that cannot be used: what its driver says becomes one line that says what to do."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError, OperationalError, TimeoutError

from domain.errors import NotReady


@contextmanager
def named_faults(engine: Engine) -> Iterator[None]:
    """Turn a database that cannot be reached, read or written into NotReady, without its address."""
    try:
        yield
    except (DatabaseError, TimeoutError) as error:
        # only these say that the database is not usable; the others would be faults of our own
        if type(error) not in (DatabaseError, OperationalError, TimeoutError):
            raise
        raise NotReady(_unusable(engine)) from error


def _unusable(engine: Engine) -> str:
    if engine.dialect.name == "sqlite":
        action = "Check HALFHOUR_DATABASE_URL, free space and rights, or restore a backup."
        return f"The database file cannot be read or written. {action}"
    action = "Check HALFHOUR_DATABASE_URL, that the server runs, and that it has a connection left."
    return f"The database does not answer. {action}"
