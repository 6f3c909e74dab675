"""Every booked session gets its agenda and its mail, however it was booked: looked for each quarter of an hour."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from domain.sessions import MentoringSession, SessionStatus
from services.context import Context
from services.deliver_agenda import delivery_key, prepare_session
from store import Store, unit_of_work

PREPARE_UPCOMING = "prepare_upcoming"
PERIOD = timedelta(minutes=15)
AHEAD = timedelta(days=14)


def plan_upcoming(context: Context) -> None:
    """Let the look run now, once for this quarter of an hour, by whichever worker is first."""
    with unit_of_work(context.engine, write=True) as store:
        _plan(store, context.clock())


def prepare_upcoming(context: Context, payload: Mapping[str, Any]) -> None:
    """Prepare the sessions of the next two weeks that are not yet, and plan the next look. Run by a worker."""
    now = context.clock()
    with unit_of_work(context.engine) as store:
        wanted = [session for session in store.sessions.list() if _is_ahead(session, now)]
        waiting = [session for session in wanted if store.jobs.get(delivery_key(session)) is None]
    with unit_of_work(context.engine, write=True) as store:
        _plan(store, now + PERIOD)
    for session in waiting:
        prepare_session(context, session.id)


def _is_ahead(session: MentoringSession, now: datetime) -> bool:
    starts = session.starts_at
    is_ready = session.status is SessionStatus.BOOKED and bool(session.mentee_ids)  # a group may still wait for people
    return is_ready and starts is not None and now < starts <= now + AHEAD


def _plan(store: Store, at: datetime) -> None:
    number = int(at.timestamp() // PERIOD.total_seconds())
    store.jobs.add(PREPARE_UPCOMING, f"{PREPARE_UPCOMING}:{number}", {}, at)
