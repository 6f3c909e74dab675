"""Logins and tokens as they are kept: by hash, replaced once, ended with their person's access."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from domain.access import ApiToken, Login
from domain.errors import InvalidInput
from domain.people import Role
from store import unit_of_work
from tests.builders import NOW

MONTH, MINUTE = timedelta(days=30), timedelta(minutes=1)


def a_login(token_hash: str = "a", person_id: str = "p1") -> Login:  # noqa: S107 - no password
    return Login(token_hash, person_id, NOW, NOW, NOW + MONTH)


@pytest.fixture
def kept(company: Engine) -> Engine:
    with unit_of_work(company, write=True) as store:
        store.logins.add(a_login())
        store.logins.add(a_login("b"))
        store.logins.add(a_login("c", "p2"))
        store.api_tokens.add(ApiToken("t1", "p1", "Notebook", "h1", NOW, NOW + MONTH))
    return company


def open_now(engine: Engine) -> tuple[list[str], list[str], list[str]]:
    with unit_of_work(engine) as store:
        hashes = [sorted(one.token_hash for one in store.logins.of(id)) for id in ("p1", "p2")]
        return hashes[0], hashes[1], [token.id for token in store.api_tokens.of("p1")]


def test_a_login_needs_its_person(company: Engine) -> None:
    with unit_of_work(company, write=True) as store, pytest.raises(InvalidInput, match=r"person_id .* got p404"):
        store.logins.add(a_login(person_id="p404"))


def test_a_token_is_replaced_once(kept: Engine) -> None:
    later = NOW + timedelta(days=1)
    with unit_of_work(kept, write=True) as store:
        old = store.logins.get("a")
        assert old is not None
        assert store.logins.replace(old, "new", later, later + MINUTE)
        assert not store.logins.replace(old, "newer", later, later + MINUTE)
        assert store.logins.get("newer") is None
        assert store.logins.get("new") == Login("new", "p1", later, later, NOW + MONTH)
        assert store.logins.get("a") == replace(old, expires_at=later + MINUTE)


def test_ended_logins_are_purged(kept: Engine) -> None:
    with unit_of_work(kept, write=True) as store:
        assert store.logins.purge_before(NOW + MONTH) == 0
        assert store.logins.purge_before(NOW + MONTH + MINUTE) == 3
        assert store.api_tokens.purge_before(NOW + MONTH + MINUTE) == 1


def test_who_leaves_loses_logins_and_tokens_and_nobody_else_does(kept: Engine) -> None:
    with unit_of_work(kept, write=True) as store:
        store.people.save([replace(store.people.get("p1"), is_active=False)])
    assert open_now(kept) == ([], ["c"], [])


def test_a_lost_role_ends_logins_only(kept: Engine) -> None:
    with unit_of_work(kept, write=True) as store:
        store.people.save([replace(store.people.get("p1"), roles=frozenset({Role.ADMIN}))])
    assert open_now(kept) == ([], ["c"], ["t1"])


def test_another_change_ends_nothing(kept: Engine) -> None:
    with unit_of_work(kept, write=True) as store:
        person = store.people.get("p1")
        store.people.save([replace(person, name="Another name", roles=person.roles | {Role.ADMIN})])
    assert open_now(kept) == (["a", "b"], ["c"], ["t1"])
