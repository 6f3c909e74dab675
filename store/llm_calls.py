"""The ledger of calls to a model."""

from datetime import datetime

from sqlalchemy import delete, func, insert, select
from sqlalchemy.engine import RowMapping

from domain.errors import NotFound
from domain.llm_calls import LLMCall, Spent
from store.drafting_tables import llm_calls
from store.rows import must_exist
from store.tables import people, sessions
from store.work import Work

_SUMS = (
    func.count().label("calls"),
    func.coalesce(func.sum(llm_calls.c.prompt_tokens), 0).label("prompt_tokens"),
    func.coalesce(func.sum(llm_calls.c.completion_tokens), 0).label("completion_tokens"),
    func.coalesce(func.sum(llm_calls.c.usd), 0.0).label("usd"),
)


class LLMCalls:
    """Queries for calls to a model; a call is never changed once it was made."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def add(self, call: LLMCall) -> None:
        """Keep a call; raise InvalidInput when its session or person is unknown."""
        connection = self._work.writing
        must_exist(connection, people.c.id, _known(call.person_id), "person_id", "Import the person first.")
        must_exist(connection, sessions.c.id, _known(call.session_id), "session_id", "Book the session first.")
        row = {name: getattr(call, name) for name in LLMCall.__slots__}
        connection.execute(insert(llm_calls), row | {"fact_numbers": list(call.fact_numbers)})

    def get(self, call_id: str) -> LLMCall:
        """Return the call; raise NotFound when there is none."""
        row = self._work.connection.execute(select(llm_calls).where(llm_calls.c.id == call_id)).mappings().first()
        if row is None:
            raise NotFound("call", call_id)
        return _call(row)

    def of_session(self, session_id: str) -> list[LLMCall]:
        """Return the calls made for a session, oldest first, ties by id."""
        query = select(llm_calls).where(llm_calls.c.session_id == session_id)
        ordered = query.order_by(llm_calls.c.at, llm_calls.c.id)
        return [_call(row) for row in self._work.connection.execute(ordered).mappings()]

    def spent(self, since: datetime, person_id: str | None = None, purpose: str | None = None) -> Spent:
        """Return what the calls from then on cost together: of all, of one person, of one purpose."""
        query = select(*_SUMS).where(llm_calls.c.at >= since)
        if person_id is not None:
            query = query.where(llm_calls.c.person_id == person_id)
        if purpose is not None:
            query = query.where(llm_calls.c.purpose == purpose)
        return Spent(**self._work.connection.execute(query).mappings().one())

    def purge_before(self, at: datetime) -> int:
        """Delete the calls made before `at`; return how many went."""
        return self._work.writing.execute(delete(llm_calls).where(llm_calls.c.at < at)).rowcount


def _known(key: str | None) -> list[str]:
    return [] if key is None else [key]


def _call(row: RowMapping) -> LLMCall:
    return LLMCall(**{**row, "fact_numbers": tuple(row["fact_numbers"])})
