"""The digest: on Monday morning where the mentor lives, once, and only when something waits."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.booking import BookingPolicy
from domain.language import Language
from domain.people import Role
from domain.sessions import SessionStatus
from services.booking.policy import keep_booking_policy
from services.context import Context
from services.notices.digest import DIGEST, PLAN_DIGESTS, plan_digests, plan_next_digests, send_digest
from store import unit_of_work
from tests.builders import a_feedback, a_person, a_session
from tests.services.notices.outbox import Outbox

SUNDAY = datetime(2026, 3, 8, 9, 0, tzinfo=UTC)
MONDAY = datetime(2026, 3, 9, 7, 0, tzinfo=UTC)  # 08:00 in Berlin
PAYLOAD = {"person_id": "m1", "monday": "2026-03-09"}
MENTOR = frozenset({Role.MENTOR})


@pytest.fixture
def outbox() -> Outbox:
    return Outbox()


@pytest.fixture
def context(running: Context, outbox: Outbox) -> Context:
    with unit_of_work(running.engine, write=True) as store:
        store.people.save([a_person("m2", roles=MENTOR, zone="America/New_York")])
    return replace(running, mailer=outbox, clock=lambda: MONDAY)


def save(context: Context, **changes: object) -> None:
    with unit_of_work(context.engine, write=True) as store:
        store.sessions.save([a_session(created_at=SUNDAY, **changes)])


def run_at(context: Context, mentor_id: str, monday: str = "2026-03-09") -> datetime | None:
    with unit_of_work(context.engine) as store:
        job = store.jobs.get(f"{DIGEST}:{mentor_id}:{monday}")
    return job and job.run_at


def test_it_is_planned_for_monday_morning_on_each_mentors_clock(context: Context) -> None:
    plan_next_digests(replace(context, clock=lambda: SUNDAY), {})
    assert run_at(context, "m1") == MONDAY
    assert run_at(context, "m2") == datetime(2026, 3, 9, 12, 0, tzinfo=UTC)  # clocks went forward there on Sunday
    plan_next_digests(replace(context, clock=lambda: MONDAY), {})
    with unit_of_work(context.engine) as store:
        assert store.jobs.count_due(MONDAY + timedelta(days=3)) == 4  # two digests, two plannings


def test_it_is_not_planned_days_ahead_nor_where_hr_wants_none(context: Context) -> None:
    plan_next_digests(replace(context, clock=lambda: SUNDAY - timedelta(days=3)), {})
    with unit_of_work(context.engine, write=True) as store:
        keep_booking_policy(store, BookingPolicy(has_digest=False))
    plan_next_digests(replace(context, clock=lambda: SUNDAY), {})
    assert run_at(context, "m1") is None


def test_planning_goes_on_by_itself(context: Context) -> None:
    plan_digests(context)
    plan_next_digests(context, {})
    with unit_of_work(context.engine) as store:
        keys = [f"{PLAN_DIGESTS}:{day}" for day in (date(2026, 3, 9), date(2026, 3, 10))]
        assert all(store.jobs.get(key) for key in keys)


def test_it_tells_what_waits_and_nobodys_words(context: Context, outbox: Outbox) -> None:
    save(context, id="asked", status=SessionStatus.REQUESTED, starts_at=None)
    save(context, id="booked", starts_at=MONDAY + timedelta(days=1, hours=2))
    save(context, id="held", status=SessionStatus.HELD, starts_at=MONDAY - timedelta(days=4))
    save(context, id="next week", starts_at=MONDAY + timedelta(days=8))
    send_digest(context, PAYLOAD)
    (mail,) = outbox.mails
    assert mail.text == (
        "Hello,\n\nThis is what waits for you.\n\nStill free this week: 40 minutes\n\n"
        "Requests to answer\n- Person p1 · Handing work over\n\n"
        "This week’s sessions\n- Tue 10 March, 10:00 · Person p1 · Handing work over\n\n"
        "Feedback still to give\n- Thu 5 March, 08:00 · Person p1 · Handing work over\n\n"
        "See your sessions:\nhttp://127.0.0.1:8000/sessions\n\n"
        "Full up? You can pause, or lower your minutes, on your page of availability.\n\nHalfhour\n"
    )


def test_in_russian(context: Context, outbox: Outbox) -> None:
    with unit_of_work(context.engine, write=True) as store:
        store.people.save([a_person("m1", roles=MENTOR, locale=Language.RU)])
    save(context, id="booked", starts_at=MONDAY + timedelta(days=1, hours=2))
    send_digest(context, PAYLOAD)
    assert outbox.mails[0].subject == "Ваша неделя наставника"
    assert "Ещё свободно на этой неделе: 40 минут" in outbox.mails[0].text
    assert "Встречи на этой неделе\n- вт, 10 марта, 10:00 · Person p1 · Handing work over (ру)" in outbox.mails[0].text


def test_nothing_waits_nothing_is_sent(context: Context, outbox: Outbox) -> None:
    save(context, id="held", status=SessionStatus.HELD, starts_at=MONDAY - timedelta(days=4))
    with unit_of_work(context.engine, write=True) as store:
        store.feedback.save([a_feedback(session_id="held", author_id="m1")])
    send_digest(context, PAYLOAD)
    assert outbox.mails == []


def test_not_to_people_who_do_not_mentor_nor_when_the_week_is_half_over(context: Context, outbox: Outbox) -> None:
    save(context, id="booked", starts_at=MONDAY + timedelta(days=5))
    send_digest(replace(context, clock=lambda: MONDAY + timedelta(days=3)), PAYLOAD)
    send_digest(context, {**PAYLOAD, "person_id": "p1"})
    with unit_of_work(context.engine, write=True) as store:
        store.people.save([a_person("m1", roles=MENTOR, is_active=False)])
    send_digest(context, PAYLOAD)
    with unit_of_work(context.engine, write=True) as store:
        store.people.save([a_person("m1", roles=MENTOR)])
        keep_booking_policy(store, BookingPolicy(has_digest=False))
    send_digest(context, PAYLOAD)
    assert outbox.mails == []


def test_sent_again_it_carries_the_same_message_id(context: Context, outbox: Outbox) -> None:
    save(context, id="booked", starts_at=MONDAY + timedelta(days=1))
    for _ in range(2):
        send_digest(context, PAYLOAD)
    assert len({mail.token for mail in outbox.mails}) == 1
