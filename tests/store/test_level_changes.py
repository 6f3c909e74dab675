"""Levels over time: every change kept, oldest first."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine

from domain.errors import InvalidInput
from domain.people import LevelChange
from store import unit_of_work
from tests.builders import NOW

EARLIER, CHANGE = NOW - timedelta(days=9), LevelChange("p1", "delegation", NOW, 2)


def test_they_come_oldest_first_and_are_the_persons_own(company: Engine) -> None:
    first = LevelChange("p1", "delegation", EARLIER, 1)
    with unit_of_work(company, write=True) as store:
        store.level_changes.add([CHANGE, first, LevelChange("p2", "delegation", NOW, 4)])
    with unit_of_work(company) as store:
        assert store.level_changes.of("p1") == [first, CHANGE]


@pytest.mark.parametrize("change", [("p404", "delegation"), ("p1", "knitting")])
def test_what_is_unknown_is_refused(change: tuple[str, str], company: Engine) -> None:
    with (
        pytest.raises(InvalidInput, match="must name something that is stored"),
        unit_of_work(company, write=True) as s,
    ):
        s.level_changes.add([LevelChange(*change, NOW, 1)])


def test_a_level_is_0_to_4() -> None:
    with pytest.raises(InvalidInput, match="level must be 0 to 4, got 5"):
        LevelChange("p1", "delegation", NOW, 5)
