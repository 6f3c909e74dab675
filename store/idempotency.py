"""Requests that were answered once: the key, a hash of what was asked, and the answer, in the effect's transaction."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, delete, select, update

from domain.errors import KeyReused
from store.booking_tables import idempotency_keys
from store.rows import insert_new
from store.work import Work

_IS_THIS = and_(idempotency_keys.c.person_id == bindparam("of"), idempotency_keys.c.key == bindparam("named"))
_ONE = select(idempotency_keys).where(_IS_THIS)
_ANSWER = update(idempotency_keys).where(_IS_THIS).values(answer=bindparam("answer"))


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
        if insert_new(self._work.writing, idempotency_keys, row):
            return None
        return self.find(person_id, key, body_hash)

    def find(self, person_id: str, key: str, body_hash: str) -> Mapping[str, Any] | None:
        """Return the earlier answer to the same request, None for none; raise KeyReused as `claim`."""
        found = self._work.connection.execute(_ONE, {"of": person_id, "named": key}).mappings().first()
        if found is None:
            return None
        if found["body_hash"] != body_hash:
            raise KeyReused
        answer: Mapping[str, Any] = found["answer"]
        return answer

    def answer(self, person_id: str, key: str, answer: Mapping[str, Any]) -> None:
        """Keep the answer to a key that this transaction claimed."""
        self._work.writing.execute(_ANSWER, {"of": person_id, "named": key, "answer": dict(answer)})

    def purge_before(self, at: datetime) -> int:
        """Forget the keys from before `at`; return how many went."""
        return self._work.writing.execute(delete(idempotency_keys).where(idempotency_keys.c.at < at)).rowcount
