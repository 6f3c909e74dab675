"""A signed token is spent once, also when it comes twice at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from store import Engine, unit_of_work
from tests.builders import NOW


def spend(engine: Engine) -> bool:
    with unit_of_work(engine, write=True) as store:
        return store.used_tokens.spend("a-hash", NOW)


def test_a_token_is_spent_once(engine: Engine) -> None:
    assert [spend(engine), spend(engine)] == [True, False]


def test_of_many_at_once_one_spends_it(engine: Engine) -> None:
    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(lambda _: spend(engine), range(16))) == [False] * 15 + [True]


def test_old_ones_are_forgotten(engine: Engine) -> None:
    spend(engine)
    with unit_of_work(engine, write=True) as store:
        assert store.used_tokens.purge_before(NOW) == 0
        assert store.used_tokens.purge_before(NOW + timedelta(seconds=1)) == 1
