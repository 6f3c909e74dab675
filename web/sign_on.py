"""Signing in at the company's own provider: there by a link, back with a code."""

import logging
from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from domain.errors import InvalidInput, NotFound
from domain.jobs import JobFailed
from services.context import Context
from services.single_sign_on import ATTEMPT_MINUTES, begin_sign_on, finish_sign_on
from web.access import Logins, Running
from web.language import later
from web.limits import check_visitor
from web.pages import render, text
from web.sign_in import entered

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False, dependencies=[Depends(check_visitor)])
MAX_CHARACTERS = 4_000
FromBrowser = Annotated[str, Query(max_length=MAX_CHARACTERS)]


class Why(StrEnum):
    """Why somebody came back and is not signed in."""

    UNKNOWN = "unknown"
    LATE = "late"
    DECLINED = "declined"
    FAULT = "fault"


_NOT_IN = later("You are not signed in")
# status, heading, and what to do
TOLD = {
    Why.UNKNOWN: (
        403,
        later("Halfhour does not know you yet"),
        later(
            "Halfhour has nobody with the mail address that you signed in with. Ask the people in HR who run the "
            "mentoring programme to add you, and tell them that address."
        ),
    ),
    Why.LATE: (
        400,
        _NOT_IN,
        later("That took too long, or was begun in another window. Begin again: it takes a few seconds."),
    ),
    Why.DECLINED: (400, _NOT_IN, later("The sign-in was broken off. Begin again when you like.")),
    Why.FAULT: (
        502,
        _NOT_IN,
        later(
            "The other side did not answer as it should. Try again in a minute; if it stays so, tell your IT people."
        ),
    ),
}
log = logging.getLogger(__name__)


@router.get("/oidc/begin")
def begin(request: Request, context: Running) -> RedirectResponse:
    try:
        begun = begin_sign_on(context, _back(request, context))
    except JobFailed as fault:
        return _failed(Why.FAULT, fault)
    response = RedirectResponse(begun.address, status_code=303)
    logins: Logins = request.app.state.logins
    logins.keep_attempt(response, begun.attempt, ATTEMPT_MINUTES * 60)
    return response


@router.get("/oidc/callback")
def come_back(
    request: Request, context: Running, code: FromBrowser = "", state: FromBrowser = "", error: FromBrowser = ""
) -> RedirectResponse:
    # a GET that acts, as the standard has it (RFC 6749, 4.1.2): what makes it safe is not the method but the code and
    # the state, each of them good once, soon, and in this browser alone
    logins: Logins = request.app.state.logins
    try:
        person = finish_sign_on(context, logins.attempt(request), code=code, state=state)
    except InvalidInput:
        return _failed(Why.LATE)
    except JobFailed as fault:
        return _failed(Why.DECLINED if error else Why.FAULT, fault)
    return entered(request, person) if person else _failed(Why.UNKNOWN)


@router.get("/oidc/failed")
def show_failure(request: Request, context: Running, why: str = "") -> HTMLResponse:
    if context.sign_on is None or why not in set(Why):
        raise NotFound("page", "this address")
    status, heading, advice = TOLD[Why(why)]
    told = {"heading": text(request, heading), "advice": text(request, advice)}
    return render(request, "sign_on_failed.html", status=status, **told)


def _failed(why: Why, fault: JobFailed | None = None) -> RedirectResponse:
    if fault:
        log.warning("the sign-in provider failed: %s", fault.code)
    # to a page of its own: code and state do not stay in the address bar, nor in the links of the page
    return RedirectResponse(f"/oidc/failed?why={why}", status_code=303)


def _back(request: Request, context: Context) -> str:
    """Return where the provider sends the browser back to, as it is registered there."""
    return f"{context.public_address or str(request.base_url).rstrip('/')}/oidc/callback"
