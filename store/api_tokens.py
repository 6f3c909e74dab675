"""Tokens of people's programs, by the hash of each."""

from datetime import datetime

from sqlalchemy import delete, insert, select, update

from domain.access import ApiToken
from store.access_tables import api_tokens
from store.work import Work


class ApiTokens:
    """Queries for tokens of programs."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def add(self, token: ApiToken) -> None:
        """Keep a new token of a person who is stored."""
        self._work.writing.execute(insert(api_tokens), {name: getattr(token, name) for name in ApiToken.__slots__})

    def by_hash(self, token_hash: str) -> ApiToken | None:
        """Return the token, ended or not; None when there is none."""
        query = select(api_tokens).where(api_tokens.c.token_hash == token_hash)
        row = self._work.connection.execute(query).mappings().first()
        return ApiToken(**row) if row else None

    def of(self, person_id: str) -> list[ApiToken]:
        """Return the person's tokens, newest first, ties by id."""
        query = select(api_tokens).where(api_tokens.c.person_id == person_id)
        ordered = query.order_by(api_tokens.c.created_at.desc(), api_tokens.c.id)
        return [ApiToken(**row) for row in self._work.connection.execute(ordered).mappings()]

    def touch(self, token_id: str, at: datetime) -> None:
        """Note that the token is in use."""
        self._work.writing.execute(update(api_tokens).where(api_tokens.c.id == token_id).values(used_at=at))

    def remove(self, token_id: str, person_id: str) -> bool:
        """Delete a token if it is this person's; return whether it was."""
        is_own = api_tokens.c.id == token_id, api_tokens.c.person_id == person_id
        return bool(self._work.writing.execute(delete(api_tokens).where(*is_own)).rowcount)

    def purge_before(self, at: datetime) -> int:
        """Delete the tokens that ended before `at`; return how many."""
        return self._work.writing.execute(delete(api_tokens).where(api_tokens.c.expires_at < at)).rowcount
