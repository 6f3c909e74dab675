"""Feedback: what people said after a session."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, and_, select
from sqlalchemy.engine import RowMapping

from domain.feedback import AgendaFit, Feedback
from domain.language import Language
from store.rows import changed, must_exist, rows_in, rows_of, upsert
from store.tables import feedback, people, session_mentees, sessions
from store.work import Work

# `FeedbackQueries.list` hides the built-in name inside the class
Feedbacks = list[Feedback]
_AS_MENTEE = select(feedback).join(
    session_mentees,
    and_(session_mentees.c.session_id == feedback.c.session_id, session_mentees.c.person_id == feedback.c.author_id),
)


class FeedbackQueries:
    """Queries for feedback; lists come oldest first, ties by id."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def of_person(self, author_id: str) -> Feedbacks:
        """Return what the person wrote."""
        return self._read(select(feedback).where(feedback.c.author_id == author_id))

    def of_mentee(self, author_id: str) -> Feedbacks:
        """Return what the person wrote on sessions in which they were a mentee: what they still need."""
        return self._read(_AS_MENTEE.where(feedback.c.author_id == author_id))

    def of_mentees(self, author_ids: Iterable[str]) -> dict[str, Feedbacks]:
        """Return the same of each of these people, by person id; who wrote nothing is absent."""
        query = _AS_MENTEE.order_by(feedback.c.created_at, feedback.c.id)
        found: dict[str, Feedbacks] = {}
        for row in rows_in(self._work.connection, query, feedback.c.author_id, author_ids):
            found.setdefault(row["author_id"], []).append(_feedback(row))
        return found

    def of_session(self, session_id: str) -> Feedbacks:
        """Return what was written about the session."""
        return self._read(select(feedback).where(feedback.c.session_id == session_id))

    def of_sessions(self, session_ids: Iterable[str]) -> Feedbacks:
        """Return what was written about these sessions, in no order."""
        rows = rows_of(self._work.connection, feedback.c.session_id, session_ids)
        return [_feedback(row) for row in rows]

    def list(self) -> Feedbacks:
        """Return all feedback."""
        return self._read(select(feedback))

    def of_all_mentees(self) -> Feedbacks:
        """Return what people wrote as mentees."""
        return self._read(_AS_MENTEE)

    def save(self, words: Iterable[Feedback]) -> int:
        """Insert or replace; return how many really changed. Raise InvalidInput for an unknown session or author."""
        new = changed(words, lambda one: one.id, self._stored)
        connection = self._work.writing
        must_exist(connection, sessions.c.id, (one.session_id for one in new), "session_id", "Save the session first.")
        must_exist(connection, people.c.id, (one.author_id for one in new), "author_id", "Import the person first.")
        upsert(connection, feedback, [{name: getattr(one, name) for name in Feedback.__slots__} for one in new])
        self._work.has_index_change |= bool(new)
        return len(new)

    def _read(self, query: Select[Any]) -> Feedbacks:
        ordered = query.order_by(feedback.c.created_at, feedback.c.id)
        return [_feedback(row) for row in self._work.connection.execute(ordered).mappings()]

    def _stored(self, ids: Iterable[str]) -> dict[str, Feedback]:
        rows = rows_of(self._work.connection, feedback.c.id, ids)
        return {row["id"]: _feedback(row) for row in rows}


def _feedback(row: RowMapping) -> Feedback:
    fit = AgendaFit(row["agenda_fit"]) if row["agenda_fit"] else None
    return Feedback(**{**row, "language": Language(row["language"]), "agenda_fit": fit})
