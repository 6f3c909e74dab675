"""Logins of browsers, by the hash of their token."""

from datetime import datetime

from sqlalchemy import delete, insert, select, update

from domain.access import Login
from store.access_tables import logins
from store.rows import must_exist, rows_of
from store.tables import people
from store.work import Work


class Logins:
    """Queries for logins."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def add(self, login: Login) -> None:
        """Keep a new login; raise InvalidInput when there is no such person."""
        must_exist(self._work.writing, people.c.id, [login.person_id], "person_id", "Import the person first.")
        self._work.writing.execute(insert(logins), _row(login))

    def get(self, token_hash: str) -> Login | None:
        """Return the login of a token, ended or not; None when there is none."""
        row = next(rows_of(self._work.connection, logins.c.token_hash, [token_hash]), None)
        return Login(**row) if row else None

    def of(self, person_id: str) -> list[Login]:
        """Return the person's logins, seen last first, ties by token."""
        query = select(logins).where(logins.c.person_id == person_id)
        ordered = query.order_by(logins.c.seen_at.desc(), logins.c.token_hash)
        return [Login(**row) for row in self._work.connection.execute(ordered).mappings()]

    def touch(self, token_hash: str, at: datetime) -> None:
        """Note that the login is in use."""
        self._work.writing.execute(update(logins).where(logins.c.token_hash == token_hash).values(seen_at=at))

    def replace(self, old: Login, token_hash: str, at: datetime, until: datetime) -> bool:
        """Let a new token take the place of an old one, which ends at `until`.

        Return False, and change nothing, when that happened already or the login has ended.
        """
        is_old = logins.c.token_hash == old.token_hash, logins.c.expires_at == old.expires_at
        if not self._work.writing.execute(update(logins).where(*is_old).values(expires_at=until)).rowcount:
            return False
        self._work.writing.execute(insert(logins), _row(Login(token_hash, old.person_id, at, at, old.expires_at)))
        return True

    def end(self, token_hash: str) -> None:
        """End one login; one that is gone is no fault."""
        self._work.writing.execute(delete(logins).where(logins.c.token_hash == token_hash))

    def end_all(self, person_id: str) -> int:
        """End every login of the person; return how many."""
        return self._work.writing.execute(delete(logins).where(logins.c.person_id == person_id)).rowcount

    def purge_before(self, at: datetime) -> int:
        """Delete the logins that ended before `at`; return how many."""
        return self._work.writing.execute(delete(logins).where(logins.c.expires_at < at)).rowcount


def _row(login: Login) -> dict[str, object]:
    return {name: getattr(login, name) for name in Login.__slots__}
