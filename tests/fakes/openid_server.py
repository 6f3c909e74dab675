"""An OpenID provider over real HTTP that plays by the rules, until a test makes it forge what it signs."""

import base64
import hashlib
import json
from collections.abc import Callable
from typing import Any

from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, OctKey

from tests.builders import NOW
from tests.fakes.http_server import Answer, Asked, HttpServer

CLIENT_ID, CLIENT_SECRET = "halfhour-at-work", "a-client-secret"
Change = Callable[[dict[str, Any]], None]


def new_key(name: str) -> ECKey:
    """Return a key to sign with."""
    return ECKey.generate_key("P-256", {"kid": name, "use": "sig", "alg": "ES256"})


class OpenIdServer(HttpServer):
    """Knows one client and one person, p1@example.org, whose subject is `person-1`.

    Parameters
    ----------
    change
        What a test does to the claims before they are signed.
    """

    def __init__(self) -> None:
        super().__init__()
        self.key = self.signs_with = new_key("key-1")
        self.about = {"sub": "person-1", "email": "p1@example.org", "email_verified": True}
        self.change: Change = lambda claims: None
        self.seconds = int(NOW.timestamp())
        self.header: dict[str, Any] = {"alg": "ES256", "kid": "key-1"}
        self._codes: dict[str, dict[str, str]] = {}

    def agree(self, query: dict[str, str]) -> str:
        """Let the person agree to what the browser was sent with, and return the code."""
        code = f"code-{len(self._codes)}"
        self._codes[code] = query
        return code

    def answer(self, asked: Asked) -> Answer:
        """Return what a provider says."""
        pages: dict[str, Callable[[Asked], Answer]] = {
            "/.well-known/openid-configuration": self._configuration,
            "/keys": lambda _: Answer(content=KeySet([self.key]).as_dict(private=False)),
            "/token": self._token,
            "/userinfo": lambda _: Answer(content=self.about),
        }
        page = pages.get(asked.path)
        return page(asked) if page else Answer(404, {"error": "nothing"})

    def id_token(self, nonce: str) -> str:
        """Return the person's ID token, as a test has it changed and signed."""
        times = {"iat": self.seconds, "exp": self.seconds + 300}
        claims = {"iss": self.address, "aud": CLIENT_ID, "nonce": nonce, **times, **self.about}
        self.change(claims)
        if self.header["alg"] == "none":
            parts = (base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=") for part in (self.header, claims))
            return b".".join([*parts, b""]).decode()
        return jwt.encode(self.header, claims, self._signing_key(), algorithms=[self.header["alg"]])

    def _signing_key(self) -> ECKey | OctKey:
        """Return the key; for a symmetric algorithm the public key taken for a secret, the well-known confusion."""
        return OctKey.import_key(self.key.as_pem(private=False)) if self.header["alg"] == "HS256" else self.signs_with

    def _configuration(self, asked: Asked) -> Answer:
        ends = {"token_endpoint": "/token", "jwks_uri": "/keys", "userinfo_endpoint": "/userinfo"}
        known = {name: f"{self.address}{path}" for name, path in ends.items()}
        authorize = f"{self.address}/authorize?tenant=a"
        return Answer(content={"issuer": self.address, "authorization_endpoint": authorize, **known})

    def _token(self, asked: Asked) -> Answer:
        form = asked.form
        sent_with = self._codes.pop(form["code"], None)
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        proof = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        is_known = (form["client_id"], form["client_secret"]) == (CLIENT_ID, CLIENT_SECRET)
        if sent_with is None or not is_known or proof != sent_with["code_challenge"]:
            return Answer(400, {"error": "invalid_grant"})
        if form["redirect_uri"] != sent_with["redirect_uri"]:
            return Answer(400, {"error": "invalid_grant"})
        token = self.id_token(sent_with["nonce"])
        return Answer(content={"access_token": "an-access-token", "token_type": "Bearer", "id_token": token})
