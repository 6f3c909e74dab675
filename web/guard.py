"""The outermost layer: strict headers on every answer, and no entry for forms of other sites or broken addresses."""

from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.errors import answer
from web.headers import add_headers

_SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}


class Guard:
    """ASGI middleware around everything else, so that refusals of the layers within carry the headers too."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                add_headers(MutableHeaders(scope=message), scope["path"], message["status"])
            await send(message)

        refused = _refusal(Request(scope))
        await (refused or self._app)(scope, receive, with_headers)


def _refusal(request: Request) -> Response | None:
    """Return the refusal of a request that goes no further, None for any other."""
    if "\x00" in request.scope["path"] or b"%00" in request.scope["query_string"]:  # no database takes it
        return answer(request, 404, "The address must not hold NUL characters.")
    if is_foreign(request):
        return answer(request, 403, "A form must be sent from its own page. Open it again and repeat.")
    return None


def is_foreign(request: Request) -> bool:
    """Say whether another site sent this to change something. Source: OWASP CSRF cheat sheet, origin check."""
    if request.method in _SAFE_METHODS:
        return False
    origin = request.headers.get("origin")
    site = request.headers.get("sec-fetch-site", "same-origin")
    is_other_origin = origin is not None and urlsplit(origin).netloc != request.headers.get("host")
    return is_other_origin or site not in {"same-origin", "none"}
