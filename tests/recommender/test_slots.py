"""Free times are right on both clocks: known answers across zones and clock changes."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from domain.errors import InvalidInput
from domain.people import WeeklyHours
from recommender.slots import SlotSearch, free_slots, next_free_slot

MONDAY, THURSDAY, SUNDAY = 0, 3, 6
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)  # a Monday


def hours(weekday: int, start: time, end: time) -> WeeklyHours:
    return WeeklyHours(weekday, start, end)


def a_search(*stretches: WeeklyHours, **changes: Any) -> SlotSearch:
    zones = {"mentor_zone": "Europe/Berlin", "mentee_zone": "Europe/Berlin"}
    return SlotSearch(stretches, **({"now": NOW, "minutes": 20} | zones | changes))


def utc(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def test_the_first_time_of_the_hours_is_free() -> None:
    assert next_free_slot(a_search(hours(THURSDAY, time(14, 20), time(15)))) == utc(3, 5, 13, 20)  # Berlin is UTC+1


@pytest.mark.parametrize(
    ("minutes", "starts"),
    [(15, [0, 10, 20, 30, 40]), (20, [0, 10, 20, 30, 40]), (25, [0, 10, 20, 30]), (30, [0, 10, 20, 30])],
)
def test_slots_stand_on_full_tens_and_end_within_the_hours(minutes: int, starts: list[int]) -> None:
    search = a_search(hours(THURSDAY, time(14), time(15)), minutes=minutes, horizon=timedelta(days=7))
    assert list(free_slots(search)) == [utc(3, 5, 13, minute) for minute in starts]


def test_hours_that_begin_off_the_grid_are_rounded_up() -> None:
    assert next_free_slot(a_search(hours(THURSDAY, time(14, 5), time(15)))) == utc(3, 5, 13, 10)


def test_overlapping_hours_give_each_start_once() -> None:
    search = a_search(
        hours(THURSDAY, time(14), time(14, 30)), hours(THURSDAY, time(14), time(14, 40)), horizon=timedelta(days=7)
    )
    assert list(free_slots(search)) == [utc(3, 5, 13), utc(3, 5, 13, 10), utc(3, 5, 13, 20)]


def test_notice_is_a_day() -> None:
    tuesday = hours(1, time(9), time(11))
    assert next_free_slot(a_search(tuesday)) == utc(3, 3, 9)  # 10:00 in Berlin, 24 hours from now to the minute
    assert next_free_slot(a_search(tuesday, now=NOW + timedelta(minutes=1))) == utc(3, 3, 9, 10)


def test_nothing_beyond_two_weeks() -> None:
    monday = hours(MONDAY, time(10), time(10, 30))
    assert list(free_slots(a_search(monday))) == [utc(3, 9, 9), utc(3, 9, 9, 10), utc(3, 16, 9)]


def test_no_hours_no_slot() -> None:
    assert next_free_slot(a_search()) is None


def test_busy_times_are_stepped_over_and_touching_is_no_clash() -> None:
    busy = [(utc(3, 5, 13, 40), utc(3, 5, 14)), (utc(3, 5, 13), utc(3, 5, 13, 20))]
    search = a_search(hours(THURSDAY, time(14), time(15)), busy=busy, horizon=timedelta(days=7))
    assert list(free_slots(search)) == [utc(3, 5, 13, 20)]


def test_a_full_week_is_stepped_over() -> None:
    search = a_search(hours(THURSDAY, time(14), time(15)), full_weeks=frozenset({date(2026, 3, 2)}))
    assert next_free_slot(search) == utc(3, 12, 13)


def test_the_mentee_is_not_asked_before_8_or_after_19() -> None:
    early = a_search(hours(THURSDAY, time(8), time(12)), mentor_zone="Asia/Kolkata", mentee_zone="Europe/Berlin")
    assert next_free_slot(early) is None  # 12:00 in Kolkata is 07:30 in Berlin
    later = a_search(hours(THURSDAY, time(8), time(13)), mentor_zone="Asia/Kolkata", mentee_zone="Europe/Berlin")
    assert next_free_slot(later) == utc(3, 5, 7)  # 12:30 there, 08:00 here
    evening = a_search(hours(THURSDAY, time(18, 40), time(22)), horizon=timedelta(days=7))
    assert list(free_slots(evening)) == [utc(3, 5, 17, 40)]


@pytest.mark.parametrize(
    ("zone", "first"),
    [
        ("Europe/Moscow", utc(3, 5, 8)),
        ("Asia/Kolkata", utc(3, 5, 5, 30)),
        ("Australia/Lord_Howe", utc(3, 5, 0)),
        ("Asia/Kathmandu", utc(3, 5, 5, 15)),
    ],
)
def test_hours_are_read_on_the_mentors_clock(zone: str, first: datetime) -> None:
    assert next_free_slot(a_search(hours(THURSDAY, time(11), time(12)), mentor_zone=zone, mentee_zone=zone)) == first


def test_a_time_that_the_clock_skips_in_spring_is_no_start() -> None:
    """Berlin, 29 March 2026: 02:00 becomes 03:00, so 02:50 is not there; 03:00 is 01:00 UTC."""
    night = hours(SUNDAY, time(2, 40), time(3, 30))
    search = a_search(night, now=utc(3, 24, 9), mentee_zone="Asia/Tokyo")  # 01:00 UTC is 10:00 in Tokyo
    assert next_free_slot(search) == utc(3, 29, 1)


def test_a_slot_that_would_pass_the_end_through_the_gap_is_no_slot() -> None:
    """01:50 + 20 minutes is 03:10 on the wall that night, after hours that end at 02:30."""
    search = a_search(hours(SUNDAY, time(1, 50), time(2, 30)), now=utc(3, 24, 9), mentee_zone="Asia/Tokyo")
    assert next_free_slot(search) == datetime(2026, 4, 4, 23, 50, tzinfo=UTC)  # a week later, in summer time


def test_of_a_time_shown_twice_in_autumn_the_first_counts() -> None:
    """Berlin, 25 October 2026: 02:30 comes at 00:30 UTC and at 01:30 UTC; 20 minutes after 02:40 it is 02:00."""
    search = a_search(
        hours(SUNDAY, time(2, 30), time(3)), now=utc(10, 20, 9), mentee_zone="Asia/Tokyo", horizon=timedelta(days=7)
    )
    assert list(free_slots(search)) == [utc(10, 25, 0, 30)]


def test_the_same_hours_move_by_an_hour_in_utc_over_the_change() -> None:
    monday = hours(MONDAY, time(10), time(10, 20))
    search = a_search(monday, now=utc(3, 20, 9), mentee_zone="Europe/Moscow")
    assert list(free_slots(search)) == [utc(3, 23, 9), utc(3, 30, 8)]


def test_lord_howe_moves_by_half_an_hour() -> None:
    """5 April 2026: from UTC+11 to UTC+10:30."""
    monday = hours(MONDAY, time(10), time(10, 20))
    search = a_search(monday, now=utc(3, 27, 9), mentor_zone="Australia/Lord_Howe", mentee_zone="Australia/Lord_Howe")
    assert list(free_slots(search)) == [utc(3, 29, 23), utc(4, 5, 23, 30)]


def test_lord_howe_skips_half_an_hour_in_spring() -> None:
    """4 October 2026: 02:00 becomes 02:30 (15:30 UTC)."""
    search = a_search(
        hours(SUNDAY, time(2), time(3)),
        now=utc(9, 29, 9),
        mentor_zone="Australia/Lord_Howe",
        mentee_zone="Europe/Berlin",
        horizon=timedelta(days=7),
    )
    assert list(free_slots(search)) == [utc(10, 3, 15, 30), utc(10, 3, 15, 40)]


def test_minutes_that_no_session_may_last_are_refused() -> None:
    with pytest.raises(InvalidInput, match="minutes must be 15, 20, 25 or 30"):
        a_search(minutes=31)


def test_an_unknown_zone_is_named() -> None:
    with pytest.raises(InvalidInput, match="zone must be an IANA name"):
        next_free_slot(a_search(hours(MONDAY, time(9), time(10)), mentor_zone="Mars/Base"))
