"""A week begins on the Monday of the wall calendar."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from recommender.weeks import monday_of


@pytest.mark.parametrize(
    ("zone", "monday"),
    [
        ("Europe/Berlin", date(2026, 3, 2)),
        ("Asia/Vladivostok", date(2026, 3, 9)),
        ("America/New_York", date(2026, 3, 2)),
    ],
)
def test_late_sunday_in_berlin_is_monday_further_east(zone: str, monday: date) -> None:
    assert monday_of(datetime(2026, 3, 8, 22, 0, tzinfo=UTC), ZoneInfo(zone)) == monday
