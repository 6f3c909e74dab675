"""Departments that must stay apart: a pair has no order, and only departments of the company are taken."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.errors import InvalidInput
from domain.programme import ProgrammeRules
from services.programme_rules import add_conflict, programme_rules, remove_conflict, rules_page
from store import Engine, migrate, open_engine, unit_of_work
from tests.builders import a_person


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_engine(f"sqlite:///{tmp_path / 'halfhour.sqlite3'}")
    migrate(engine)
    with unit_of_work(engine, write=True) as store:
        store.people.save([a_person(id, department=id.title()) for id in ("risk", "trading", "legal")])
        store.people.save([a_person("gone", department="Closed", is_active=False), a_person("none", department=" ")])
    yield engine
    engine.dispose()


def test_a_pair_counts_once_in_either_order_and_goes_in_either(engine: Engine) -> None:
    add_conflict(engine, "Trading", "Risk")
    add_conflict(engine, "Risk", "Trading")
    assert rules_page(engine).conflicts == [("Risk", "Trading")]
    remove_conflict(engine, "Trading", "Risk")
    assert rules_page(engine).conflicts == []


def test_departments_are_those_of_people_who_take_part(engine: Engine) -> None:
    assert rules_page(engine).departments == ["Legal", "Risk", "Trading"]


@pytest.mark.parametrize("name", ["", "Closed", "risk"])
def test_no_other_department_is_taken(engine: Engine, name: str) -> None:
    with pytest.raises(InvalidInput, match="department must be one of the company"):
        add_conflict(engine, "Risk", name)


def test_each_side_is_barred_from_the_other(engine: Engine) -> None:
    add_conflict(engine, "Trading", "Risk")
    add_conflict(engine, "Legal", "Legal")
    with unit_of_work(engine) as store:
        rules = programme_rules(store)
    barred = [rules.barred_for(name) for name in ("Risk", "Trading", "Legal", "Sales")]
    assert barred == [{"Trading"}, {"Risk"}, {"Legal"}, set()]


@pytest.mark.parametrize("pair", [("Risk",), ("Trading", "Risk"), ("", "Risk")])
def test_a_pair_that_is_none_is_refused(pair: tuple[str, ...]) -> None:
    with pytest.raises(InvalidInput, match="conflict of interest must name two departments in order"):
        ProgrammeRules(frozenset({pair}))
