"""Accounts at the scripted providers, already connected, with tokens kept in memory."""

from collections.abc import Callable
from datetime import datetime, timedelta

import httpx2

from integrations import google, graph, zoom
from integrations.oauth import Account, OAuthClient, TokenKeeper, Tokens
from integrations.provider_api import ProviderApi
from integrations.zoom import ZoomAccount, ZoomApp
from tests.builders import NOW
from tests.fakes import google_server, graph_server, zoom_server
from tests.fakes.google_server import GoogleServer
from tests.fakes.graph_server import GraphServer
from tests.fakes.zoom_server import ZoomServer

PATIENT, SOON = httpx2.Timeout(20.0), httpx2.Timeout(0.3)
TOKENS = Tokens("access-1", "refresh-1", NOW + timedelta(hours=1))


def at_now() -> datetime:
    return NOW


class MemoryKeeper:
    """Keeps the tokens of one connection in memory."""

    def __init__(self, tokens: Tokens = TOKENS) -> None:
        self.tokens = tokens

    def load(self) -> Tokens:
        return self.tokens

    def renew(self, stale: Tokens, refresh: Callable[[Tokens], Tokens]) -> Tokens:
        self.tokens = refresh(stale)
        return self.tokens


def an_api(name: str, base: str, timeouts: httpx2.Timeout = PATIENT) -> ProviderApi:
    """Return an API that is waited for even on a busy machine, unless told otherwise."""
    return ProviderApi(name, base, at_now, timeouts=timeouts)


def google_oauth(server: GoogleServer, **changes: str) -> OAuthClient:
    """Return Halfhour as the scripted Google knows it."""
    known = {"client_id": google_server.CLIENT_ID, "client_secret": google_server.CLIENT_SECRET, **changes}
    api, scopes = an_api(google.NAME, server.address), google.SCOPES
    where = {"authorize_url": f"{server.address}/auth", "token_path": "/token", "revoke_path": "/revoke"}
    return OAuthClient(api, scopes=scopes, **where, **known)


def google_account(
    server: GoogleServer, keeper: TokenKeeper | None = None, timeouts: httpx2.Timeout = PATIENT
) -> Account:
    return Account(
        an_api(google.NAME, server.address, timeouts), google_oauth(server), keeper or MemoryKeeper(), at_now
    )


def graph_oauth(server: GraphServer) -> OAuthClient:
    """Return Halfhour as the scripted Microsoft knows it."""
    known = {"client_id": graph_server.CLIENT_ID, "client_secret": graph_server.CLIENT_SECRET}
    path = f"/{graph_server.TENANT}/oauth2/v2.0"
    where = {"authorize_url": f"{server.address}{path}/authorize", "token_path": f"{path}/token"}
    return OAuthClient(an_api(graph.NAME, server.address), scopes=graph.SCOPES, **where, **known)


def graph_account(
    server: GraphServer, keeper: TokenKeeper | None = None, timeouts: httpx2.Timeout = PATIENT
) -> Account:
    return Account(an_api(graph.NAME, server.base, timeouts), graph_oauth(server), keeper or MemoryKeeper(), at_now)


def zoom_account(server: ZoomServer, timeouts: httpx2.Timeout = PATIENT, **changes: str) -> ZoomAccount:
    known = {"account_id": zoom_server.ACCOUNT_ID, "client_id": zoom_server.CLIENT_ID}
    app = ZoomApp(**{**known, "client_secret": zoom_server.CLIENT_SECRET, **changes})
    return ZoomAccount(an_api(zoom.NAME, server.base, timeouts), an_api(zoom.NAME, server.address), app, at_now)
