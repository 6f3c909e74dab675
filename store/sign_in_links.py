"""Single-use sign-in links; only the hash of a token is kept."""

from datetime import datetime

from sqlalchemy import delete, insert, update

from store.rows import must_exist
from store.tables import people, sign_in_links
from store.work import Work


class SignInLinks:
    """Queries for sign-in links."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def add(self, token_hash: str, person_id: str, expires_at: datetime) -> None:
        """Keep a new link; raise InvalidInput when there is no such person."""
        must_exist(self._work.writing, people.c.id, [person_id], "person_id", "Import the person first.")
        row = {"token_hash": token_hash, "person_id": person_id, "expires_at": expires_at}
        self._work.writing.execute(insert(sign_in_links), row)

    def redeem(self, token_hash: str, at: datetime) -> str | None:
        """Return the person id and spend the link; None when it is unknown, spent or no longer valid at `at`."""
        usable = (
            sign_in_links.c.token_hash == token_hash,
            sign_in_links.c.used_at.is_(None),
            sign_in_links.c.expires_at > at,
        )
        # one statement, so that of two people with one link one only gets in
        spend = update(sign_in_links).where(*usable).values(used_at=at).returning(sign_in_links.c.person_id)
        return self._work.writing.execute(spend).scalar_one_or_none()

    def purge_before(self, at: datetime) -> int:
        """Delete the links that ended before `at`; return how many."""
        return self._work.writing.execute(delete(sign_in_links).where(sign_in_links.c.expires_at < at)).rowcount
