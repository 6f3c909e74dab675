"""The outermost layer: strict headers on every answer, and no entry for forms of other sites or broken addresses."""

from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.access import Logins, api_token_of
from web.errors import answer
from web.headers import add_headers

_SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}


class Guard:
    """ASGI middleware around everything else, so that refusals of the layers within carry the headers too."""

    def __init__(self, app: ASGIApp, logins: Logins) -> None:
        self._app, self._logins = app, logins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        request.state.new_login = None  # set by whoever reads the login, when its token was replaced

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                add_headers(headers, scope["path"], message["status"], is_secure=self._logins.is_secure)
                self._renew(request, headers)
            await send(message)

        refused = _refusal(request, is_secure=self._logins.is_secure)
        await (refused or self._app)(scope, receive, with_headers)

    def _renew(self, request: Request, headers: MutableHeaders) -> None:
        """Put a token that was replaced into the browser, unless the answer itself signs somebody in or out."""
        token, cookie = request.state.new_login, f"{self._logins.cookie}="
        if token and not any(value.startswith(cookie) for value in headers.getlist("set-cookie")):
            carrier = Response()
            self._logins.keep(carrier, token)
            headers.append("set-cookie", carrier.headers["set-cookie"])


def _refusal(request: Request, *, is_secure: bool) -> Response | None:
    """Return the refusal of a request that goes no further, None for any other."""
    if "\x00" in request.scope["path"] or b"%00" in request.scope["query_string"]:  # no database takes it
        return answer(request, 404, "The address must not hold NUL characters.")
    if is_foreign(request, is_secure=is_secure):
        return answer(request, 403, "A form must be sent from its own page. Open it again and repeat.")
    return None


def is_foreign(request: Request, *, is_secure: bool = False) -> bool:
    """Say whether another site sent this to change something. Source: OWASP CSRF cheat sheet, origin check.

    A program that names a token in a header is let through: no browser sends that header for another site unasked.

    Parameters
    ----------
    is_secure
        Whether people come by HTTPS: an unencrypted page of the same name is another site then.
    """
    if request.method in _SAFE_METHODS or api_token_of(request) is not None:
        return False
    # browsers without the first header send the second; those with neither send no cookie along either
    origin = request.headers.get("origin") or request.headers.get("referer")
    site = request.headers.get("sec-fetch-site", "same-origin")
    return (origin is not None and not _is_own(origin, request, is_secure)) or site not in {"same-origin", "none"}


def _is_own(origin: str, request: Request, is_secure: bool) -> bool:
    try:
        parts = urlsplit(origin)
    except ValueError:
        return False
    return parts.netloc == request.headers.get("host") and (parts.scheme == "https" or not is_secure)
