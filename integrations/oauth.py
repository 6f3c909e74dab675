"""Access to a person's account by OAuth 2: the authorization code with PKCE, and tokens renewed before they end."""

import base64
import binascii
import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Protocol
from urllib.parse import quote

from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge

from integrations.provider_api import Json, ProviderApi, Refused

LEEWAY = timedelta(minutes=2)
DEFAULT_LIFE_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class Tokens:
    """What opens an account until `expires_at`, and what renews it; `account` is what its owner calls it."""

    access_token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    expires_at: datetime
    account: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class OAuthClient:
    """Halfhour as the provider knows it.

    Parameters
    ----------
    authorize_url
        Where a person agrees, in the browser.
    token_path, revoke_path
        Below the base of `api`; "" where tokens cannot be taken back.
    extra
        What this provider wants beside the standard's parameters when a person is sent there.
    """

    api: ProviderApi
    client_id: str
    client_secret: str = field(repr=False)
    authorize_url: str
    token_path: str
    scopes: tuple[str, ...]
    revoke_path: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)

    def authorisation_url(self, *, redirect_uri: str, state: str, verifier: str) -> str:
        """Return where to send a person's browser. Sources: RFC 6749, 4.1.1; RFC 7636, 4.3"""
        challenge = {"code_challenge": create_s256_code_challenge(verifier), "code_challenge_method": "S256"}
        asked = {"redirect_uri": redirect_uri, "scope": " ".join(self.scopes), "state": state}
        return str(prepare_grant_uri(self.authorize_url, self.client_id, "code", **asked, **challenge, **self.extra))

    def exchange(self, code: str, *, redirect_uri: str, verifier: str, now: datetime) -> Tokens:
        """Return the tokens for a code that the browser brought back.

        Raises
        ------
        CalendarFailed
            If the code is not, or no longer, good; or the person did not allow lasting access.
        """
        sent = {"grant_type": "authorization_code", "code": code, "redirect_uri": redirect_uri}
        answered = self._post(self.token_path, {**sent, "code_verifier": verifier})
        tokens = self._tokens(answered, now)
        if not tokens.refresh_token:
            raise self.api.failed("no_refresh_token", may_retry=False)
        return tokens

    def refresh(self, tokens: Tokens, now: datetime) -> Tokens:
        """Return renewed tokens; what the provider does not name again stays as it was.

        Raises
        ------
        CalendarFailed
            `<name>.401` where the person took the permission back or it ended: only connecting again helps.
        """
        sent = {"grant_type": "refresh_token", "refresh_token": tokens.refresh_token}
        try:
            renewed = self._tokens(self._post(self.token_path, sent), now)
        except Refused as refused:
            if refused.status in (400, 401):
                raise Refused(self.api.name, 401, refused.reason) from None
            raise
        kept = renewed.refresh_token or tokens.refresh_token
        return replace(renewed, refresh_token=kept, account=renewed.account or tokens.account)

    def revoke(self, tokens: Tokens) -> None:
        """Take the permission back, where the provider can; one that ended already is no fault."""
        if self.revoke_path:
            with suppress(Refused):
                self.api.send("POST", self.revoke_path, form={"token": tokens.refresh_token})

    def _post(self, path: str, sent: Mapping[str, str]) -> Json:
        known = {"client_id": self.client_id, "client_secret": self.client_secret}
        return self.api.send("POST", path, form={**sent, **known})

    def _tokens(self, answered: Json, now: datetime) -> Tokens:
        access, refresh = answered.get("access_token"), answered.get("refresh_token", "")
        if not isinstance(access, str) or not access or not isinstance(refresh, str):
            raise self.api.failed("unreadable")
        seconds = answered.get("expires_in", DEFAULT_LIFE_SECONDS)
        if not isinstance(seconds, int) or not 0 < seconds <= 10**8:
            seconds = DEFAULT_LIFE_SECONDS
        return Tokens(access, refresh, now + timedelta(seconds=seconds), _account(answered.get("id_token")))


class TokenKeeper(Protocol):
    """Where the tokens of one connection lie; renews one at a time, for a provider may take each refresh token once."""

    def load(self) -> Tokens: ...

    def renew(self, stale: Tokens, refresh: Callable[[Tokens], Tokens]) -> Tokens:
        """Return newer tokens than `stale`: those kept meanwhile by somebody else, else the ones `refresh` gives."""
        ...


class Account:
    """One person's account at a provider: requests bear the token in force, renewed when it ends or is refused."""

    def __init__(
        self, api: ProviderApi, oauth: OAuthClient, keeper: TokenKeeper, clock: Callable[[], datetime]
    ) -> None:
        self.api, self._oauth, self._keeper, self._clock = api, oauth, keeper, clock

    def send(self, method: str, path: str, **sent: Any) -> Json:
        """Return the answer's object.

        Raises
        ------
        CalendarFailed
            As ProviderApi; `<name>.401` once a renewed token is refused too.
        """
        tokens = self._keeper.load()
        if tokens.expires_at - LEEWAY <= self._clock():
            tokens = self._renew(tokens)
        try:
            return self._with(tokens, method, path, **sent)
        except Refused as refused:
            if refused.status != 401:
                raise
        return self._with(self._renew(tokens), method, path, **sent)

    def _with(self, tokens: Tokens, method: str, path: str, **sent: Any) -> Json:
        headers = {**sent.pop("headers", {}), "authorization": f"Bearer {tokens.access_token}"}
        return self.api.send(method, path, headers=headers, **sent)

    def _renew(self, tokens: Tokens) -> Tokens:
        return self._keeper.renew(tokens, lambda stale: self._oauth.refresh(stale, self._clock()))


def segment(text: str) -> str:
    """Return a text as one segment of a path, so that no id can name another path."""
    return quote(text, safe="").replace(".", "%2E")  # dots too: `..` would go up


def _account(id_token: object) -> str:
    """Return what the owner calls the account, from the claims that came over TLS with the tokens; "" for nothing.

    The signature need not be checked then. Source: OpenID Connect Core 1.0, 3.1.3.7, 6
    """
    if not isinstance(id_token, str) or id_token.count(".") != 2:
        return ""
    payload = id_token.split(".")[1]
    try:
        claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    except (ValueError, binascii.Error):
        return ""
    named = claims.get("email") or claims.get("preferred_username") if isinstance(claims, dict) else ""
    return named[:200] if isinstance(named, str) else ""
