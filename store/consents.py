"""Who agreed that a model outside may see their facts."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, select

from store.drafting_tables import llm_consents
from store.rows import must_exist, rows_in, upsert
from store.tables import people
from store.work import Work


class Consents:
    """Queries for consents; without a row a person did not agree."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def given_at(self, person_id: str) -> datetime | None:
        """Return since when the person agrees; None for no."""
        query = select(llm_consents.c.given_at).where(llm_consents.c.person_id == person_id)
        return self._work.connection.execute(query).scalar_one_or_none()

    def among(self, person_ids: Iterable[str]) -> set[str]:
        """Return those of the people who agree."""
        column = llm_consents.c.person_id
        return {row["person_id"] for row in rows_in(self._work.connection, select(column), column, person_ids)}

    def give(self, person_id: str, at: datetime) -> None:
        """Note that the person agrees; the first day stays. Raise InvalidInput for an unknown person."""
        connection = self._work.writing
        must_exist(connection, people.c.id, [person_id], "person_id", "Import the person first.")
        if self.given_at(person_id) is None:
            upsert(connection, llm_consents, [{"person_id": person_id, "given_at": at}])

    def withdraw(self, person_id: str) -> bool:
        """Note that the person no longer agrees; return whether they did."""
        own = llm_consents.c.person_id == person_id
        return bool(self._work.writing.execute(delete(llm_consents).where(own)).rowcount)
