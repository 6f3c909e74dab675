"""Calendars are read each quarter of an hour: times replace times, a failure is noted, and no chain of jobs breaks."""

from dataclasses import replace
from datetime import timedelta

import pytest

from services.context import Context
from services.jobs import run_due
from services.read_busy import AHEAD, PERIOD, READ_BUSY, READ_CALENDARS, plan_reading, read_busy, read_calendars
from store import unit_of_work
from tests.builders import NOW, a_person
from tests.fakes.calendars import FakeCalendar
from tests.services.calendars import REFUSED, UNREACHABLE, connection_of, with_calendars

HOUR = timedelta(hours=1)
HANDLERS = {READ_CALENDARS: read_calendars, READ_BUSY: read_busy}
MEETING = (NOW + HOUR, NOW + 2 * HOUR)


@pytest.fixture
def mine() -> FakeCalendar:
    return FakeCalendar(others=[MEETING])


@pytest.fixture
def context(running: Context, mine: FakeCalendar) -> Context:
    return with_calendars(running, p1=mine)


def busy(context: Context, person_id: str = "p1"):  # noqa: ANN201
    with unit_of_work(context.engine) as store:
        return store.availability.busy_times(person_id, NOW)


def read(context: Context) -> None:
    read_busy(context, {"person_id": "p1"})


def at(context: Context, after: timedelta) -> Context:
    return replace(context, clock=lambda: NOW + after)


def test_what_is_read_replaces_what_was_read_before(context: Context, mine: FakeCalendar) -> None:
    read(context)
    assert busy(context) == (MEETING,)
    mine.others = [(NOW + 3 * HOUR, NOW + 4 * HOUR)]
    read(context)
    assert busy(context) == ((NOW + 3 * HOUR, NOW + 4 * HOUR),)
    assert connection_of(context, "p1").read_at == NOW


def test_thirty_days_are_read(context: Context, mine: FakeCalendar) -> None:
    mine.others = [(NOW + AHEAD - HOUR, NOW + AHEAD + HOUR)]
    read(context)
    assert busy(context) == ((NOW + AHEAD - HOUR, NOW + AHEAD),)


def test_a_failure_is_noted_and_what_was_read_stays(context: Context, mine: FakeCalendar) -> None:
    read(context)
    mine.failure = UNREACHABLE
    read(at(context, HOUR))
    found = connection_of(context, "p1")
    assert (found.last_error, found.read_at, busy(context)) == ("google.unreachable", NOW, (MEETING,))
    mine.failure = None
    read(at(context, 2 * HOUR))
    assert connection_of(context, "p1").last_error == ""


def test_who_has_left_or_let_go_is_not_read(context: Context, mine: FakeCalendar) -> None:
    with unit_of_work(context.engine, write=True) as store:
        store.people.save([a_person("p1", is_active=False)])
    read(context)
    assert (busy(context), mine.opened) == ((), [])
    read_busy(context, {"person_id": "m1"})
    read_busy(context, {"person_id": "p404"})


def test_what_is_let_go_while_it_is_read_is_not_kept(context: Context, mine: FakeCalendar) -> None:
    class LetGo(FakeCalendar):
        def busy(self, start, end):  # noqa: ANN001, ANN202
            with unit_of_work(context.engine, write=True) as store:
                store.calendars.disconnect("p1")
            return [MEETING]

    mine.open = lambda opened: LetGo()  # type: ignore[method-assign]
    read(context)
    assert busy(context) == ()


def test_rounds_follow_each_other_and_leave_no_jobs_behind(context: Context, mine: FakeCalendar) -> None:
    plan_reading(context)
    plan_reading(context)
    for number in range(20):
        assert run_due(at(context, number * PERIOD), HANDLERS, "w") == 2  # the round, and the one calendar
    assert len(mine.opened) == 20
    with unit_of_work(context.engine, write=True) as store:
        assert store.jobs.purge_before(NOW + 30 * HOUR) <= 2 * (HOUR // PERIOD + 1)


def test_a_failing_calendar_is_asked_again_in_the_next_round(context: Context, mine: FakeCalendar) -> None:
    mine.failure = UNREACHABLE
    plan_reading(context)
    for number in range(3):
        run_due(at(context, number * PERIOD), HANDLERS, "w")
    assert len(mine.opened) == 3


def test_a_refused_password_is_tried_four_times_a_day(context: Context, mine: FakeCalendar) -> None:
    mine.failure = REFUSED
    plan_reading(context)
    for number in range(97):
        run_due(at(context, number * PERIOD), HANDLERS, "w")
    assert len(mine.opened) == 5  # the first time, and four in a day


def test_a_fault_of_ours_ends_no_round(context: Context, mine: FakeCalendar) -> None:
    mine.failure = RuntimeError("a fault of ours")  # type: ignore[assignment]
    plan_reading(context)
    run_due(context, HANDLERS, "w")
    with unit_of_work(context.engine) as store:
        assert store.jobs.get(f"{READ_CALENDARS}:{int((NOW + PERIOD).timestamp()) // 900}") is not None
