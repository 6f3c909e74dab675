"""Notes on sessions: each person has one section that everybody in the session reads, and one that nobody else does."""

from sqlalchemy import select

from domain.session_talk import SessionNote
from store.booking_tables import session_notes
from store.rows import upsert
from store.work import Work


class SessionNotes:
    """Queries for notes; whoever reads is part of every one of them."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def readable_by(self, person_id: str, session_id: str) -> list[SessionNote]:
        """Return the person's own sections and what others share, by author; whether they take part is not asked."""
        may_read = session_notes.c.is_shared | (session_notes.c.author_id == person_id)
        query = select(session_notes).where(session_notes.c.session_id == session_id, may_read)
        ordered = query.order_by(session_notes.c.author_id, session_notes.c.is_shared)
        return [SessionNote(**row) for row in self._work.connection.execute(ordered).mappings()]

    def own(self, person_id: str, session_id: str, *, is_shared: bool) -> SessionNote | None:
        """Return one of the person's own sections; None while nothing is kept."""
        notes = self.readable_by(person_id, session_id)
        return next((one for one in notes if one.author_id == person_id and one.is_shared is is_shared), None)

    def keep(self, note: SessionNote) -> None:
        """Put the section in the place of what its author kept there before."""
        row = {name: getattr(note, name) for name in SessionNote.__slots__}
        upsert(self._work.writing, session_notes, [row])
