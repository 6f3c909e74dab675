"""Connecting a calendar at Google or Microsoft: to the provider to agree there, and back with a code."""

from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from domain.calendars import CalendarKind
from domain.errors import InvalidInput, NotFound
from integrations.calendar import CalendarFailed
from services.calendar_consent import Consent, begin_consent, finish_consent
from services.context import Context
from web.access import Running, SignedIn
from web.pages import render

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
MAX_CHARACTERS = 4_000


class Provider(StrEnum):
    """At whom a person agrees, as addresses name them."""

    GOOGLE = "google"
    MICROSOFT = "microsoft"


class Why(StrEnum):
    """Why a calendar was not connected."""

    DECLINED = "declined"
    LATE = "late"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"


KINDS = {Provider.GOOGLE: CalendarKind.GOOGLE, Provider.MICROSOFT: CalendarKind.GRAPH}
NAMES = {Provider.GOOGLE: "Google Calendar", Provider.MICROSOFT: "Microsoft 365"}
FromBrowser = Annotated[str, Query(max_length=MAX_CHARACTERS)]


@router.get("/calendar/{provider}/connect")
def connect(request: Request, context: Running, person: SignedIn, provider: str) -> RedirectResponse:
    known = _known(provider)
    to = begin_consent(context, person, KINDS[known], _back(request, context, known))
    return RedirectResponse(to, status_code=303)


@router.get("/calendar/{provider}/callback")
def come_back(
    context: Running,
    person: SignedIn,
    provider: str,
    code: FromBrowser = "",
    state: FromBrowser = "",
    error: FromBrowser = "",
) -> RedirectResponse:
    # a GET that acts, as the standard has it (RFC 6749, 4.1.2): what makes it safe is not the method but the code and
    # the state, each of them good once, soon, and for this person alone
    known = _known(provider)
    if error or not code:
        return _failed(known, Why.DECLINED)
    try:
        finish_consent(context, person, KINDS[known], Consent(code, state))
    except InvalidInput:
        return _failed(known, Why.LATE)
    except CalendarFailed as fault:
        return _failed(known, Why.UNREACHABLE if fault.may_retry else Why.REFUSED)
    return RedirectResponse("/calendar", status_code=303)


@router.get("/calendar/{provider}/failed")
def show_failure(request: Request, context: Running, person: SignedIn, provider: str, why: str = "") -> HTMLResponse:
    known = _known(provider)
    if KINDS[known] not in context.calendar_consents or why not in set(Why):
        raise NotFound("page", "this address")
    return render(request, "calendar_failed.html", provider=known, name=NAMES[known], why=why)


def _known(provider: str) -> Provider:
    if provider not in set(Provider):
        raise NotFound("page", "this address")
    return Provider(provider)


def _back(request: Request, context: Context, provider: Provider) -> str:
    """Return where the provider sends the browser back to, as it is registered there."""
    return f"{context.public_address or str(request.base_url).rstrip('/')}/calendar/{provider}/callback"


def _failed(provider: Provider, why: Why) -> RedirectResponse:
    # to a page of its own: code and state do not stay in the address bar
    return RedirectResponse(f"/calendar/{provider}/failed?why={why}", status_code=303)
