"""Agendas of mentoring sessions, every version kept."""

from datetime import datetime

from sqlalchemy import Select, insert, select
from sqlalchemy.engine import RowMapping

from domain.agendas import Agenda, StoredAgenda
from domain.errors import NotFound
from domain.language import Language
from store.dataclass_json import from_json, to_json
from store.tables import agendas, sessions
from store.work import Work


class Agendas:
    """Queries for agendas."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def latest(self, session_id: str) -> StoredAgenda | None:
        """Return the newest version; None when none was drafted yet."""
        newest = _of(session_id).order_by(agendas.c.version.desc()).limit(1)
        row = self._work.connection.execute(newest).mappings().first()
        return _stored(row) if row else None

    def latest_in(self, session_id: str, language: Language) -> StoredAgenda | None:
        """Return the newest version in a language; None when there is none."""
        kept = (stored for stored in reversed(self.history(session_id)) if stored.agenda.language is language)
        return next(kept, None)

    def history(self, session_id: str) -> list[StoredAgenda]:
        """Return all versions, oldest first."""
        query = _of(session_id).order_by(agendas.c.version)
        return [_stored(row) for row in self._work.connection.execute(query).mappings()]

    def add(
        self, session_id: str, agenda: Agenda, at: datetime, edited_by: str | None = None, inputs_hash: str = ""
    ) -> StoredAgenda:
        """Keep the agenda as the next version and return it; raise NotFound when there is no such session."""
        # the lock on the session gives two drafts at once two numbers
        lock = select(sessions.c.id).where(sessions.c.id == session_id).with_for_update()
        if self._work.writing.execute(lock).first() is None:
            raise NotFound("session", session_id)
        last = self.latest(session_id)
        stored = StoredAgenda(session_id, last.version + 1 if last else 1, agenda, at, edited_by, inputs_hash)
        self._work.writing.execute(insert(agendas), _row(stored))
        return stored


def _of(session_id: str) -> Select[tuple[object, ...]]:
    return select(agendas).where(agendas.c.session_id == session_id)


def _stored(row: RowMapping) -> StoredAgenda:
    agenda = from_json(Agenda, row["content"])
    origin = row["edited_by"], row["inputs_hash"]
    return StoredAgenda(row["session_id"], row["version"], agenda, row["created_at"], *origin)


def _row(stored: StoredAgenda) -> dict[str, object]:
    return {
        "session_id": stored.session_id,
        "version": stored.version,
        "content": to_json(stored.agenda),
        "created_at": stored.created_at,
        "edited_by": stored.edited_by,
        "inputs_hash": stored.inputs_hash,
    }
