"""The schema: created, upgraded, refused when newer, and the same as the model says."""

import sys
from pathlib import Path
from subprocess import PIPE, Popen
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, event, inspect, select, text

from domain.errors import NotReady, SchemaIsNewer
from store import check_schema, migrate, schema, unit_of_work
from store.schema import migration_config, newest_revision
from store.tables import metadata
from tests.builders import a_person, a_role
from tests.databases import new_database, opened


def table_names(engine: Engine) -> set[str]:
    return set(inspect(engine).get_table_names())


def all_rows(engine: Engine) -> dict[str, list[tuple[Any, ...]]]:
    with engine.connect() as connection:
        names = sorted(inspect(connection).get_table_names())
        return {name: [tuple(row) for row in connection.execute(text(f'SELECT * FROM "{name}"'))] for name in names}  # noqa: S608


def set_revision(engine: Engine, revision: str) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :revision"), {"revision": revision})


def test_there_is_one_head() -> None:
    assert ScriptDirectory.from_config(migration_config()).get_heads() == [newest_revision()]


def test_an_empty_database_gets_all_tables(empty_engine: Engine) -> None:
    migrate(empty_engine)
    check_schema(empty_engine)
    assert table_names(empty_engine) == {*metadata.tables, "alembic_version"}


def test_migrating_again_changes_nothing(company: Engine) -> None:
    before = all_rows(company)
    migrate(company)
    assert all_rows(company) == before


def test_it_works_from_any_folder(empty_engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    migrate(empty_engine)
    check_schema(empty_engine)
    assert list(elsewhere.iterdir()) == []


def test_a_percent_sign_in_the_place_of_the_package_is_no_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "MIGRATIONS", Path("/opt/100%/store/migrations"))
    assert migration_config().get_main_option("script_location") == "/opt/100%/store/migrations"


def test_all_the_way_down_and_up_again(empty_engine: Engine) -> None:
    migrate(empty_engine)
    with empty_engine.begin() as connection:
        command.downgrade(migration_config(connection), "base")
    assert table_names(empty_engine) == {"alembic_version"}
    migrate(empty_engine)
    assert table_names(empty_engine) == {*metadata.tables, "alembic_version"}


def test_roles_keep_their_skills_when_an_older_database_is_brought_up(company: Engine) -> None:
    with company.begin() as connection:
        command.downgrade(migration_config(connection), "0002")
    migrate(company)
    with unit_of_work(company) as store:
        assert store.roles.list() == [a_role("team-lead")]


def test_the_model_equals_the_migrated_tables(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, metadata) == []


def test_every_constraint_of_the_model_is_in_the_migrated_tables(engine: Engine, empty_engine: Engine) -> None:
    metadata.create_all(empty_engine)
    assert described(engine) == described(empty_engine)


def described(engine: Engine) -> dict[str, Any]:
    """Return columns, keys, checks and indexes by table, as the database itself tells them."""
    seen = inspect(engine)
    return {
        table: {
            "columns": sorted((one["name"], str(one["type"]), one["nullable"]) for one in seen.get_columns(table)),
            "primary key": seen.get_pk_constraint(table),
            "foreign keys": sorted(map(str, seen.get_foreign_keys(table))),
            "checks": sorted(map(str, seen.get_check_constraints(table))),
            "unique": sorted(map(str, seen.get_unique_constraints(table))),
            "indexes": sorted(map(str, seen.get_indexes(table))),
        }
        for table in metadata.tables
    }


def test_a_missing_or_empty_database_is_not_ready(empty_engine: Engine) -> None:
    with pytest.raises(NotReady, match="The database is not set up yet"):
        check_schema(empty_engine)


def test_checking_a_missing_file_does_not_create_it(tmp_path: Path) -> None:
    with opened(f"sqlite:///{tmp_path}/deep/half.db") as engine:
        with pytest.raises(NotReady, match="The database is not set up yet"):
            check_schema(engine)
        assert list(tmp_path.iterdir()) == []
        migrate(engine)
        check_schema(engine)
    assert (tmp_path / "deep" / "half.db").exists()


def test_a_newer_schema_is_refused_and_left_as_it_is(empty_engine: Engine) -> None:
    migrate(empty_engine)
    with unit_of_work(empty_engine, write=True) as store:
        store.people.save([a_person("a")])
    set_revision(empty_engine, "9999")
    before = all_rows(empty_engine)
    for act in (check_schema, migrate):
        with pytest.raises(SchemaIsNewer, match=f"schema 9999, .* newest is {newest_revision()}.*Nothing was changed"):
            act(empty_engine)
    assert all_rows(empty_engine) == before


def test_an_older_schema_is_not_ready(empty_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    migrate(empty_engine)
    known = newest_revision()
    monkeypatch.setattr(schema, "newest_revision", lambda: "9999")
    with pytest.raises(NotReady, match=f"The database has the older schema {known}"):
        check_schema(empty_engine)


def test_a_migration_that_fails_half_way_leaves_nothing(empty_engine: Engine) -> None:
    def fail(*arguments: Any) -> None:
        if "CREATE TABLE vectors" in arguments[2]:
            raise ZeroDivisionError

    event.listen(empty_engine, "before_cursor_execute", fail)
    with pytest.raises(ZeroDivisionError):
        migrate(empty_engine)
    event.remove(empty_engine, "before_cursor_execute", fail)
    assert table_names(empty_engine) == set()
    migrate(empty_engine)
    check_schema(empty_engine)


STARTS = "import sys; from store import *; engine = open_engine(sys.argv[1]); migrate(engine); check_schema(engine)"


def test_processes_that_start_at_once_migrate_once(kind: str, tmp_path: Path) -> None:
    with new_database(kind, tmp_path) as url:
        command_line = [sys.executable, "-c", STARTS, url]
        started = [Popen(command_line, stderr=PIPE, text=True) for _ in range(3)]
        said = [process.communicate(timeout=60)[1] for process in started]
        assert said == [""] * 3
        with opened(url) as engine, engine.connect() as connection:
            assert connection.execute(select(metadata.tables["counters"])).all() == [("generation", 0)]


def test_a_table_of_somebody_else_is_not_touched(empty_engine: Engine) -> None:
    with empty_engine.begin() as connection:
        connection.execute(text("CREATE TABLE people (id INTEGER)"))
    with pytest.raises(NotReady, match="a table people that Halfhour did not make"):
        migrate(empty_engine)
    assert table_names(empty_engine) == {"people"}


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    path = tmp_path / "half.db"
    path.write_bytes(b"a letter, not a database. " * 100)
    for act in (check_schema, migrate):
        with opened(f"sqlite:///{path}") as engine, pytest.raises(NotReady, match="database file cannot be read"):
            act(engine)
    assert path.read_bytes().startswith(b"a letter")


def test_a_server_that_does_not_answer_is_named_without_its_address() -> None:
    for act in (check_schema, migrate):
        nobody = opened("postgresql://ann:secret@127.0.0.1:1/half")
        with nobody as engine, pytest.raises(NotReady, match="The database does not answer") as fault:
            act(engine)
        assert "secret" not in str(fault.value)
