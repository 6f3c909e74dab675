"""Every test of the store runs on SQLite and, where a server is given, on PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from store import migrate, unit_of_work
from tests.builders import NOW, a_person, a_role, a_skill, a_topic, an_area
from tests.databases import KINDS, empty_all_tables, new_database, opened


@pytest.fixture(scope="session", params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="session")
def migrated_url(kind: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with new_database(kind, tmp_path_factory.mktemp("store")) as url:
        with opened(url) as engine:
            migrate(engine)
        yield url


@pytest.fixture
def empty_engine(kind: str, tmp_path: Path) -> Iterator[Engine]:
    """A database without any table."""
    with new_database(kind, tmp_path) as url, opened(url) as engine:
        yield engine


@pytest.fixture
def engine(migrated_url: str) -> Iterator[Engine]:
    """A database with all tables and no rows."""
    with opened(migrated_url) as engine:
        empty_all_tables(engine)
        yield engine


@pytest.fixture
def company(engine: Engine) -> Engine:
    """Mentees p1 and p2, mentors m1 and m2, a role, and a catalog of two topics and two skills."""
    with unit_of_work(engine, write=True) as store:
        topics = [a_topic("delegate-work"), a_topic("say-no-kindly", skill_ids=("saying-no",))]
        store.catalog.publish([an_area()], [a_skill("delegation"), a_skill("saying-no")], topics, "first", NOW)
        store.roles.save([a_role("team-lead")])
        store.people.save([a_person(id) for id in ("p1", "p2", "m1", "m2")])
    return engine


@pytest.fixture(autouse=True)
def no_catalog_read_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every test read catalogs from its own database, not from what another one left in the process."""
    monkeypatch.setattr("store.catalog._contents_by_hash", {})
