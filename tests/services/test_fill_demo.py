"""The demo company says of itself that it is made up."""

from pathlib import Path

from services.context import Context
from services.fill_demo import MADE_UP, fill_demo
from services.starter import publish_starter_catalog
from store import Engine, unit_of_work
from tests.builders import NOW
from tests.databases import empty_all_tables
from tests.services.conftest import a_context


def test_a_filled_store_says_that_it_is_made_up(migrated: Engine, tmp_path: Path) -> None:
    empty_all_tables(migrated)
    publish_starter_catalog(migrated, NOW)
    context = a_context(migrated, tmp_path)
    assert fill_demo(context)
    with unit_of_work(migrated) as store:
        assert store.get_setting(MADE_UP) is True
        assert len(store.sessions.list()) > 400


def test_a_company_that_lives_is_left_alone(running: Context) -> None:
    assert not fill_demo(running)
    with unit_of_work(running.engine) as store:
        assert store.get_setting(MADE_UP) is None
