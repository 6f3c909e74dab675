"""Errors become pages in the reader's language, or JSON under /api, once for all routes."""

import json
import logging
from typing import cast

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException

from domain.errors import (
    AgendaChanged,
    CapacityFull,
    CatalogChanged,
    EditRejected,
    HalfhourError,
    InvalidInput,
    KeyReused,
    LimitReached,
    NoAccess,
    NotFound,
    NotNow,
    NotReady,
    ProposalStale,
    SlotTaken,
)
from web.access import person_or_none
from web.headers import add_headers
from web.language import later
from web.pages import render, text
from web.returning import keep_place

log = logging.getLogger(__name__)
STATUS: dict[type[HalfhourError], int] = {
    InvalidInput: 422,
    NotFound: 404,
    NoAccess: 401,
    NotReady: 503,
    ProposalStale: 409,
    AgendaChanged: 409,
    CatalogChanged: 409,
    EditRejected: 422,
    NotNow: 409,
    SlotTaken: 409,
    CapacityFull: 409,
    LimitReached: 429,
    KeyReused: 422,
}
_NOTHING_HERE = (later("There is nothing at this address"), later("The address may be old, or the page is not yours."))
PAGES = {
    401: (later("Please sign in"), later("You are not signed in any more. Sign in and repeat.")),
    403: (later("This form came from another site"), later("Open its page here and send it again.")),
    404: _NOTHING_HERE,
    405: _NOTHING_HERE,
    413: (later("That was too much at once"), later("Shorten the text and send it again.")),
    422: (later("Something in the address is not right"), later("Go back and follow a link on the page.")),
    429: (later("That was too often"), later("Wait a minute, then try again. Nothing is lost.")),
    503: (
        later("Halfhour cannot do that just now"),
        later("Nothing was changed. Try again in a minute; “halfhour doctor” tells whoever runs this server why."),
    ),
}
_OTHERWISE = (
    later("That did not work"),
    later("Try again in a minute. If it stays so, tell who runs this server."),
)


def install_error_pages(app: FastAPI) -> None:
    """Answer every error with a page, or with JSON under /api."""
    app.add_exception_handler(HalfhourError, _on_own_error)
    app.add_exception_handler(RequestValidationError, _on_bad_request)
    app.add_exception_handler(HTTPException, _on_http_error)
    app.add_exception_handler(Exception, _on_crash)


def answer(request: Request, status: int, message: str) -> Response:
    """Return the error for people as a page without technical words, for programs as JSON with the message."""
    if _is_for_programs(request):
        return Response(json.dumps({"error": message}), status, media_type="application/json")
    heading, advice = PAGES.get(status, _OTHERWISE)
    return render(request, "error.html", status=status, heading=text(request, heading), message=text(request, advice))


def _on_own_error(request: Request, error: Exception) -> Response:
    status = next((code for kind, code in STATUS.items() if isinstance(error, kind)), 500)
    if isinstance(error, NoAccess) and request.method == "GET" and not _is_for_programs(request):
        to_sign_in = RedirectResponse("/sign-in", status_code=303)
        keep_place(request, to_sign_in)
        return to_sign_in
    if status >= 500:
        log.error("%s: %s", type(error).__name__, error)
    response = answer(request, status, str(error))
    if isinstance(error, LimitReached):
        response.headers["Retry-After"] = str(error.retry_seconds)
    return response


def _on_bad_request(request: Request, error: Exception) -> Response:
    first = cast(RequestValidationError, error).errors()[0]
    place = ".".join(str(part) for part in first["loc"][1:])
    return answer(request, 422, f"{place or 'request'} must be set right: {first['msg']}.")


def _on_http_error(request: Request, error: Exception) -> Response:
    failed = cast(HTTPException, error)
    if failed.status_code < 500 and not _is_for_programs(request):
        request.state.person = person_or_none(request)  # no route ran that would have asked who it is
    return answer(request, failed.status_code, str(failed.detail))


def _on_crash(request: Request, error: Exception) -> Response:
    """Answer what nobody foresaw; it runs outside the guard, and the server logs the error itself."""
    response = answer(request, 500, "That did not work. Try again in a minute.")
    add_headers(response.headers, request.scope["path"], 500, is_secure=request.app.state.logins.is_secure)
    return response


def _is_for_programs(request: Request) -> bool:
    return str(request.scope["path"]).startswith(("/api/", "/livez", "/readyz"))
