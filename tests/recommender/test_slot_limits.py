"""What a mentor said beyond weekly hours limits the slots: days, buffers, notice, lengths, months, pauses."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from domain.availability import Availability, Interval, Stretch, Timetable
from domain.people import WeeklyHours
from recommender.diaries import Diary, search_between
from recommender.mentor_times import fitting_minutes
from recommender.slots import Obstacle, SlotSearch, free_slots, next_free_slot, obstacle_to
from tests.builders import an_offer

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)  # a Monday
THURSDAY = date(2026, 3, 5)
TWO_TO_THREE = WeeklyHours(3, time(14), time(15))


def utc(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def thursday(hour: int, minute: int = 0) -> datetime:
    """Return a time of that Thursday on the wall in Berlin, UTC+1."""
    return utc(3, 5, hour - 1, minute)


def a_search(*stretches: WeeklyHours, **changes: Any) -> SlotSearch:
    zones = {"mentor_zone": "Europe/Berlin", "mentee_zone": "Europe/Berlin", "horizon": timedelta(days=7)}
    return SlotSearch(stretches or [TWO_TO_THREE], **({"now": NOW, "minutes": 20} | zones | changes))


def starts(search: SlotSearch) -> list[str]:
    return [f"{start + timedelta(hours=1):%a %H:%M}" for start in free_slots(search)]


def test_a_day_has_its_own_hours_instead_of_the_weekly_ones() -> None:
    search = a_search(date_hours={THURSDAY: [Stretch(time(10), time(10, 30))]})
    assert starts(search) == ["Thu 10:00", "Thu 10:10"]


def test_a_day_without_weekly_hours_may_have_its_own() -> None:
    search = a_search(date_hours={date(2026, 3, 7): [Stretch(time(10), time(10, 20))]})
    assert starts(search)[-1] == "Sat 10:00"


def test_a_day_off_has_none() -> None:
    assert starts(a_search(date_hours={THURSDAY: []})) == []


def test_the_buffer_after_a_session_must_not_reach_into_what_the_mentor_does_next() -> None:
    search = a_search(mentor_busy=[(thursday(14, 40), thursday(15))], buffer=timedelta(minutes=10))
    assert starts(search) == ["Thu 14:00", "Thu 14:10"]
    assert starts(a_search(busy=[(thursday(14, 40), thursday(15))], buffer=timedelta(minutes=10)))[-1] == "Thu 14:20"


def test_the_buffer_may_reach_beyond_the_hours() -> None:
    assert starts(a_search(buffer=timedelta(minutes=60)))[-1] == "Thu 14:40"


def test_the_own_notice_counts() -> None:
    search = a_search(WeeklyHours(0, time(10), time(11)), notice=timedelta(hours=0), now=utc(3, 2, 9, 15))
    assert starts(search)[:2] == ["Mon 10:20", "Mon 10:30"]
    assert next_free_slot(a_search(notice=timedelta(days=4), horizon=timedelta(days=14))) == utc(3, 12, 13)


def test_who_wants_two_weeks_of_notice_is_still_found() -> None:
    mentor = Diary("Europe/Berlin", Timetable(Availability(notice_hours=336)))
    search = search_between(an_offer(weekly_hours=(TWO_TO_THREE,)), mentor, [a_diary()], NOW, 20)
    assert next_free_slot(search) == utc(3, 19, 13)


def test_only_lengths_that_are_offered_have_slots() -> None:
    assert starts(a_search(lengths=frozenset({15, 30}))) == []
    assert starts(a_search(lengths=frozenset({15, 30}), minutes=30))[-1] == "Thu 14:30"


def test_a_full_month_is_stepped_over() -> None:
    search = a_search(now=utc(3, 25, 9), full_months=frozenset({date(2026, 3, 1)}), horizon=timedelta(days=14))
    assert next_free_slot(search) == utc(4, 2, 12)  # 26 March is full; Berlin is UTC+2 by then


def test_nothing_before_the_pause_is_over() -> None:
    assert starts(a_search(not_before=thursday(14, 25))) == ["Thu 14:30", "Thu 14:40"]


def test_every_one_of_several_mentees_is_asked_within_their_day() -> None:
    hours = WeeklyHours(3, time(9), time(19))
    search = a_search(hours, other_zones=["Asia/Tokyo", "Europe/London"])
    assert (starts(search)[0], starts(search)[-1]) == ("Thu 09:00", "Thu 10:40")  # 08:00 in London, 19:00 in Tokyo


def test_long_meetings_that_overlap_hide_no_free_time() -> None:
    busy = [(thursday(8), thursday(14, 10)), (thursday(9), thursday(10)), (thursday(14, 30), thursday(18))]
    assert starts(a_search(busy=busy)) == ["Thu 14:10"]


@pytest.mark.parametrize(
    ("start", "changes", "obstacle"),
    [
        (thursday(14, 25), {}, None),
        (thursday(14, 40), {}, None),
        (thursday(14, 45), {}, Obstacle.HOURS),
        (thursday(13, 55), {}, Obstacle.HOURS),
        (utc(3, 6, 13), {}, Obstacle.HOURS),
        (utc(5, 7, 12), {}, None),
        (thursday(14), {"lengths": frozenset({30})}, Obstacle.LENGTH),
        (thursday(14), {"notice": timedelta(hours=76, minutes=1)}, Obstacle.NOTICE),
        (thursday(14), {"notice": timedelta(hours=76)}, None),
        (thursday(14), {"not_before": thursday(14, 5)}, Obstacle.PAUSE),
        (thursday(14), {"date_hours": {THURSDAY: []}}, Obstacle.HOURS),
        (thursday(14), {"full_weeks": frozenset({date(2026, 3, 2)})}, Obstacle.FULL),
        (thursday(14), {"full_months": frozenset({date(2026, 3, 1)})}, Obstacle.FULL),
        (thursday(14), {"busy": [(thursday(14, 20), thursday(15))]}, None),
        (thursday(14, 5), {"busy": [(thursday(14, 20), thursday(15))]}, Obstacle.BUSY),
        (
            thursday(14),
            {"mentor_busy": [(thursday(14, 20), thursday(15))], "buffer": timedelta(minutes=5)},
            Obstacle.BUSY,
        ),
    ],
)
def test_what_stands_against_a_time_is_named(
    start: datetime, changes: dict[str, Any], obstacle: Obstacle | None
) -> None:
    assert obstacle_to(a_search(**changes), start) is obstacle


def test_the_second_of_a_time_shown_twice_is_within_the_hours_too() -> None:
    night = a_search(WeeklyHours(6, time(2), time(3)), now=utc(10, 20, 9))
    assert [obstacle_to(night, utc(10, 25, hour, 30)) for hour in (0, 1, 2)] == [None, None, Obstacle.HOURS]


def a_diary(busy: Sequence[Interval] = (), **known: Any) -> Diary:
    return Diary("Europe/Berlin", Timetable(busy=tuple(busy), **known))


def test_two_diaries_make_a_search_that_knows_both() -> None:
    mentor = Diary(
        "Europe/Berlin",
        Timetable(Availability(buffer_minutes=10, notice_hours=2), absences=((thursday(9), thursday(12)),)),
        sessions=[(thursday(12), thursday(12, 20))],
        mentored=[(thursday(12), thursday(12, 20))],
    )
    mentee = a_diary(busy=[(thursday(12, 40), thursday(13, 30))], absences=((thursday(14), thursday(23)),))
    hours = (WeeklyHours(3, time(9), time(16)),)
    offer = an_offer(weekly_hours=hours, paused_until=utc(3, 3, 0))
    search = search_between(offer, mentor, [mentee], NOW, 20, horizon=timedelta(days=7))
    # the pause after the session until 12:30, too short until 12:40, then 13:30-14:00 is left
    assert starts(search) == ["Thu 13:30", "Thu 13:40"]
    assert (search.notice, search.not_before) == (timedelta(hours=2), utc(3, 3, 0))


@pytest.mark.parametrize(("offered", "wanted", "given"), [({15, 30}, 20, 15), ({25, 30}, 20, 25), ({20}, 20, 20)])
def test_a_session_has_the_length_wanted_or_the_next_that_is_offered(
    offered: set[int], wanted: int, given: int
) -> None:
    assert fitting_minutes(Availability(session_minutes=frozenset(offered)), wanted) == given
