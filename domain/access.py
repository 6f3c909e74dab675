"""What lets a person in: logins of browsers, tokens of programs. Their secrets are kept as hashes only."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Login:
    """One browser in which a person is signed in.

    Parameters
    ----------
    created_at
        When this token was made; one that takes its place is younger.
    expires_at
        When the login ends, however much it is used.
    """

    token_hash: str
    person_id: str
    created_at: datetime
    seen_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class ApiToken:
    """What lets a program of a person use the API as that person.

    Parameters
    ----------
    used_at
        When it was last used, to about five minutes; None for never.
    """

    id: str
    person_id: str
    name: str
    token_hash: str
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None = None
