"""What people wrote around a session, kept for a time only."""

from datetime import datetime

from sqlalchemy import and_, delete, update

from store.booking_tables import chat_messages, session_notes
from store.tables import feedback
from store.work import Work


class OldWords:
    """Deletes notes, messages and the words of feedback that are old enough; ratings stay."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def purge_before(self, at: datetime) -> int:
        """Delete what was written before `at`; return how many texts went."""
        notes = self._work.writing.execute(delete(session_notes).where(session_notes.c.updated_at < at)).rowcount
        messages = self._work.writing.execute(delete(chat_messages).where(chat_messages.c.at < at)).rowcount
        is_old = and_(feedback.c.created_at < at, feedback.c.still_open != "")
        words = self._work.writing.execute(update(feedback).where(is_old).values(still_open="")).rowcount
        self._work.has_index_change |= words > 0
        return notes + messages + words
