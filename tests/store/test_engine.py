"""Opening a database: which URLs, and how SQLite is set up."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, text

from domain.errors import InvalidInput, NotReady
from store import open_engine, unit_of_work
from store.engine import writers_turn
from tests.databases import opened


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_postgresql_is_spoken_to_through_psycopg(scheme: str) -> None:
    with opened(f"{scheme}://ann:secret@db.example.org/halfhour") as engine:
        assert engine.url.drivername == "postgresql+psycopg"
        assert engine.url.password == "secret"


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("mysql://ann:secret@host/db", "must start with sqlite: or postgresql:, got mysql"),
        ("secret", "must be a URL, got something else"),
        ("", "must be a URL, got something else"),
        ("sqlite://", "must name a file, got none"),
        ("sqlite:///:memory:", "must name a file, got none"),
    ],
)
def test_another_url_is_refused_without_showing_it(url: str, message: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        open_engine(url)
    assert message in str(refused.value)
    assert "Give sqlite:////path/to/file or postgresql://" in str(refused.value)
    assert "secret" not in str(refused.value)


def test_opening_touches_nothing(tmp_path: Path) -> None:
    with opened(f"sqlite:///{tmp_path}/deep/half.db"):
        assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("setting", "value"), [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 15_000)]
)
def test_sqlite_keeps_what_it_has_acknowledged(tmp_path: Path, setting: str, value: object) -> None:
    with opened(f"sqlite:///{tmp_path}/half.db") as engine, engine.connect() as connection:
        assert connection.execute(text(f"PRAGMA {setting}")).scalar_one() == value


def test_the_sqlite_driver_begins_nothing_by_itself(tmp_path: Path) -> None:
    with opened(f"sqlite:///{tmp_path}/half.db") as engine:
        connection = engine.raw_connection()
        connection.execute("CREATE TABLE notes (text TEXT)")
        connection.execute("INSERT INTO notes VALUES ('kept')")
        assert not connection.in_transaction
        connection.close()


def statements(engine: Engine) -> list[str]:
    seen: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *arguments: seen.append(arguments[2]))
    return seen


def test_sqlite_takes_the_write_lock_at_once_and_only_to_write(tmp_path: Path) -> None:
    with opened(f"sqlite:///{tmp_path}/half.db") as engine:
        seen = statements(engine)
        for write in (True, False, True):
            with unit_of_work(engine, write=write):
                pass
    assert seen == ["BEGIN IMMEDIATE", "BEGIN", "BEGIN IMMEDIATE"]


@pytest.mark.parametrize(("write", "is_free"), [(True, False), (False, True)])
def test_threads_of_one_process_write_one_after_the_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write: bool, is_free: bool
) -> None:
    monkeypatch.setattr("store.engine.BUSY_TIMEOUT_MS", 0)
    with opened(f"sqlite:///{tmp_path}/half.db") as engine, ThreadPoolExecutor(1) as another_thread:
        with unit_of_work(engine, write=write):
            assert another_thread.submit(has_turn, engine).result() is is_free
        assert another_thread.submit(has_turn, engine).result()


def has_turn(engine: Engine) -> bool:
    with writers_turn(engine) as turn:
        return turn


def test_who_waited_for_a_turn_in_vain_meets_the_file_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.engine.BUSY_TIMEOUT_MS", 0)
    with opened(f"sqlite:///{tmp_path}/half.db") as engine, unit_of_work(engine, write=True):
        monkeypatch.setattr("store.engine._SETTINGS", ("busy_timeout=0",))
        with pytest.raises(NotReady, match="cannot be read or written"), unit_of_work(engine, write=True):
            pass
