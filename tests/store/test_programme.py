"""The change counter of indexed texts, and programme settings."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine

from domain.blocks import Block
from store import Store, unit_of_work
from tests.builders import (
    NOW,
    a_feedback,
    a_goal,
    a_person,
    a_role,
    a_session,
    a_skill,
    a_topic,
    an_area,
    an_offer,
    held,
)


def generation(engine: Engine) -> int:
    with unit_of_work(engine) as store:
        return store.generation()


def publish(store: Store) -> object:
    return store.catalog.publish([an_area()], [a_skill()], [a_topic()], "", NOW)


CHANGES: dict[str, Callable[[Store], object]] = {
    "catalog": publish,
    "goal": lambda store: store.goals.save([a_goal("g2")]),
    "goal closed": lambda store: store.goals.close("p1", "g1", NOW),
    "offer": lambda store: store.offers.save([an_offer()]),
    "session": lambda store: store.sessions.save([a_session("s2", starts_at=None)]),
    "person": lambda store: store.people.save([a_person("p9")]),
    "held skill": lambda store: store.people.save_held([held()]),
    "feedback": lambda store: store.feedback.save([a_feedback()]),
}


@pytest.fixture
def started(company: Engine) -> Engine:
    with unit_of_work(company, write=True) as store:
        store.goals.save([a_goal("g1")])
        store.sessions.save([a_session("s1")])
    return company


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_text_counts_once_and_the_same_again_does_not(started: Engine, change: str) -> None:
    before = generation(started)
    for _ in range(2):
        with unit_of_work(started, write=True) as store:
            CHANGES[change](store)
        assert generation(started) == before + 1


def test_a_new_goal_counts(started: Engine) -> None:
    before = generation(started)
    with unit_of_work(started, write=True) as store:
        store.goals.add(a_goal("g9"))
    assert generation(started) == before + 1


def test_several_changes_of_one_transaction_count_once(started: Engine) -> None:
    before = generation(started)
    with unit_of_work(started, write=True) as store:
        for change in CHANGES.values():
            change(store)
        assert store.generation() == before + 1
    assert generation(started) == before + 1


def test_what_no_ranking_keeps_in_memory_does_not_count(started: Engine) -> None:
    before = generation(started)
    with unit_of_work(started, write=True) as store:
        store.blocks.add(Block("p1", "m1", NOW))
        store.roles.save([a_role("other")])
        store.put_setting("weights", {"phrase": 1.0})
    assert generation(started) == before


def test_an_undone_change_does_not_count(started: Engine) -> None:
    def save_and_fail() -> None:
        with unit_of_work(started, write=True) as store:
            store.goals.save([a_goal("g2")])
            raise ZeroDivisionError

    before = generation(started)
    with pytest.raises(ZeroDivisionError):
        save_and_fail()
    assert generation(started) == before


@pytest.mark.parametrize("value", [{"ж": [1, 2.5, None, True]}, [], 0, "text", None])
def test_a_setting_comes_back_as_put(engine: Engine, value: object) -> None:
    with unit_of_work(engine, write=True) as store:
        store.put_setting("weights", "before")
        store.put_setting("weights", value)
    with unit_of_work(engine) as store:
        assert store.get_setting("weights", "default") == value


def test_a_setting_nobody_put_is_the_default(engine: Engine) -> None:
    with unit_of_work(engine) as store:
        assert store.get_setting("weights") is None
        assert store.get_setting("weights", {"phrase": 1}) == {"phrase": 1}
