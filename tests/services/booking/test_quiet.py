"""Quiet hours, on the clock of whoever reads."""

from datetime import UTC, datetime, time, timedelta

import pytest

from domain.booking import BookingPolicy
from domain.notices import Notice
from services.booking import answer, change
from services.booking.desk import Asked
from services.booking.jobs import NOTICE, session_key
from services.booking.quiet import ANSWERS, after_quiet_hours, send_at
from services.booking.request import Wish, request_session
from services.context import Context
from store import unit_of_work
from tests.services.booking.test_life import AT, asked, at

POLICY = BookingPolicy()
EVENING = datetime(2026, 3, 2, 22, 0, tzinfo=UTC)  # 23:00 in Berlin
MORNING = datetime(2026, 3, 3, 7, 0, tzinfo=UTC)  # 08:00 in Berlin


@pytest.mark.parametrize(
    ("zone", "moment", "until"),
    [
        ("Europe/Berlin", "2026-03-02T18:59", "2026-03-02T18:59"),  # 19:59
        ("Europe/Berlin", "2026-03-02T19:00", "2026-03-03T07:00"),  # 20:00 sharp is quiet
        ("Europe/Berlin", "2026-03-02T23:00", "2026-03-03T07:00"),  # midnight
        ("Europe/Berlin", "2026-03-03T06:59", "2026-03-03T07:00"),
        ("Europe/Berlin", "2026-03-03T07:00", "2026-03-03T07:00"),  # 08:00 sharp is not
        ("Asia/Kolkata", "2026-03-02T14:30", "2026-03-03T02:30"),  # 20:00 there, five hours and a half ahead
        ("Pacific/Kiritimati", "2026-02-28T10:30", "2026-02-28T18:00"),  # 00:30 on the first of March there
        ("Pacific/Honolulu", "2026-03-01T09:00", "2026-03-01T18:00"),  # 23:00 on the day before
        ("America/New_York", "2026-12-31T23:59", "2026-12-31T23:59"),  # 18:59 on the last evening of the year
        ("America/New_York", "2027-01-01T02:00", "2027-01-01T13:00"),
        ("Europe/Berlin", "2026-03-28T22:00", "2026-03-29T06:00"),  # the night in which clocks go forward
        ("Europe/Berlin", "2026-10-24T22:00", "2026-10-25T07:00"),  # and back
        ("UTC", "2026-03-02T20:00", "2026-03-03T08:00"),
    ],
)
def test_the_night_ends_on_the_readers_clock(zone: str, moment: str, until: str) -> None:
    found = after_quiet_hours(datetime.fromisoformat(moment).replace(tzinfo=UTC), zone, POLICY)
    assert found == datetime.fromisoformat(until).replace(tzinfo=UTC)


def test_quiet_hours_may_lie_within_a_day_or_not_be_at_all() -> None:
    noon = BookingPolicy(quiet_from=time(12), quiet_until=time(13))
    assert after_quiet_hours(datetime(2026, 3, 2, 12, 30, tzinfo=UTC), "UTC", noon).hour == 13
    assert after_quiet_hours(EVENING, "UTC", noon) == EVENING
    never = BookingPolicy(quiet_from=time(8), quiet_until=time(8))
    assert after_quiet_hours(EVENING, "UTC", never) == EVENING


@pytest.mark.parametrize("notice", Notice)
def test_only_answers_come_at_night(notice: Notice) -> None:
    found = send_at(notice, EVENING, "Europe/Berlin", POLICY, about=None)
    assert found == (EVENING if notice in ANSWERS else MORNING)


@pytest.mark.parametrize(("hours_after", "is_at_once"), [(2, True), (3, False)])
def test_what_is_about_the_coming_hours_comes_at_night_too(hours_after: int, is_at_once: bool) -> None:
    about = MORNING + timedelta(hours=hours_after)
    found = send_at(Notice.CANCELLED, EVENING, "Europe/Berlin", POLICY, about)
    assert found == (EVENING if is_at_once else MORNING)


def run_at(context: Context, session_id: str, notice: Notice, person_id: str, *more: str) -> datetime:
    with unit_of_work(context.engine) as store:
        job = store.jobs.get(session_key(NOTICE, store.sessions.get(session_id), notice, person_id, *more))
    assert job is not None
    return job.run_at


def test_a_request_late_in_the_evening_reaches_the_mentor_in_the_morning(running: Context) -> None:
    receipt = request_session(at(running, EVENING), "p1", Wish("delegate-work", "m1", starts_at=AT))
    assert run_at(running, receipt.session_id, Notice.REQUESTED, "m1", "0") == MORNING
    answered = answer.accept(at(running, EVENING), receipt.session_id, asked(receipt, "m1"))
    assert run_at(running, receipt.session_id, Notice.BOOKED, "p1", str(answered.revision)) == EVENING


def test_whoever_cancels_at_night_sees_it_at_once_and_the_other_in_the_morning(running: Context) -> None:
    receipt = request_session(running, "p1", Wish("delegate-work", "m1", starts_at=AT))
    booked = answer.accept(running, receipt.session_id, asked(receipt, "m1"))
    change.cancel(at(running, EVENING), booked.session_id, Asked("p1"))
    assert run_at(running, booked.session_id, Notice.CANCELLED, "p1", "2") == EVENING
    assert run_at(running, booked.session_id, Notice.CANCELLED, "m1", "2") == MORNING


def test_before_a_session_in_the_morning_a_cancel_is_told_at_night(running: Context) -> None:
    receipt = request_session(running, "p1", Wish("delegate-work", "m1", starts_at=AT))
    booked = answer.accept(running, receipt.session_id, asked(receipt, "m1"))
    night = AT - timedelta(hours=10)  # 23:20 in Berlin
    change.cancel(at(running, night), booked.session_id, Asked("p1"))
    assert run_at(running, booked.session_id, Notice.CANCELLED, "m1", "2") == night
