"""What happened to sessions: one row per transition, in order."""

from datetime import datetime

from sqlalchemy import bindparam, func, insert, select

from domain.session_events import SessionEvent
from domain.transitions import Action
from store.booking_tables import session_events
from store.work import Work

_TIMES_DONE = (
    select(func.count())
    .select_from(session_events)
    .where(
        session_events.c.by_person == bindparam("by"),
        session_events.c.action == bindparam("did"),
        session_events.c.at >= bindparam("since"),
    )
)


class SessionEvents:
    """Queries for the history of sessions."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def add(self, event: SessionEvent) -> None:
        """Keep one more."""
        row = {name: getattr(event, name) for name in SessionEvent.__slots__}
        self._work.writing.execute(insert(session_events), row)

    def of_session(self, session_id: str) -> list[SessionEvent]:
        """Return what happened to a session, first to last."""
        query = select(session_events).where(session_events.c.session_id == session_id)
        rows = self._work.connection.execute(query.order_by(session_events.c.number)).mappings()
        return [SessionEvent(**{**row, "action": Action(row["action"])}) for row in rows]

    def count_against(self, person_id: str, action: Action, since: datetime) -> int:
        """Return how often this counted for the person from then on: cancelled late, did not come."""
        own = (session_events.c.counts_for == person_id) & (session_events.c.action == action)
        query = select(func.count()).select_from(session_events).where(own, session_events.c.at >= since)
        return self._work.connection.execute(query).scalar_one()

    def count_by(self, person_id: str, action: Action, since: datetime) -> int:
        """Return how often the person did this from then on."""
        wanted = {"by": person_id, "did": action, "since": since}
        return int(self._work.connection.execute(_TIMES_DONE, wanted).scalar_one())

    def first_by(self, person_id: str, action: Action, since: datetime) -> datetime | None:
        """Return when the person did this first from then on; None for never."""
        own = (session_events.c.by_person == person_id) & (session_events.c.action == action)
        query = select(session_events.c.at).where(own, session_events.c.at >= since)
        return self._work.connection.execute(query.order_by(session_events.c.at).limit(1)).scalar_one_or_none()
