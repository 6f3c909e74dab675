"""Who somebody is at a sign-in provider: its own name for them leads to the person."""

from datetime import datetime

from sqlalchemy import select

from store.access_tables import identities
from store.rows import insert_new
from store.work import Work


class Identities:
    """Queries for identities."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def person_id(self, issuer: str, subject: str) -> str | None:
        """Return whose identity it is; None while it is nobody's."""
        is_this = identities.c.issuer == issuer, identities.c.subject == subject
        return self._work.connection.execute(select(identities.c.person_id).where(*is_this)).scalar_one_or_none()

    def is_known_at(self, issuer: str, person_id: str) -> bool:
        """Say whether the person has an identity there already."""
        is_theirs = identities.c.issuer == issuer, identities.c.person_id == person_id
        return self._work.connection.execute(select(identities.c.subject).where(*is_theirs)).first() is not None

    def link(self, issuer: str, subject: str, person_id: str, at: datetime) -> None:
        """Let an identity that is nobody's be the person's; one that is somebody's stays so."""
        row = {"issuer": issuer, "subject": subject, "person_id": person_id, "linked_at": at}
        insert_new(self._work.writing, identities, row)
