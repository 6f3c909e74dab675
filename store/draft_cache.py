"""What a model answered, by the hash of all that it was asked with."""

from datetime import datetime

from sqlalchemy import delete, select

from store.drafting_tables import draft_cache
from store.rows import upsert
from store.work import Work


class DraftCache:
    """Queries for cached answers."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def get(self, key: str) -> str | None:
        """Return the text kept under the key; None when there is none."""
        query = select(draft_cache.c.text).where(draft_cache.c.key == key)
        return self._work.connection.execute(query).scalar_one_or_none()

    def put(self, key: str, text: str, model: str, at: datetime) -> None:
        """Keep the text, in the place of any before."""
        row = {"key": key, "text": text, "model": model, "created_at": at}
        upsert(self._work.writing, draft_cache, [row])

    def purge_before(self, at: datetime) -> int:
        """Delete the texts kept before `at`; return how many went."""
        return self._work.writing.execute(delete(draft_cache).where(draft_cache.c.created_at < at)).rowcount
