"""Since when people are no longer active: noticed day by day, because an import says only that they left."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, select

from store.own_page_tables import leavers
from store.rows import chunks, insert_all_new
from store.work import Work


class Leavers:
    """Queries for people who left."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def note(self, person_ids: Iterable[str], at: datetime) -> None:
        """Note that these people, and nobody else, are gone; who was gone already keeps the day."""
        gone = set(person_ids)
        back = set(self._work.connection.execute(select(leavers.c.person_id)).scalars()) - gone
        for some in chunks(sorted(back)):
            self._work.writing.execute(delete(leavers).where(leavers.c.person_id.in_(some)))
        if gone:
            insert_all_new(self._work.writing, leavers, [{"person_id": id, "since": at} for id in sorted(gone)])

    def since_before(self, at: datetime) -> list[str]:
        """Return the ids of those who have been gone since before `at`, longest first, ties by id."""
        query = select(leavers.c.person_id).where(leavers.c.since < at).order_by(leavers.c.since, leavers.c.person_id)
        return list(self._work.connection.execute(query).scalars())
