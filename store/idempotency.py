"""Requests that were answered once: the key, a hash of what was asked, and the answer, in the effect's transaction."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from domain.errors import KeyReused
from store.booking_tables import idempotency_keys
from store.work import Work


class IdempotencyKeys:
    """Queries for keys, each of one person."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def claim(self, person_id: str, key: str, body_hash: str, at: datetime) -> Mapping[str, Any] | None:
        """Return the earlier answer to the same request, None when it is new and now this transaction's to answer.

        Another transaction that is just answering the same key is waited for.

        Raises
        ------
        KeyReused
            If the key came with another request before.
        """
        row = {"person_id": person_id, "key": key, "body_hash": body_hash, "answer": {}, "at": at}
        dialect_insert = sqlite.insert if self._work.connection.dialect.name == "sqlite" else postgresql.insert
        once = dialect_insert(idempotency_keys).values(row).on_conflict_do_nothing(index_elements=["person_id", "key"])
        if self._work.writing.execute(once.returning(idempotency_keys.c.key)).first() is not None:
            return None
        return self.find(person_id, key, body_hash)

    def find(self, person_id: str, key: str, body_hash: str) -> Mapping[str, Any] | None:
        """Return the earlier answer to the same request, None for none; raise KeyReused as `claim`."""
        query = select(idempotency_keys).where(self._is(person_id, key))
        found = self._work.connection.execute(query).mappings().first()
        if found is None:
            return None
        if found["body_hash"] != body_hash:
            raise KeyReused
        answer: Mapping[str, Any] = found["answer"]
        return answer

    def answer(self, person_id: str, key: str, answer: Mapping[str, Any]) -> None:
        """Keep the answer to a key that this transaction claimed."""
        kept = update(idempotency_keys).where(self._is(person_id, key)).values(answer=dict(answer))
        self._work.writing.execute(kept)

    def purge_before(self, at: datetime) -> int:
        """Forget the keys from before `at`; return how many went."""
        return self._work.writing.execute(delete(idempotency_keys).where(idempotency_keys.c.at < at)).rowcount

    def _is(self, person_id: str, key: str) -> Any:
        return and_(idempotency_keys.c.person_id == person_id, idempotency_keys.c.key == key)
