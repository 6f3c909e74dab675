"""Signed tokens that were used already: each is good once; only hashes are kept."""

from datetime import datetime

from sqlalchemy import delete

from store.access_tables import used_tokens
from store.rows import insert_new
from store.work import Work


class UsedTokens:
    """Queries for used tokens."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def spend(self, token_hash: str, at: datetime) -> bool:
        """Note that a token is used; return False when it was used before."""
        row = {"token_hash": token_hash, "used_at": at}
        return insert_new(self._work.writing, used_tokens, row)

    def purge_before(self, at: datetime) -> int:
        """Delete what was used before `at`, long after any token has run out; return how many."""
        return self._work.writing.execute(delete(used_tokens).where(used_tokens.c.used_at < at)).rowcount
