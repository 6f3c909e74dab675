"""A person's page about their own calendar: what is read and written, connecting it, letting it go."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from domain.calendars import CalendarKind
from domain.errors import InvalidInput, NotReady
from integrations.calendar import CalendarFailed
from services.calendar_page import calendar_page
from services.connect_calendar import connect_caldav, disconnect
from web.access import Running, SignedIn
from web.language import later
from web.pages import render, text
from web.plain_text import PlainText

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
ADDRESS = "/calendar"
Typed = Annotated[PlainText, Form()]

WRONG = {
    "address": later("This is no address of a server that is allowed here."),
    "account": later("Write the name you sign in with there."),
    "password": later("Write the app password."),
}
_NO_ENTRY = later("The server does not accept this name and password. Many want an app password, made just for this.")
_NOTHING_THERE = later("There is no calendar at this address. Your calendar’s settings show it, under CalDAV.")
_TOO_MUCH = later("This calendar holds more than can be read. Connect another one.")
_NO_ANSWER = later("The server does not answer as it should. Check the address, or try again in a few minutes.")
FAILED = {
    "caldav.401": ("password", _NO_ENTRY),
    "caldav.403": ("password", _NO_ENTRY),
    "caldav.404": ("address", _NOTHING_THERE),
    "caldav.405": ("address", _NOTHING_THERE),
    "caldav.no_calendar": ("address", _NOTHING_THERE),
    "caldav.not_xml": ("address", _NOTHING_THERE),
    "caldav.other_host": ("address", _NOTHING_THERE),
    "caldav.refused_host": ("address", WRONG["address"]),
    "caldav.too_large": ("address", _TOO_MUCH),
    "calendar.too_many": ("address", _TOO_MUCH),
}


@router.get(ADDRESS)
def calendar(request: Request, person: SignedIn, context: Running, left: str = "") -> HTMLResponse:
    page = calendar_page(context, person.id)
    typed = {"address": page.only_address, "account": ""}
    if page.connection and page.connection.kind is CalendarKind.CALDAV:
        typed = {"address": page.connection.calendar, "account": page.connection.account}
    return render(request, "calendar.html", page=page, typed=typed, wrong={}, is_something_left=left == "1")


@router.post(f"{ADDRESS}/caldav", response_model=None)
def connect(
    request: Request,
    person: SignedIn,
    context: Running,
    address: Typed = "",
    account: Typed = "",
    password: Typed = "",
) -> HTMLResponse | RedirectResponse:
    try:
        connect_caldav(context, person, address, account, password)
    except (InvalidInput, CalendarFailed, NotReady) as fault:
        field, message = _told(fault)
        typed, wrong = {"address": address, "account": account}, {field: text(request, message)}
        page = calendar_page(context, person.id)
        shown = {"page": page, "typed": typed, "wrong": wrong, "is_something_left": False}
        return render(request, "calendar.html", status=422, **shown)
    return RedirectResponse(ADDRESS, status_code=303)


@router.post(f"{ADDRESS}/disconnect")
def let_go(person: SignedIn, context: Running) -> RedirectResponse:
    left = disconnect(context, person)
    return RedirectResponse(f"{ADDRESS}?left=1" if left else ADDRESS, status_code=303)


def _told(fault: InvalidInput | CalendarFailed | NotReady) -> tuple[str, str]:
    """Return the field that is wrong and what to say beside it."""
    if isinstance(fault, InvalidInput):
        return (fault.name, WRONG[fault.name]) if fault.name in WRONG else ("address", WRONG["address"])
    code = fault.code if isinstance(fault, CalendarFailed) else ""
    return FAILED.get(code, ("address", _NO_ANSWER))
