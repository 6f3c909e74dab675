"""Signing in at an OpenID provider: the authorization code with PKCE, and an ID token that is checked in every part."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol
from urllib.parse import urlsplit

from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from domain.errors import InvalidInput
from domain.jobs import JobFailed
from integrations.provider_api import Json, ProviderApi

NAME = "oidc"
# what is signed with a secret or not at all is no proof of who signed. Source: RFC 8725, 3.1 and 3.2
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
LEEWAY_SECONDS = 60
KEPT = timedelta(hours=1)
NEW_KEYS_EVERY = timedelta(minutes=1)
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
SCOPES = "openid email profile"


class TokenRefused(JobFailed):
    """The ID token proves nothing: forged, of another issuer, for another client or request, or over."""

    def __init__(self, why: str) -> None:
        super().__init__(f"{NAME}.token.{why}", may_retry=False)


@dataclass(frozen=True, slots=True)
class Identity:
    """Whom the provider knows: its own name for them, and an address that it may have checked."""

    issuer: str
    subject: str = field(repr=False)
    email: str = field(repr=False)
    is_email_verified: bool


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt to sign in: what the browser took along, and what must come back with it."""

    redirect_uri: str
    state: str = field(repr=False)
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)


class SignOn(Protocol):
    """Where people sign in instead of here."""

    @property
    def name(self) -> str: ...

    def authorisation_url(self, attempt: Attempt) -> str: ...

    def identify(self, code: str, attempt: Attempt) -> Identity: ...


class OpenIdProvider:
    """One provider, as the settings name it.

    Parameters
    ----------
    issuer
        As the provider names itself, to the letter; its endpoints and keys are read from there.
    trusts_emails
        Whether every address counts as checked, for a provider that does not say so.

    Raises
    ------
    InvalidInput
        If the issuer is no https address.
    """

    def __init__(
        self,
        issuer: str,
        client_id: str,
        client_secret: str,
        clock: Callable[[], datetime],
        *,
        name: str = "",
        trusts_emails: bool = False,
    ) -> None:
        self.issuer, self._client_id, self._secret, self._clock = issuer, client_id, client_secret, clock
        self.name, self._trusts_emails = name or urlsplit(issuer).hostname or issuer, trusts_emails
        self._known: Json = {}
        self._keys, self._known_at, self._keys_at = KeySet([]), _LONG_AGO, _LONG_AGO
        self._lock = threading.Lock()
        ProviderApi(NAME, issuer, clock)

    def authorisation_url(self, attempt: Attempt) -> str:
        """Return where to send a person's browser. Sources: OpenID Connect Core 1.0, 3.1.2.1; RFC 7636, 4.3

        Raises
        ------
        JobFailed
            If the provider does not answer as one.
        """
        endpoint = self._endpoint("authorization_endpoint")
        challenge = {
            "code_challenge": create_s256_code_challenge(attempt.verifier),
            "code_challenge_method": "S256",
        }
        asked = {"redirect_uri": attempt.redirect_uri, "scope": SCOPES, "state": attempt.state, "nonce": attempt.nonce}
        return str(prepare_grant_uri(endpoint, self._client_id, "code", **asked, **challenge))

    def identify(self, code: str, attempt: Attempt) -> Identity:
        """Return who came back with the code.

        Raises
        ------
        TokenRefused
            If the ID token is not this provider's answer to this very attempt.
        JobFailed
            If the provider refuses the code, or does not answer as one.
        """
        sent = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": attempt.redirect_uri,
            "code_verifier": attempt.verifier,
            "client_id": self._client_id,
            "client_secret": self._secret,
        }
        answered = self._ask("POST", "token_endpoint", form=sent)
        claims = self._checked(answered, attempt.nonce)
        about = claims if "email" in claims else self._more(answered, claims)
        email = about.get("email")
        is_verified = about.get("email_verified") is True or self._trusts_emails
        return Identity(self.issuer, str(claims["sub"]), email if isinstance(email, str) else "", is_verified)

    def _checked(self, answered: Json, nonce: str) -> dict[str, Any]:
        """Return the claims of the ID token, once they hold. Source: OpenID Connect Core 1.0, 3.1.3.7"""
        token = answered.get("id_token")
        if not isinstance(token, str):
            raise TokenRefused("missing")
        wanted = {"iss": self.issuer, "aud": self._client_id}
        options = {name: {"essential": True, "value": value} for name, value in wanted.items()}
        params = {"nonce": nonce, "client_id": self._client_id, "access_token": answered.get("access_token")}
        try:
            read = self._decoded(token)
            claims = CodeIDToken(read.claims, read.header, options, params)
            claims.validate(now=int(self._clock().timestamp()), leeway=LEEWAY_SECONDS)
        except JoseError as fault:
            raise TokenRefused(fault.error) from None
        except (ValueError, TypeError, KeyError):
            raise TokenRefused("unreadable") from None
        if not isinstance(claims["sub"], str) or not claims["sub"]:
            raise TokenRefused("subject")
        return dict(claims)

    def _decoded(self, token: str) -> jwt.Token:
        """Return the token if one of the provider's keys signed it; the keys are read anew when none of them did."""
        try:
            return jwt.decode(token, self._key_set(self._clock() - KEPT), algorithms=ALGORITHMS)
        except (JoseError, ValueError):
            # once a minute at most: forged tokens must not make Halfhour ask and ask
            return jwt.decode(token, self._key_set(self._clock() - NEW_KEYS_EVERY), algorithms=ALGORITHMS)

    def _more(self, answered: Json, claims: dict[str, Any]) -> Json:
        """Return what the provider tells about the person beside the ID token. Source: OpenID Connect Core 1.0, 5.3"""
        bearer = {"authorization": f"Bearer {answered.get('access_token', '')}"}
        about = self._ask("GET", "userinfo_endpoint", headers=bearer)
        if about.get("sub") != claims["sub"]:  # else somebody's token could be swapped for another's
            raise TokenRefused("userinfo")
        return about

    def _key_set(self, not_before: datetime) -> KeySet:
        with self._lock:
            if self._keys_at <= not_before:
                self._keys = KeySet.import_key_set(self._ask("GET", "jwks_uri"))  # type: ignore[arg-type]
                self._keys_at = self._clock()
            return self._keys

    def _ask(self, method: str, endpoint: str, **sent: Any) -> Json:
        return _send(self._endpoint(endpoint), self._clock, method, **sent)

    def _endpoint(self, which: str) -> str:
        found = self._configuration().get(which)
        if not isinstance(found, str) or not found:
            raise JobFailed(f"{NAME}.configuration", may_retry=False)
        return found

    def _configuration(self) -> Json:
        """Return what the provider says about itself, at most an hour old. Source: OpenID Connect Discovery 1.0, 4"""
        now = self._clock()
        if self._known_at + KEPT <= now:
            address = f"{self.issuer.rstrip('/')}/.well-known/openid-configuration"
            said = _send(address, self._clock, "GET")
            if said.get("issuer") != self.issuer:
                raise JobFailed(f"{NAME}.issuer", may_retry=False)
            self._known, self._known_at = said, now
        return self._known


def _send(address: str, clock: Callable[[], datetime], method: str, **sent: Any) -> Json:
    parts = urlsplit(address)
    try:
        api = ProviderApi(NAME, f"{parts.scheme}://{parts.netloc}", clock)
    except InvalidInput:
        raise JobFailed(f"{NAME}.configuration", may_retry=False) from None
    return api.send(method, parts.path + (f"?{parts.query}" if parts.query else ""), **sent)
