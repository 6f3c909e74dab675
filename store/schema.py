"""The schema of the database: what it is, what it should be, and the way from one to the other."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect, text

from domain.errors import NotReady, SchemaIsNewer
from store.engine import IS_WRITE, sqlite_file
from store.faults import named_faults
from store.tables import metadata

MIGRATIONS = Path(__file__).parent / "migrations"

_NOT_SET_UP = (
    "The database is not set up yet. Start any halfhour command that writes, such as `halfhour index`; it sets it up."
)

# any number will do, as long as nothing else in the database locks the same one
_MIGRATION_LOCK = 3_001_530


def migrate(engine: Engine) -> None:
    """Bring the database to this version's schema, creating it when there is none; do nothing when it is there.

    All or nothing: an error half-way leaves the database as it was.

    Raises
    ------
    SchemaIsNewer
        If a newer version wrote the database; nothing is changed.
    NotReady
        If the database cannot be reached or read.
    """
    file = sqlite_file(engine)
    if file:
        file.parent.mkdir(parents=True, exist_ok=True)
    with named_faults(engine):
        with engine.connect() as connection:
            if _known_revision(connection) == newest_revision():
                return
        with engine.connect() as connection, connection.execution_options(**{IS_WRITE: True}).begin():
            _upgrade(connection)


def check_schema(engine: Engine) -> None:
    """Return nothing when the database has this version's schema; change nothing in any case.

    Raises
    ------
    SchemaIsNewer
        If a newer version wrote the database.
    NotReady
        If the database is missing, empty, older, or cannot be reached or read; the text says what to do.
    """
    file = sqlite_file(engine)
    if file and not file.exists():
        raise NotReady(_NOT_SET_UP)
    with named_faults(engine), engine.connect() as connection:
        found = _known_revision(connection)
    if found is None:
        raise NotReady(_NOT_SET_UP)
    if found != newest_revision():
        action = "Start any halfhour command that writes, such as `halfhour index`; it brings it up to date."
        raise NotReady(f"The database has the older schema {found}. {action}")


def newest_revision() -> str:
    """Return the one head of the migrations."""
    head = ScriptDirectory.from_config(migration_config()).get_current_head()
    if head is None:
        raise RuntimeError(f"{MIGRATIONS} must hold migrations, got none. Install the package again.")
    return head


def migration_config(connection: Connection | None = None) -> Config:
    """Return Alembic's settings for the migrations within this package, run on `connection`."""
    config = Config()
    # the settings are interpolated, so that a percent sign of the path needs another
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _upgrade(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _MIGRATION_LOCK})
    # looked at again under the lock: another process may have migrated meanwhile; then there is nothing left to do
    if _known_revision(connection) is None:
        _check_nothing_is_in_the_way(connection)
    command.upgrade(migration_config(connection), "head")


def _check_nothing_is_in_the_way(connection: Connection) -> None:
    foreign = sorted(set(metadata.tables) & set(inspect(connection).get_table_names()))
    if foreign:
        action = "Give Halfhour a database of its own."
        raise NotReady(f"The database holds a table {foreign[0]} that Halfhour did not make. {action}")


def _known_revision(connection: Connection) -> str | None:
    """Return the revision found, None for a database without schema; raise SchemaIsNewer when it is not ours."""
    found = MigrationContext.configure(connection).get_current_revision()
    scripts = ScriptDirectory.from_config(migration_config())
    if found is not None and found not in {script.revision for script in scripts.walk_revisions()}:
        raise SchemaIsNewer(found, newest_revision())
    return found
