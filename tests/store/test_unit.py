"""The unit of work: all or nothing, reading apart from writing, and many at once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import Engine

from store import unit_of_work
from tests.builders import a_goal, a_person


def names(engine: Engine) -> list[str]:
    with unit_of_work(engine) as store:
        return [person.name for person in store.people.list()]


def test_everything_is_kept_at_the_end(engine: Engine) -> None:
    with unit_of_work(engine, write=True) as store:
        store.people.save([a_person("a", name="Ann")])
        store.goals.save([a_goal("g1", person_id="a")])
    with unit_of_work(engine) as store:
        assert [person.name for person in store.people.list()] == ["Ann"]
        assert store.goals.of("a") == [a_goal("g1", person_id="a")]


def test_nothing_is_kept_when_the_block_fails(engine: Engine) -> None:
    def save_and_fail() -> None:
        with unit_of_work(engine, write=True) as store:
            store.people.save([a_person("a")])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        save_and_fail()
    assert names(engine) == []


def test_a_unit_for_reading_changes_nothing(engine: Engine) -> None:
    with unit_of_work(engine) as store, pytest.raises(RuntimeError, match="must be opened with write=True"):
        store.people.save([a_person("a")])
    assert names(engine) == []


def test_a_reader_sees_one_state_while_others_write(engine: Engine) -> None:
    with unit_of_work(engine) as reader:
        before = (reader.generation(), reader.people.list(), reader.goals.all_open())
        with unit_of_work(engine, write=True) as writer:
            writer.people.save([a_person("a")])
            writer.goals.save([a_goal("g1", person_id="a")])
        assert (reader.generation(), reader.people.list(), reader.goals.all_open()) == before
    assert names(engine) == ["Person a"]


def test_writers_at_once_lose_no_change_and_meet_no_lock_error(engine: Engine) -> None:
    workers, rounds = 4, 25
    start = Barrier(workers)
    with unit_of_work(engine, write=True) as store:
        store.people.save([a_person(f"p{worker}") for worker in range(workers)])
    before = generation(engine)

    def write(worker: int) -> None:
        start.wait(timeout=10)
        for number in range(rounds):
            with unit_of_work(engine, write=True) as store:
                # reads first, as real use cases do: this is where a deferred BEGIN fails
                store.goals.of(f"p{worker}")
                store.goals.add(a_goal(f"g{worker}-{number}", person_id=f"p{worker}"))

    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(write, range(workers)))
    with unit_of_work(engine) as store:
        assert len(store.goals.all_open()) == workers * rounds
    assert generation(engine) == before + workers * rounds


def generation(engine: Engine) -> int:
    with unit_of_work(engine) as store:
        return store.generation()


def test_batches_in_two_orders_do_not_block_each_other(engine: Engine) -> None:
    numbers = range(100)
    orders = (numbers, numbers[::-1], numbers, numbers[::-1])
    start = Barrier(len(orders))

    def write(turn: int) -> None:
        start.wait(timeout=10)
        for round_ in range(5):
            with unit_of_work(engine, write=True) as store:
                # every batch gives every address to somebody else
                moved = [(number, f"{(number + turn + round_) % 100}@example.org") for number in orders[turn]]
                store.people.save([a_person(f"p{n:03d}", name=f"{turn} {round_}", email=email) for n, email in moved])

    with ThreadPoolExecutor(len(orders)) as pool:
        list(pool.map(write, range(len(orders))))
    assert len(set(names(engine))) == 1
