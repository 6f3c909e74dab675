"""Instants are kept in UTC and come back with their zone."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import StatementError

from store import unit_of_work
from tests.builders import a_goal


@pytest.mark.parametrize(
    "instant",
    [
        datetime(2026, 3, 2, 9, 0, 0, 123456, tzinfo=UTC),
        datetime(2026, 10, 25, 2, 30, tzinfo=ZoneInfo("Europe/Berlin"), fold=0),
        datetime(2026, 10, 25, 2, 30, tzinfo=ZoneInfo("Europe/Berlin"), fold=1),
        datetime(2026, 4, 5, 1, 45, tzinfo=ZoneInfo("Australia/Lord_Howe"), fold=1),
    ],
)
def test_an_instant_comes_back_in_utc(company: Engine, instant: datetime) -> None:
    with unit_of_work(company, write=True) as store:
        store.goals.add(a_goal("g1", created_at=instant))
    with unit_of_work(company) as store:
        created_at = store.goals.of("p1")[0].created_at
    assert created_at.isoformat() == instant.astimezone(UTC).isoformat()
    assert created_at.tzinfo is UTC


def test_a_time_without_a_zone_is_refused(company: Engine) -> None:
    with unit_of_work(company, write=True) as store, pytest.raises(StatementError, match="must have a zone, got 2026"):
        store.goals.add(a_goal("g1", created_at=datetime(2026, 3, 2, 9, 0)))  # noqa: DTZ001
