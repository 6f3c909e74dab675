"""Tokens of a connected account, kept sealed with its connection and renewed by one at a time."""

import threading
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from integrations.calendar import CalendarFailed
from integrations.oauth import Tokens
from integrations.provider_api import Refused
from services.calendar_kinds import OpenedConnection
from services.sealed import Credentials

# one of few locks for each person: two connections that share one only wait for each other now and then
_LOCKS = tuple(threading.Lock() for _ in range(64))


class StoredTokens:
    """The tokens of one connection. Threads renew one after another; of two processes the quicker one counts."""

    def __init__(self, opened: OpenedConnection) -> None:
        self._opened = opened

    def load(self) -> Tokens:
        """Return the tokens in force; raise CalendarFailed when they cannot be read."""
        return tokens_of(self._opened.credentials())

    def renew(self, stale: Tokens, refresh: Callable[[Tokens], Tokens]) -> Tokens:
        """Return newer tokens than `stale`: those kept meanwhile by somebody else, else the ones `refresh` gives.

        Raises
        ------
        CalendarFailed
            As `refresh`, unless another process has used the same refresh token just before.
        """
        with _LOCKS[hash(self._opened.person.id) % len(_LOCKS)]:
            current = self.load()
            if current != stale:
                return current
            try:
                fresh = refresh(stale)
            except Refused:
                current = self.load()
                if current == stale:
                    raise
                return current
            is_kept = self._opened.keep(credentials_of(fresh), instead_of=credentials_of(stale))
            return fresh if is_kept else self.load()


def credentials_of(tokens: Tokens) -> dict[str, Any]:
    """Return the tokens as they are sealed."""
    return {**asdict(tokens), "expires_at": tokens.expires_at.isoformat()}


def tokens_of(credentials: Credentials) -> Tokens:
    """Return sealed tokens as they were.

    Raises
    ------
    CalendarFailed
        If they are of another shape: the person has to connect anew.
    """
    try:
        return Tokens(**{**credentials, "expires_at": datetime.fromisoformat(credentials["expires_at"])})
    except (KeyError, TypeError, ValueError):
        raise CalendarFailed("calendar.sealed", may_retry=False) from None
