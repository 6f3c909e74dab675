"""A person's own access: the browsers in which they are signed in, and tokens for their programs."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from domain.errors import InvalidInput
from domain.people import Person
from services.api_tokens import MAX_DAYS, MAX_NAME_CHARACTERS, make_api_token, remove_api_token, tokens_of
from services.logins import end_all_logins, hash_of, logins_of
from web.access import Logins, Running, SignedIn
from web.language import later
from web.pages import render, text
from web.plain_text import PlainText

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
ADDRESS = "/tokens"
DEFAULT_DAYS = 90
DAYS = (30, DEFAULT_DAYS, 180, MAX_DAYS)
_FAULTS = {
    "name": later("Give it a name of up to 60 characters, so that you know it again."),
    "days": later("Choose how long it is good for."),
    "tokens": later("You have 20 tokens already. Delete one that is not needed any more."),
}


@dataclass(frozen=True, slots=True)
class Typed:
    """What the form holds, and which of its fields is wrong."""

    name: str = ""
    days: int = DEFAULT_DAYS
    fault: str = ""
    at: str = ""


@router.get(ADDRESS)
def tokens(request: Request, person: SignedIn, context: Running) -> HTMLResponse:
    return _page(request, context, person, Typed())


@router.post(ADDRESS)
def make_token(
    request: Request,
    person: SignedIn,
    context: Running,
    name: Annotated[PlainText, Form()] = "",
    days: Annotated[int, Form()] = DEFAULT_DAYS,
) -> HTMLResponse:
    try:
        made = make_api_token(context, person, name, days)
    except InvalidInput as error:
        typed = Typed(name, days, text(request, _FAULTS[error.name]), error.name)
        return _page(request, context, person, typed, status=422)
    # shown in this very answer: a token in an address, a cookie or the store could be read once more
    return _page(request, context, person, Typed(), made=made)


@router.post(f"{ADDRESS}/{{token_id}}/remove")
def remove_token(person: SignedIn, context: Running, token_id: str) -> RedirectResponse:
    remove_api_token(context, person.id, token_id)
    return RedirectResponse(ADDRESS, status_code=303)


@router.post("/sign-out/everywhere")
def sign_out_everywhere(request: Request, person: SignedIn, context: Running) -> RedirectResponse:
    end_all_logins(context, person.id)
    response = RedirectResponse("/sign-in", status_code=303)
    logins: Logins = request.app.state.logins
    logins.leave(request, response)
    return response


def _page(
    request: Request, context: Running, person: Person, typed: Typed, *, status: int = 200, made: str = ""
) -> HTMLResponse:
    logins: Logins = request.app.state.logins
    return render(
        request,
        "tokens.html",
        status=status,
        tokens=tokens_of(context, person.id),
        logins=logins_of(context, person.id, logins.terms),
        this=hash_of(logins.token(request)),
        typed=typed,
        made=made,
        now=context.clock(),
        days=DAYS,
        longest=MAX_NAME_CHARACTERS,
    )
