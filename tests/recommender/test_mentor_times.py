"""What mentors said about their time enters the ranking: the highest possible availability stays above the true one."""

from datetime import UTC, date, datetime, time, timedelta

import numpy as np
import pytest

from domain.availability import Availability, Stretch, Timetable
from domain.people import WeeklyHours
from domain.sessions import SessionStatus
from domain.suggestions import Rule
from recommender.eligibility import mentor_rules
from recommender.mentor_features import availability, first_slot, soonest_possible
from recommender.mentor_pool import with_timetables
from recommender.mentors import rank_mentors
from tests.builders import a_session
from tests.recommender.spaces import a_pool, ask_mentors, mentors

FRIDAY = WeeklyHours(4, time(9), time(12))
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)  # a Monday, 10:00 in Berlin
TIMETABLES = {
    "m1": Timetable(date_hours={date(2026, 3, 3): (Stretch(time(14), time(15)),)}),
    "m2": Timetable(Availability(notice_hours=0)),
    "m3": Timetable(Availability(notice_hours=336)),
}


@pytest.mark.parametrize("hours_later", range(0, 24 * 14, 5))
def test_the_bound_is_never_below_what_a_search_finds(hours_later: int) -> None:
    """Over two weeks in which the clocks of Berlin change: 29 March 2026."""
    pool = a_pool(*mentors("m1", "m2", "m3", "m4", weekly_hours=(FRIDAY,)), timetables=TIMETABLES)
    request = ask_mentors(now=datetime(2026, 3, 20, tzinfo=UTC) + timedelta(hours=hours_later))
    bounds = soonest_possible(request, pool, np.arange(4))
    found = [availability(first_slot(request, pool, row), request) for row in range(4)]
    assert all(bound >= true for bound, true in zip(bounds, found, strict=True))


def test_a_day_of_own_hours_before_all_weekly_ones_lifts_the_bound_and_the_mentor() -> None:
    pool = a_pool(*mentors("m0", "m1", weekly_hours=(FRIDAY,)), timetables=TIMETABLES)
    request = ask_mentors(now=NOW)
    assert list(soonest_possible(request, pool, np.arange(2))) == pytest.approx([1 - 94 / 336, 1 - 24 / 336])
    best = rank_mentors(request, pool, k=1).suggestions[0]
    assert (best.mentor_id, best.next_slot) == ("m1", datetime(2026, 3, 3, 13, tzinfo=UTC))


def test_other_timetables_take_the_place_of_those_before() -> None:
    pool = a_pool(*mentors("m1", weekly_hours=(FRIDAY,)))
    request = ask_mentors(now=NOW)
    assert first_slot(request, pool, 0) == datetime(2026, 3, 6, 8, tzinfo=UTC)
    assert first_slot(request, with_timetables(pool, TIMETABLES), 0) == datetime(2026, 3, 3, 13, tzinfo=UTC)


def test_a_month_without_minutes_is_no_capacity_where_the_next_is_out_of_reach() -> None:
    held = a_session("s1", mentor_id="m1", status=SessionStatus.HELD, starts_at=NOW - timedelta(days=1), minutes=30)
    pool = a_pool(
        *mentors("m1", weekly_hours=(FRIDAY,)),
        sessions=[held],
        timetables={"m1": Timetable(Availability(minutes_per_month=45))},
    )
    row = np.arange(1)
    assert mentor_rules(ask_mentors(now=NOW), pool, row) == [Rule.NO_CAPACITY]
    assert mentor_rules(ask_mentors(now=NOW, minutes=15), pool, row) == [None]
    late = ask_mentors(now=datetime(2026, 3, 20, 9, tzinfo=UTC))
    assert mentor_rules(late, pool, row) == [None]
    assert first_slot(late, pool, 0) == datetime(2026, 4, 3, 7, tzinfo=UTC)  # the first Friday of April, UTC+2
