"""Seals what lets Halfhour into people's calendars: the database alone, or a copy of it, opens nothing."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from domain.errors import NotReady
from integrations.calendar import CalendarFailed

_PURPOSE = "halfhour calendar credentials 1"
_KEY_BYTES = 32
Credentials = Mapping[str, Any]


class Seal:
    """Seals and opens credentials with a key of each person's own, so that no row can stand in for another.

    Parameters
    ----------
    secret_key
        The server's secret, varied enough by `settings.py`; "" for none: then nothing is sealed and nothing opened.
    """

    def __init__(self, secret_key: str) -> None:
        self._secret = secret_key.encode()

    @property
    def is_ready(self) -> bool:
        return bool(self._secret)

    def seal(self, person_id: str, credentials: Credentials) -> bytes:
        """Return the credentials sealed; raise NotReady without a secret."""
        return self._fernet(person_id).encrypt(json.dumps(dict(credentials)).encode())

    def unseal(self, person_id: str, sealed: bytes) -> dict[str, Any]:
        """Return what was sealed for this person.

        Raises
        ------
        CalendarFailed
            If it was sealed with another secret, or for somebody else: the person has to connect anew.
        NotReady
            Without a secret.
        """
        try:
            opened: dict[str, Any] = json.loads(self._fernet(person_id).decrypt(sealed))
        except InvalidToken:
            raise CalendarFailed("calendar.sealed", may_retry=False) from None
        return opened

    def _fernet(self, person_id: str) -> Fernet:
        if not self._secret:
            raise NotReady("Calendars need HALFHOUR_SECRET_KEY: it seals their passwords. Set it and start anew.")
        # the secret is random already: RFC 5869, 3.3 needs no slow derivation then
        derived = HKDF(SHA256(), _KEY_BYTES, salt=None, info=f"{_PURPOSE} {person_id}".encode())
        return Fernet(urlsafe_b64encode(derived.derive(self._secret)))
