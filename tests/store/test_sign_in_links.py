"""Sign-in links: once, in time, by the right token."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import Engine

from domain.errors import InvalidInput
from store import unit_of_work
from tests.builders import NOW

ENDS = NOW + timedelta(minutes=15)


def redeem(engine: Engine, token_hash: str, after_minutes: float = 0) -> str | None:
    with unit_of_work(engine, write=True) as store:
        return store.sign_in_links.redeem(token_hash, NOW + timedelta(minutes=after_minutes))


@pytest.fixture
def with_link(company: Engine) -> Engine:
    with unit_of_work(company, write=True) as store:
        store.sign_in_links.add("hash-1", "p1", ENDS)
        store.sign_in_links.add("hash-2", "p2", ENDS)
    return company


def test_a_link_lets_its_person_in_once(with_link: Engine) -> None:
    assert redeem(with_link, "hash-1") == "p1"
    assert redeem(with_link, "hash-1") is None
    assert redeem(with_link, "hash-2") == "p2"


@pytest.mark.parametrize(("after_minutes", "person_id"), [(14.99, "p1"), (15, None), (16, None)])
def test_a_link_ends_at_its_time(with_link: Engine, after_minutes: float, person_id: str | None) -> None:
    assert redeem(with_link, "hash-1", after_minutes) == person_id


def test_an_unknown_token_lets_nobody_in(with_link: Engine) -> None:
    assert redeem(with_link, "hash-3") is None


def test_a_link_needs_its_person(company: Engine) -> None:
    with unit_of_work(company, write=True) as store, pytest.raises(InvalidInput, match=r"person_id .* got p404"):
        store.sign_in_links.add("hash-1", "p404", ENDS)


def test_of_many_at_once_one_gets_in(with_link: Engine) -> None:
    workers = 8
    start = Barrier(workers)

    def redeem_together(_: int) -> str | None:
        start.wait(timeout=10)
        return redeem(with_link, "hash-1")

    with ThreadPoolExecutor(workers) as pool:
        answers = list(pool.map(redeem_together, range(workers)))
    assert sorted(answers, key=str) == [None] * (workers - 1) + ["p1"]
