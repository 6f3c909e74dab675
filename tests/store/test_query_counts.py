"""Reading a whole company takes a few statements, however many people it has."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine, event

from store import Store, unit_of_work
from tests.builders import a_feedback, a_goal, a_person, a_session, an_offer, held

READS: dict[str, tuple[Callable[[Store], object], int]] = {
    "people": (lambda store: store.people.list(), 1),
    "held skills": (lambda store: store.people.all_held(), 1),
    "goals": (lambda store: store.goals.all_open(), 1),
    "roles": (lambda store: store.roles.list(), 3),
    "offers": (lambda store: store.offers.list(), 2),
    "sessions": (lambda store: store.sessions.list(), 2),
    "feedback": (lambda store: store.feedback.list(), 1),
    "catalog": (lambda store: store.catalog.current(), 3),
}
READS_OF_MANY: dict[str, tuple[Callable[[Store, list[str]], object], int]] = {
    "held skills": (lambda store, ids: store.people.held_of_many(ids), 1),
    "goals": (lambda store, ids: store.goals.of_many(ids), 1),
    "goal roles": (lambda store, ids: store.goal_roles.of_many(ids), 1),
    "struck skills": (lambda store, ids: store.goal_roles.struck_of_many(ids), 1),
    "roles": (lambda store, ids: store.roles.get_many(ids), 2),
    "sessions": (lambda store, ids: store.sessions.of_many(ids), 2),
    "feedback": (lambda store, ids: store.feedback.of_mentees(ids), 1),
    "blocks": (lambda store, ids: store.blocks.around_many(ids), 2),
}


def fill(engine: Engine, people: int) -> None:
    ids = [f"x{number}" for number in range(people)]
    with unit_of_work(engine, write=True) as store:
        store.people.save([a_person(id) for id in ids])
        store.people.save_held([held(id) for id in ids])
        store.goals.save([a_goal(f"g{id}", id) for id in ids])
        store.offers.save([an_offer(id) for id in ids])
        store.sessions.save([a_session(f"s{id}", mentor_id=id, starts_at=None) for id in ids])
        store.feedback.save([a_feedback(f"f{id}", session_id=f"s{id}", author_id=id) for id in ids])


@pytest.mark.parametrize("people", [3, 300])
def test_a_read_takes_the_same_few_statements(company: Engine, people: int) -> None:
    fill(company, people)
    seen: list[str] = []
    event.listen(company, "before_cursor_execute", lambda *arguments: seen.append(arguments[2]))
    counts = {}
    with unit_of_work(company) as store:
        for name, (read, _) in READS.items():
            seen.clear()
            read(store)
            counts[name] = len([statement for statement in seen if statement.startswith("SELECT")])
    assert counts == {name: expected for name, (_, expected) in READS.items()}


@pytest.mark.parametrize("people", [3, 300])
def test_reading_of_many_people_takes_the_same_few_statements(company: Engine, people: int) -> None:
    fill(company, people)
    ids = [f"x{number}" for number in range(people)]
    seen: list[str] = []
    event.listen(company, "before_cursor_execute", lambda *arguments: seen.append(arguments[2]))
    counts = {}
    with unit_of_work(company) as store:
        for name, (read, _) in READS_OF_MANY.items():
            seen.clear()
            read(store, ids)
            counts[name] = len([statement for statement in seen if statement.startswith("SELECT")])
    assert counts == {name: expected for name, (_, expected) in READS_OF_MANY.items()}


ONCE: dict[str, Callable[[Store], object]] = {
    "person": lambda store: store.people.get("ann"),
    "offer": lambda store: store.offers.get("ann"),
    "no offer": lambda store: store.offers.get("nobody"),
    "catalog": lambda store: store.catalog.current(),
    "setting": lambda store: store.get_setting("weights", 1),
}


@pytest.mark.parametrize("read", ONCE.values(), ids=ONCE)
def test_a_transaction_that_only_reads_asks_once(company: Engine, read: Callable[[Store], object]) -> None:
    with unit_of_work(company, write=True) as store:
        store.people.save([a_person("ann")])
        store.offers.save([an_offer("ann")])
    seen: list[str] = []
    with unit_of_work(company) as store:
        first = read(store)
        event.listen(company, "before_cursor_execute", lambda *arguments: seen.append(arguments[2]))
        again = read(store)
    assert seen == []
    assert again == first


def test_a_transaction_that_writes_reads_its_own_changes(company: Engine) -> None:
    with unit_of_work(company, write=True) as store:
        store.people.save([a_person("ann", name="Ann")])
        assert store.people.get("ann").name == "Ann"
        store.people.save([a_person("ann", name="Anna")])
        assert store.people.get("ann").name == "Anna"
        assert store.get_setting("weights", 1) == 1
        store.put_setting("weights", 2)
        assert store.get_setting("weights", 1) == 2
