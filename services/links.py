"""Links that a person can follow from a mail: signed, bound to one purpose, and good for a time only."""

import secrets
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from itsdangerous import BadSignature, URLSafeSerializer

KEPT = timedelta(days=14)


class Purpose(StrEnum):
    """What a link is for: one purpose's link is nothing for another."""

    ANSWER = "answer"
    PAGE = "page"
    SIGN_ON = "sign on"


class Links:
    """Makes and reads what is signed.

    Parameters
    ----------
    secret_key
        Empty: one that ends with this process.
    address
        Where people open Halfhour: https://halfhour.example.org
    """

    def __init__(self, secret_key: str, address: str, clock: Callable[[], datetime]) -> None:
        self._secret, self._clock = secret_key or secrets.token_urlsafe(48), clock
        self._address = address.rstrip("/")

    def make(self, purpose: Purpose, payload: Mapping[str, str]) -> str:
        """Return the token that stands for the payload, in letters that an address takes."""
        until = int((self._clock() + KEPT).timestamp())
        return str(self._signer(purpose).dumps({**payload, "until": until}))

    def read(self, purpose: Purpose, token: str) -> dict[str, str] | None:
        """Return the payload; None when the token is forged, too old, or for another purpose."""
        try:
            loaded = self._signer(purpose).loads(token)
        except BadSignature:
            return None
        until = loaded.pop("until")
        return {str(name): str(value) for name, value in loaded.items()} if self._clock().timestamp() < until else None

    def url(self, path: str) -> str:
        """Return the whole address of a page."""
        return f"{self._address}{path}"

    def _signer(self, purpose: Purpose) -> URLSafeSerializer:
        return URLSafeSerializer(self._secret, salt=f"halfhour-link-{purpose}")
