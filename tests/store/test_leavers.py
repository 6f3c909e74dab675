"""Who is gone since when."""

from datetime import timedelta

from sqlalchemy import Engine

from store import unit_of_work
from tests.builders import NOW

DAY = timedelta(days=1)


def test_the_first_day_stays_and_who_came_back_is_forgotten_here(company: Engine) -> None:
    with unit_of_work(company, write=True) as store:
        store.leavers.note(["p2", "p1"], NOW)
        store.leavers.note(["p1", "m1"], NOW + DAY)
        assert store.leavers.since_before(NOW + DAY) == ["p1"]
        assert store.leavers.since_before(NOW + 2 * DAY) == ["p1", "m1"]
        store.leavers.note([], NOW + DAY)
        assert store.leavers.since_before(NOW + 9 * DAY) == []
