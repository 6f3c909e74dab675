"""What a wall clock shows, in UTC: known answers by hand, then every clock change of 2026 and 2027."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from domain.errors import InvalidInput, InvalidTime
from domain.wall_time import Fold, check_start, first_moment, first_start, start_of_wall, utc_of_wall
from tests.clock_changes import FEWEST_ZONES, ClockChange, clock_changes

NOW = datetime(2026, 1, 1, 9, 0, tzinfo=UTC)
FIVE, DAY = timedelta(minutes=5), timedelta(days=1)


def utc(year: int, month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("zone", "shown", "moment"),
    [
        ("Europe/Berlin", "2026-03-05 14:20", utc(2026, 3, 5, 13, 20)),
        ("Europe/Berlin", "2026-07-05 14:20", utc(2026, 7, 5, 12, 20)),
        ("Asia/Kathmandu", "2026-03-05 14:20", utc(2026, 3, 5, 8, 35)),  # UTC+5:45
        ("Pacific/Chatham", "2026-07-01 00:00", utc(2026, 6, 30, 11, 15)),  # UTC+12:45
        ("Pacific/Chatham", "2026-12-01 00:00", utc(2026, 11, 30, 10, 15)),  # UTC+13:45
        ("Australia/Lord_Howe", "2026-07-01 10:30", utc(2026, 7, 1, 0)),  # UTC+10:30
        ("Australia/Lord_Howe", "2026-12-01 11:00", utc(2026, 12, 1, 0)),  # UTC+11
        ("America/Vancouver", "2026-12-01 09:00", utc(2026, 12, 1, 16)),  # UTC-7 the whole year from 2026 on
        ("Africa/Casablanca", "2026-12-01 09:00", utc(2026, 12, 1, 9)),  # UTC+0 again since September 2026
    ],
)
def test_a_wall_time_has_its_moment(zone: str, shown: str, moment: datetime) -> None:
    assert start_of_wall(wall(shown), zone, NOW) == moment


@pytest.mark.parametrize(
    ("zone", "shown", "following"),
    [
        ("Europe/Berlin", "2026-03-29 02:30", "2026-03-29T03:00:00+02:00"),
        ("Europe/Berlin", "2026-03-29 02:00", "2026-03-29T03:00:00+02:00"),
        ("Australia/Lord_Howe", "2026-10-04 02:10", "2026-10-04T02:30:00+11:00"),
        ("Africa/Cairo", "2026-04-24 00:30", "2026-04-24T01:00:00+03:00"),
        ("America/Havana", "2026-03-08 00:00", "2026-03-08T01:00:00-04:00"),
        ("Asia/Beirut", "2026-03-29 00:55", "2026-03-29T01:00:00+03:00"),
        ("Pacific/Chatham", "2026-09-27 02:50", "2026-09-27T03:45:00+13:45"),
        ("Antarctica/Troll", "2026-03-29 01:15", "2026-03-29T03:00:00+02:00"),
    ],
)
def test_a_time_that_the_clock_skips_is_refused_with_the_next_one(zone: str, shown: str, following: str) -> None:
    with pytest.raises(InvalidTime) as refused:
        start_of_wall(wall(shown), zone, NOW)
    assert refused.value.next_valid == datetime.fromisoformat(following)
    assert str(refused.value) == (
        f"starts_at must be on the clock, got {shown}. The clock of {zone} skips it; "
        f"the next valid time is {following}."
    )


@pytest.mark.parametrize(
    ("zone", "shown", "earlier", "later"),
    [
        ("Europe/Berlin", "2026-10-25 02:30", utc(2026, 10, 25, 0, 30), utc(2026, 10, 25, 1, 30)),
        ("Australia/Lord_Howe", "2026-04-05 01:45", utc(2026, 4, 4, 14, 45), utc(2026, 4, 4, 15, 15)),
        ("Africa/Cairo", "2026-10-29 23:15", utc(2026, 10, 29, 20, 15), utc(2026, 10, 29, 21, 15)),
        ("Asia/Beirut", "2026-10-24 23:00", utc(2026, 10, 24, 20), utc(2026, 10, 24, 21)),
        ("Pacific/Chatham", "2026-04-05 03:00", utc(2026, 4, 4, 13, 15), utc(2026, 4, 4, 14, 15)),
    ],
)
def test_a_time_shown_twice_is_a_choice(zone: str, shown: str, earlier: datetime, later: datetime) -> None:
    with pytest.raises(InvalidTime) as refused:
        start_of_wall(wall(shown), zone, NOW)
    assert refused.value.choices == (earlier, later)
    assert start_of_wall(wall(shown), zone, NOW, Fold.EARLIER) == earlier
    assert start_of_wall(wall(shown), zone, NOW, Fold.LATER) == later


def test_the_choice_is_told_with_both_offsets() -> None:
    with pytest.raises(InvalidTime) as refused:
        utc_of_wall(wall("2026-10-25 02:30"), "Europe/Berlin")
    assert str(refused.value) == (
        "starts_at must say which of two it is, got 2026-10-25 02:30. "
        "The clock of Europe/Berlin shows it twice: choose earlier (+02:00) or later (+01:00)."
    )


def test_a_choice_where_there_is_none_changes_nothing() -> None:
    noon = wall("2026-10-25 12:00")
    assert {utc_of_wall(noon, "Europe/Berlin", fold) for fold in (None, *Fold)} == {utc(2026, 10, 25, 11)}


@pytest.mark.parametrize(
    ("at", "rule", "next_valid"),
    [
        (NOW, "lie in the future", utc(2026, 1, 1, 9, 5)),
        (NOW - timedelta(seconds=1), "lie in the future", utc(2026, 1, 1, 9, 5)),
        (datetime.min.replace(tzinfo=UTC), "lie in the future", utc(2026, 1, 1, 9, 5)),
        (utc(2027, 1, 1, 9, 5), "lie within a year", utc(2027, 1, 1, 9)),
        (datetime.max.replace(tzinfo=UTC), "lie within a year", utc(2027, 1, 1, 9)),
        (utc(2026, 3, 5, 13, 21), "be a full five minutes", utc(2026, 3, 5, 13, 25)),
        (utc(2026, 3, 5, 13, 20) + timedelta(microseconds=1), "be a full five minutes", utc(2026, 3, 5, 13, 25)),
        (datetime(2026, 3, 5, 13, 20), "carry an offset from UTC", utc(2026, 1, 1, 9, 5)),  # noqa: DTZ001
    ],
)
def test_what_no_session_can_start_at_is_refused_with_another(at: datetime, rule: str, next_valid: datetime) -> None:
    with pytest.raises(InvalidTime, match=f"^starts_at must {rule}, got ") as refused:
        check_start(at, NOW)
    assert refused.value.next_valid == next_valid


def test_the_year_ends_on_the_minute_and_the_future_begins_with_the_next_five() -> None:
    assert check_start(utc(2027, 1, 1, 9), NOW) == utc(2027, 1, 1, 9)
    assert check_start(utc(2026, 1, 1, 9, 5), NOW) == utc(2026, 1, 1, 9, 5)


def test_a_start_comes_back_in_utc() -> None:
    given = datetime.fromisoformat("2026-03-05T14:20:00+01:00")
    assert check_start(given, NOW).isoformat() == "2026-03-05T13:20:00+00:00"


@pytest.mark.parametrize("far", ["0001-01-01 00:00", "9999-12-31 23:59", "2031-05-05 10:00", "1999-05-05 10:00"])
@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_extreme_wall_times_are_refused_and_reckon_with_nothing(far: str, zone: str) -> None:
    with pytest.raises(InvalidTime, match=r"lie (in the future|within a year)"):
        start_of_wall(wall(far), zone, NOW)


@pytest.mark.parametrize("zone", ["Mars/Base", "", "../../etc/passwd", "Europe/Berlin\x00", "Europe"])
def test_an_unknown_zone_is_refused(zone: str) -> None:
    with pytest.raises(InvalidInput, match="zone must be an IANA name"):
        start_of_wall(wall("2026-03-05 14:20"), zone, NOW)


def test_a_wall_time_has_no_offset_of_its_own() -> None:
    with pytest.raises(InvalidTime, match="without an offset beside a zone"):
        start_of_wall(utc(2026, 3, 5, 14), "Europe/Berlin", NOW)


def test_a_day_begins_where_its_clock_does() -> None:
    assert first_moment(wall("2026-04-24 00:00"), "Africa/Cairo") == utc(2026, 4, 23, 22)
    assert first_moment(wall("2026-04-25 00:00"), "Africa/Cairo") == utc(2026, 4, 24, 21)
    assert first_moment(wall("2026-10-25 02:30"), "Europe/Berlin") == utc(2026, 10, 25, 0, 30)


def test_the_first_start_is_on_the_grid_after_a_moment() -> None:
    assert first_start(utc(2026, 1, 1, 9, 4)) == utc(2026, 1, 1, 9, 5)
    assert first_start(utc(2026, 1, 1, 9, 5)) == utc(2026, 1, 1, 9, 10)


def test_every_zone_of_the_world_was_asked() -> None:
    assert len(clock_changes()) > FEWEST_ZONES
    assert {"Europe/Berlin", "Africa/Cairo", "America/Havana", "Australia/Lord_Howe"} <= clock_changes().keys()


@pytest.mark.parametrize("zone", clock_changes())
def test_around_every_change_each_wall_time_is_found_skipped_or_a_choice(zone: str) -> None:
    """From a day before to a day after: the moments are counted on in UTC and read off the clock, never the reverse."""
    for change in clock_changes()[zone]:
        shown = moments_by_wall(change)
        first = change.wall - DAY
        for number in range(2 * DAY // FIVE):
            at = first + number * FIVE
            assert answer(at, zone) == expected(shown.get(at, []), change), f"{zone} {at}"


def moments_by_wall(change: ClockChange) -> dict[datetime, list[datetime]]:
    """Return every five minutes, from two days before the change to two days after it, by what the clock shows."""
    found: dict[datetime, list[datetime]] = {}
    for number in range(4 * DAY // FIVE):
        at = change.at - 2 * DAY + number * FIVE
        found.setdefault(at.astimezone(ZoneInfo(change.zone)).replace(tzinfo=None), []).append(at)
    return found


def expected(moments: list[datetime], change: ClockChange) -> object:
    if not moments:
        return "skipped", change.at
    return moments[0] if len(moments) == 1 else ("twice", tuple(moments))


def answer(at: datetime, zone: str) -> object:
    try:
        return utc_of_wall(at, zone)
    except InvalidTime as refused:
        return ("twice", refused.choices) if refused.choices else ("skipped", refused.next_valid)
