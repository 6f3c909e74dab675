"""Which five minutes of whom are taken: the primary key is what keeps two sessions of one person from meeting."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, insert
from sqlalchemy.exc import IntegrityError

from domain.errors import SlotTaken
from domain.quanta import quanta
from domain.sessions import LIVE, MentoringSession
from store.booking_tables import availability, taken_quanta
from store.rows import chunks, rows_of
from store.work import Work


def keep_times(work: Work, changed: list[MentoringSession]) -> None:
    """Take the times of these sessions as they are now, and give back what they took before.

    A mentor's time includes the pause that they want after a session.

    Raises
    ------
    SlotTaken
        If somebody in one of them is taken then by another session; the transaction must be given up.
    """
    for some in chunks(session.id for session in changed):
        work.writing.execute(delete(taken_quanta).where(taken_quanta.c.session_id.in_(some)))
    take_times(work, changed)


def take_times(work: Work, changed: list[MentoringSession]) -> None:
    """Take the times of live sessions that hold none yet; raises as `keep_times`."""
    timed = [session for session in changed if session.status in LIVE and session.starts_at]
    buffers = _buffers(work, {session.mentor_id for session in timed})
    for session in timed:
        _take(work, session, buffers.get(session.mentor_id, 0))


def _take(work: Work, session: MentoringSession, buffer_minutes: int) -> None:
    rows = [row for person_id in dict.fromkeys(session.everybody) for row in _rows(session, person_id, buffer_minutes)]
    try:
        work.writing.execute(insert(taken_quanta), rows)
    except IntegrityError:
        raise SlotTaken(f"{session.starts_at:%Y-%m-%d %H:%M} UTC") from None


def _rows(session: MentoringSession, person_id: str, buffer_minutes: int) -> Iterable[dict[str, Any]]:
    starts_at, ends_at = session.starts_at, session.ends_at
    if starts_at is None or ends_at is None:
        return []
    pause = timedelta(minutes=buffer_minutes if person_id == session.mentor_id else 0)
    row = {"person_id": person_id, "session_id": session.id}
    return [row | {"quantum": quantum} for quantum in quanta(starts_at, ends_at + pause)]


def _buffers(work: Work, mentor_ids: set[str]) -> Mapping[str, int]:
    rows = rows_of(work.connection, availability.c.person_id, sorted(mentor_ids))
    return {row["person_id"]: row["buffer_minutes"] for row in rows}
