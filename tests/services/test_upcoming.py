"""Booked sessions are prepared, however they were booked."""

from dataclasses import replace
from datetime import timedelta

from domain.people import Format
from domain.sessions import SessionStatus
from services.context import Context
from services.deliver_agenda import delivery_key
from services.jobs import run_due
from services.upcoming import AHEAD, PERIOD, PREPARE_UPCOMING, plan_upcoming, prepare_upcoming
from store import unit_of_work
from tests.builders import NOW, a_session

HANDLERS = {PREPARE_UPCOMING: prepare_upcoming}


def test_sessions_booked_for_the_next_two_weeks_get_agenda_and_mail(running: Context) -> None:
    soon = a_session("soon", starts_at=NOW + timedelta(days=3))
    others = [
        a_session("late", starts_at=NOW + AHEAD + timedelta(minutes=1)),
        a_session("over", starts_at=NOW - timedelta(days=1)),
        a_session("asked", starts_at=NOW + timedelta(days=4), status=SessionStatus.REQUESTED),
        a_session("timeless", starts_at=None),
        a_session("empty", format=Format.GROUP, mentee_ids=(), seats=3, starts_at=NOW + timedelta(days=2)),
    ]
    with unit_of_work(running.engine, write=True) as store:
        store.sessions.save([soon, *others])
    plan_upcoming(running)
    assert run_due(running, HANDLERS, "w") == 1
    with unit_of_work(running.engine) as store:
        assert store.jobs.get(delivery_key(soon)) is not None
        assert [bool(store.agendas.history(session.id)) for session in (soon, *others)] == [True] + [False] * 5


def test_the_look_goes_on_and_prepares_a_moved_session_once_more(running: Context) -> None:
    soon = a_session("soon", starts_at=NOW + timedelta(days=3))
    moved = replace(soon, starts_at=NOW + timedelta(days=4))
    with unit_of_work(running.engine, write=True) as store:
        store.sessions.save([soon])
    plan_upcoming(running)
    plan_upcoming(running)
    assert run_due(running, HANDLERS, "w") == 1
    with unit_of_work(running.engine, write=True) as store:
        store.sessions.save([moved])
    later = replace(running, clock=lambda: NOW + PERIOD)
    assert run_due(later, HANDLERS, "w") == 1
    with unit_of_work(running.engine) as store:
        assert store.jobs.get(delivery_key(moved)) is not None
        assert len(store.agendas.history("soon")) == 1
