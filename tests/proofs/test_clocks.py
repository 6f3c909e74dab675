"""R7: every zone that changes its clock in 2026 and 2027, every change, a day and a half around it."""

from datetime import timedelta

import pytest

from domain.sessions import ALLOWED_MINUTES
from tests.clock_changes import FEWEST_ZONES, clock_changes
from tests.domain.test_wall_time import DAY, FIVE, answer, expected, moments_by_wall
from tests.proofs.report import record
from tests.recommender.test_slots_around_clock_changes import PATTERNS, compare

pytestmark = pytest.mark.proof


def test_r7_wall_times_and_slots_are_right_in_every_zone() -> None:
    changes = [change for some in clock_changes().values() for change in some]
    assert len(clock_changes()) > FEWEST_ZONES
    wall_times = 0
    for change in changes:
        shown = moments_by_wall(change)
        for number in range(2 * DAY // FIVE):
            at = change.wall - DAY + number * FIVE
            assert answer(at, change.zone) == expected(shown.get(at, []), change), (change, at)
            wall_times += 1
        for hours in PATTERNS.values():
            compare(change, hours, ALLOWED_MINUTES)
    half_hours = sum(abs(change.jump) == timedelta(minutes=30) for change in changes)
    figures = {"zones": len(clock_changes()), "changes": len(changes), "of half an hour": half_hours}
    record("R7", "clocks", figures | {"wall times": wall_times, "wrong": 0})
