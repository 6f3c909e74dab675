"""What people say about their time is kept, forgotten and marked as changed; a calendar's busy times are replaced."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import Engine

from domain.availability import Absence, Availability, DateHours, Interval, Stretch, Timetable
from domain.errors import InvalidInput
from store import Store, unit_of_work
from tests.builders import NOW

Change = Callable[[Store], object]
SAID = Availability(120, 10, 48, frozenset({20, 30}), "https://meet.example/dee")
THURSDAY = date(2026, 3, 5)
MORNING = DateHours(THURSDAY, (Stretch(time(9), time(10, 30)), Stretch(time(11), time(12))))
AWAY = Absence("a1", "m1", datetime(2026, 3, 9, tzinfo=UTC), datetime(2026, 3, 14, tzinfo=UTC))


def hour(number: float) -> datetime:
    return NOW + timedelta(hours=number)


def between(first: float, last: float) -> Interval:
    return hour(first), hour(last)


def test_what_was_said_comes_back_and_the_rest_are_defaults(company: Engine) -> None:
    with unit_of_work(company, write=True) as store:
        store.availability.save("m1", Availability())
        store.availability.save("m1", SAID)
    with unit_of_work(company) as store:
        assert store.availability.get("m1") == SAID
        assert store.availability.get("m2") == Availability()
        assert store.availability.said_by(["m1", "m2", "ghost"]) == {"m1"}


def test_a_day_has_its_own_hours_until_they_are_taken_back(company: Engine) -> None:
    day_off = DateHours(date(2026, 3, 6))
    with unit_of_work(company, write=True) as store:
        for changed in (day_off, DateHours(THURSDAY), MORNING):
            store.availability.save_date_hours("m1", changed)
    with unit_of_work(company, write=True) as store:
        assert store.availability.date_hours("m1", THURSDAY) == [MORNING, day_off]
        assert store.availability.date_hours("m1", date(2026, 3, 6)) == [day_off]
        assert store.availability.date_hours("m2", THURSDAY) == []
        assert store.availability.remove_date_hours("m2", THURSDAY) is None
        assert store.availability.remove_date_hours("m1", THURSDAY) == MORNING
        assert store.availability.date_hours("m1", THURSDAY) == [day_off]


def test_an_absence_is_seen_until_it_is_over_and_only_its_own_person_ends_it(company: Engine) -> None:
    with unit_of_work(company, write=True) as store:
        store.availability.add_absence(AWAY)
        assert store.availability.absences("m1", AWAY.ends_at - timedelta(seconds=1)) == [AWAY]
        assert store.availability.absences("m1", AWAY.ends_at) == []
        assert store.availability.remove_absence("m2", "a1") is None
        assert store.availability.remove_absence("m1", "a1") == AWAY
        assert store.availability.absences("m1", NOW) == []


def test_busy_times_of_a_window_are_replaced_cut_and_joined(company: Engine) -> None:
    with unit_of_work(company, write=True) as store:
        assert store.availability.replace_busy(
            "m1", hour(0), hour(10), [between(8, 12), between(-1, 2), between(3, 4), between(3.5, 5), between(11, 13)]
        )
        assert store.availability.busy_times("m1", hour(0)) == (between(0, 2), between(3, 5), between(8, 10))
        assert store.availability.busy_times("m1", hour(2)) == (between(3, 5), between(8, 10))


def test_what_lies_after_the_window_stays_and_what_lies_before_is_forgotten(company: Engine) -> None:
    with unit_of_work(company, write=True) as store:
        store.availability.replace_busy("m1", hour(0), hour(20), [between(0, 1), between(4, 8), between(15, 16)])
        store.availability.replace_busy("m2", hour(0), hour(20), [between(0, 1)])
        store.availability.replace_busy("m1", hour(2), hour(6), [between(3, 3.5)])
        assert store.availability.busy_times("m1", hour(-9)) == (between(3, 3.5), between(6, 8), between(15, 16))
        assert store.availability.busy_times("m2", hour(-9)) == (between(0, 1),)


def test_the_same_calendar_again_changes_nothing(company: Engine) -> None:
    busy = [between(1, 2), between(2, 3)]
    with unit_of_work(company, write=True) as store:
        assert store.availability.replace_busy("m1", hour(0), hour(9), busy)
        assert not store.availability.replace_busy("m1", hour(0), hour(9), reversed(busy))
        assert store.availability.replace_busy("m1", hour(0), hour(9), [])


def test_timetables_hold_all_that_is_known_of_a_person(company: Engine) -> None:
    with unit_of_work(company, write=True) as store:
        store.availability.save("m1", SAID)
        store.availability.save_date_hours("m1", MORNING)
        store.availability.add_absence(AWAY)
        store.availability.replace_busy("m1", hour(0), hour(9), [between(1, 2)])
        store.availability.replace_busy("p1", hour(0), hour(9), [between(3, 4)])
        ms = Timetable(SAID, {THURSDAY: MORNING.hours}, (AWAY.interval,), (between(1, 2),))
        ps = Timetable(busy=(between(3, 4),))
        assert store.availability.timetables() == {"m1": ms, "p1": ps}
        assert store.availability.timetables(["p1", "p2"]) == {"p1": ps}
        assert store.availability.timetables([]) == {}


def change_nothing(store: Store) -> None:
    store.availability.remove_absence("m1", "none")
    store.availability.remove_date_hours("m1", THURSDAY)
    store.availability.replace_busy("m1", hour(0), hour(9), [])


CHANGES = [
    lambda store: store.availability.save("m1", SAID),
    lambda store: store.availability.save_date_hours("m1", MORNING),
    lambda store: store.availability.remove_date_hours("m1", date(2026, 3, 7)),
    lambda store: store.availability.add_absence(AWAY),
    lambda store: store.availability.remove_absence("m1", "old"),
    lambda store: store.availability.replace_busy("m1", hour(0), hour(9), [between(1, 2)]),
]


@pytest.mark.parametrize("change", CHANGES)
def test_every_change_is_marked_and_leaves_the_index_alone(company: Engine, change: Change) -> None:
    with unit_of_work(company, write=True) as store:
        store.availability.save_date_hours("m1", DateHours(date(2026, 3, 7)))
        store.availability.add_absence(Absence("old", "m1", AWAY.starts_at, AWAY.ends_at))
    with unit_of_work(company, write=True) as store:
        before, generation = store.times_state(), store.generation()
        change_nothing(store)
    with unit_of_work(company, write=True) as store:
        assert store.times_state() == before
        change(store)
    with unit_of_work(company) as store:
        assert store.times_state() != before
        assert store.generation() == generation


@pytest.mark.parametrize(
    "keep",
    [
        lambda store: store.availability.save("ghost", SAID),
        lambda store: store.availability.save_date_hours("ghost", MORNING),
        lambda store: store.availability.add_absence(Absence("a", "ghost", AWAY.starts_at, AWAY.ends_at)),
        lambda store: store.availability.replace_busy("ghost", hour(0), hour(9), [between(1, 2)]),
    ],
)
def test_nobody_unknown_has_times(company: Engine, keep: Change) -> None:
    with unit_of_work(company, write=True) as store, pytest.raises(InvalidInput, match="person_id must name"):
        keep(store)


def test_a_reading_transaction_changes_no_times(company: Engine) -> None:
    with unit_of_work(company) as store, pytest.raises(RuntimeError, match="write=True"):
        store.availability.remove_absence("m1", "a1")
