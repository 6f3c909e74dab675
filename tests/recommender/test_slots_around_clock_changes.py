"""Around every clock change of 2026 and 2027 the free slots are those that a patient reader of both clocks would find.

That reader counts on in UTC and looks at what the walls show; the search goes the other way, from the wall to UTC.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

import pytest

from domain.people import WeeklyHours
from domain.sessions import ALLOWED_MINUTES
from domain.wall_time import Fold, utc_of_wall
from recommender.slots import GRID_MINUTES, SlotSearch, free_slots
from tests.clock_changes import ClockChange, clock_changes, different_clocks

DAY, FIVE = timedelta(days=1), timedelta(minutes=5)
AROUND = timedelta(hours=36)
NO_TIME = timedelta(0)
ALL_DAY = [WeeklyHours(day, time(0), time(23, 59)) for day in range(7)]
FIFTY_MINUTES_OF_EACH_HOUR = [WeeklyHours(day, time(hour), time(hour, 50)) for day in range(7) for hour in range(24)]
NIGHTS = [WeeklyHours(day, time(0, 5), time(1, 40)) for day in range(7)] + [
    WeeklyHours(day, time(1, 50), time(3, 20)) for day in range(7)
]
PATTERNS = {"all day": ALL_DAY, "fifty minutes of each hour": FIFTY_MINUTES_OF_EACH_HOUR, "nights": NIGHTS}


@pytest.mark.parametrize("zone", different_clocks())
def test_slots_of_every_kind_of_clock(zone: str) -> None:
    for number, change in enumerate(different_clocks()[zone]):
        compare(change, FIFTY_MINUTES_OF_EACH_HOUR, [ALLOWED_MINUTES[number % 4]])
        compare(change, NIGHTS, [ALLOWED_MINUTES[number % 4 - 2]])


def compare(change: ClockChange, hours: Sequence[WeeklyHours], lengths: Sequence[int]) -> None:
    """Compare the slots of a day and a half before to a day and a half after the change."""
    mentee_zone = zone_where_it_is_early_afternoon(change.at)
    clocks = read_both_clocks(change, mentee_zone)
    for minutes in lengths:
        search = SlotSearch(hours, change.zone, mentee_zone, change.at - AROUND, minutes, notice=NO_TIME)
        found = list(takewhile(lambda start: start <= change.at + AROUND, free_slots(search)))
        assert found == list(read_off_the_walls(clocks, change, hours, minutes)), (change, minutes)
        assert found != [] or hours is NIGHTS
        for start in found:
            shown = start.astimezone(ZoneInfo(change.zone)).replace(tzinfo=None)
            assert utc_of_wall(shown, change.zone, Fold.EARLIER) == start


def zone_where_it_is_early_afternoon(at: datetime) -> str:
    """Return a zone that never changes and in whose day the nights of the mentor lie."""
    ahead = round(13.5 - at.hour - at.minute / 60)
    ahead = ahead - 24 if ahead > 12 else ahead
    return f"Etc/GMT{-ahead:+d}"


Clocks = list[tuple[datetime, datetime, datetime]]


def read_both_clocks(change: ClockChange, mentee_zone: str) -> Clocks:
    """Return every five minutes in UTC with what the walls of mentor and mentee show, from a day before the first."""
    zones, numbers = (ZoneInfo(change.zone), ZoneInfo(mentee_zone)), range(-(AROUND + DAY) // FIVE, AROUND // FIVE + 7)
    moments = [change.at + number * FIVE for number in numbers]
    walls = ([moment.astimezone(zone).replace(tzinfo=None) for moment in moments] for zone in zones)
    return list(zip(moments, *walls, strict=True))


def read_off_the_walls(
    clocks: Clocks, change: ClockChange, hours: Sequence[WeeklyHours], minutes: int
) -> Iterator[datetime]:
    seen: set[datetime] = set()
    for place, (start, wall, mentee_wall) in enumerate(clocks):
        is_new = wall not in seen
        seen.add(wall)
        is_near = change.at - AROUND <= start <= change.at + AROUND
        if not is_new or not is_near or wall.minute % GRID_MINUTES or not time(8) <= mentee_wall.time() <= time(19):
            continue
        during = clocks[place : place + minutes // 5 + 1]
        if is_within_hours([wall for _, wall, _ in during], hours) and is_within_day([wall for _, _, wall in during]):
            yield start


def is_within_hours(walls: Sequence[datetime], hours: Sequence[WeeklyHours]) -> bool:
    """Say whether the wall runs on, and all that it shows from start to end lies within one stretch of that day."""
    return walls == sorted(set(walls)) and any(lies_within(walls, each) for each in hours)


def is_within_day(walls: Sequence[datetime]) -> bool:
    return all(wall.time() <= time(19) and wall.date() == walls[0].date() for wall in walls)


def lies_within(walls: Sequence[datetime], stretch: WeeklyHours) -> bool:
    if walls[0].weekday() != stretch.weekday or not stretch.start <= walls[0].time() <= stretch.end:
        return False
    return walls[-1].date() == walls[0].date() and walls[-1].time() <= stretch.end


def test_the_reader_knows_the_answer_of_berlin_by_hand() -> None:
    """29 March 2026: 02:00 becomes 03:00 at 01:00 UTC; of 00:05-01:40 and 01:50-03:20 these twenty minutes fit."""
    (change,) = (one for one in clock_changes()["Europe/Berlin"] if one.at == datetime(2026, 3, 29, 1, tzinfo=UTC))
    found = read_off_the_walls(read_both_clocks(change, "Etc/GMT-12"), change, NIGHTS, 20)
    night = [at for at in found if abs(at - change.at) < timedelta(hours=3)]
    shown = [at.astimezone(ZoneInfo("Europe/Berlin")).strftime("%H:%M") for at in night]
    assert shown == ["00:10", "00:20", "00:30", "00:40", "00:50", "01:00", "01:10", "01:20", "01:50", "03:00"]
