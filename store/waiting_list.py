"""Who waits for a seat in a group, first come first."""

from datetime import datetime

from sqlalchemy import delete, select

from store.booking_tables import waiting_list
from store.rows import upsert
from store.work import Work


class WaitingList:
    """Queries for people who wait for a seat."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def of(self, session_id: str) -> list[str]:
        """Return the ids of those who wait for this group, longest first, ties by id."""
        query = select(waiting_list.c.person_id).where(waiting_list.c.session_id == session_id)
        return list(
            self._work.connection.execute(query.order_by(waiting_list.c.since, waiting_list.c.person_id)).scalars()
        )

    def of_person(self, person_id: str) -> list[str]:
        """Return the ids of the groups that the person waits for."""
        query = select(waiting_list.c.session_id).where(waiting_list.c.person_id == person_id)
        return list(self._work.connection.execute(query.order_by(waiting_list.c.since)).scalars())

    def add(self, session_id: str, person_id: str, since: datetime) -> None:
        """Let the person wait; who waits already keeps the place."""
        if person_id not in self.of(session_id):
            row = {"session_id": session_id, "person_id": person_id, "since": since}
            upsert(self._work.writing, waiting_list, [row])

    def remove(self, session_id: str, person_id: str) -> None:
        """Let the person wait no more."""
        own = (waiting_list.c.session_id == session_id) & (waiting_list.c.person_id == person_id)
        self._work.writing.execute(delete(waiting_list).where(own))

    def clear(self, session_id: str) -> None:
        """Let nobody wait for this group any more."""
        self._work.writing.execute(delete(waiting_list).where(waiting_list.c.session_id == session_id))
