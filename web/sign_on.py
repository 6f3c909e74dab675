"""Signing in at the company's own provider: there by a link, back with a code."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from domain.errors import InvalidInput
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
UNKNOWN = later("Halfhour does not know you yet")
FAILED = later("You are not signed in")
_LATE = later("That took too long, or was begun in another window. Begin again: it takes a few seconds.")
_DECLINED = later("The sign-in was broken off. Begin again when you like.")
_FAULT = later(
    "The other side did not answer as it should. Try again in a minute; if it stays so, tell your IT people."
)
_WHOM_TO_ASK = later(
    "Halfhour has nobody with the mail address that you signed in with. Ask the people in HR who run the mentoring "
    "programme to add you, and tell them that address."
)


@router.get("/oidc/begin", response_model=None)
def begin(request: Request, context: Running) -> HTMLResponse | RedirectResponse:
    try:
        begun = begin_sign_on(context, _back(request, context))
    except JobFailed:
        return _failed(request, 502, FAILED, _FAULT)
    response = RedirectResponse(begun.address, status_code=303)
    logins: Logins = request.app.state.logins
    logins.keep_attempt(response, begun.attempt, ATTEMPT_MINUTES * 60)
    return response


@router.get("/oidc/callback", response_model=None)
def come_back(
    request: Request, context: Running, code: FromBrowser = "", state: FromBrowser = "", error: FromBrowser = ""
) -> HTMLResponse | RedirectResponse:
    # a GET that acts, as the standard has it (RFC 6749, 4.1.2): what makes it safe is not the method but the code and
    # the state, each of them good once, soon, and in this browser alone
    logins: Logins = request.app.state.logins
    try:
        person = finish_sign_on(context, logins.attempt(request), code=code, state=state)
    except InvalidInput:
        return _failed(request, 400, FAILED, _LATE)
    except JobFailed:
        return _failed(request, 502, FAILED, _DECLINED if error else _FAULT)
    if person is None:
        return _failed(request, 403, UNKNOWN, _WHOM_TO_ASK)
    return entered(request, person)


def _failed(request: Request, status: int, heading: str, advice: str) -> HTMLResponse:
    told = {"heading": text(request, heading), "advice": text(request, advice)}
    return render(request, "sign_on_failed.html", status=status, **told)


def _back(request: Request, context: Context) -> str:
    """Return where the provider sends the browser back to, as it is registered there."""
    return f"{context.public_address or str(request.base_url).rstrip('/')}/oidc/callback"
