"""Agendas: every version stays."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from domain.agendas import StoredAgenda
from domain.errors import NotFound
from store import unit_of_work
from tests.builders import NOW, a_session, an_agenda

LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def with_session(company: Engine) -> Engine:
    with unit_of_work(company, write=True) as store:
        store.sessions.save([a_session("s1"), a_session("s2", starts_at=None)])
    return company


def test_versions_count_from_one_and_the_newest_is_the_latest(with_session: Engine) -> None:
    edited = an_agenda(title="«Передать» задачу", has_material=False)
    with unit_of_work(with_session, write=True) as store:
        assert store.agendas.latest("s1") is None
        first = store.agendas.add("s1", an_agenda(), NOW)
        second = store.agendas.add("s1", edited, LATER, edited_by="m1", inputs_hash="9a")
        store.agendas.add("s2", an_agenda(), NOW)
    assert first == StoredAgenda("s1", 1, an_agenda(), NOW)
    assert second == StoredAgenda("s1", 2, edited, LATER, "m1", "9a")
    with unit_of_work(with_session) as store:
        assert store.agendas.latest("s1") == second
        assert store.agendas.history("s1") == [first, second]
        assert store.agendas.history("s404") == []


def test_an_agenda_needs_its_session(with_session: Engine) -> None:
    with unit_of_work(with_session, write=True) as store, pytest.raises(NotFound, match=r"session .* got s404"):
        store.agendas.add("s404", an_agenda(), NOW)


def test_drafts_at_once_get_a_number_each(with_session: Engine) -> None:
    def draft(_: int) -> int:
        with unit_of_work(with_session, write=True) as store:
            return store.agendas.add("s1", an_agenda(), NOW).version

    with ThreadPoolExecutor(8) as pool:
        versions = list(pool.map(draft, range(16)))
    assert sorted(versions) == list(range(1, 17))
