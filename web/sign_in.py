"""Coming in and going out: by a link, by mail or from whoever runs the server; in the demo by a picker of people."""

import re
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from domain.errors import NotFound
from domain.people import Person, Role
from domain.sessions import SessionStatus
from services.access import LINK_MINUTES, redeem_sign_in_token
from services.context import Context
from services.logins import hash_of
from services.sign_in_mail import ask_for_link, has_mail
from store import fold_email, unit_of_work
from web.access import Logins, Running, person_or_none
from web.language import later
from web.limits import Limits, check_visitor, visitor_of
from web.pages import render, text
from web.plain_text import PlainText
from web.returning import COOKIE, place_to_return

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False, dependencies=[Depends(check_visitor)])
_LIKE_AN_ADDRESS = re.compile(r"[^@\s]{1,200}@[^@\s]{1,200}")
SHOWN_PER_GROUP = 3


@router.get("/sign-in", response_model=None)
def sign_in_page(request: Request, context: Running, sent: bool = False) -> HTMLResponse | RedirectResponse:
    if person_or_none(request):
        return RedirectResponse("/", status_code=303)
    if request.app.state.is_demo:
        return _picker(request, context)
    return _page(request, context, is_sent=sent)


@router.post("/sign-in", response_model=None)
def send_link(
    request: Request, context: Running, email: Annotated[PlainText, Form()] = ""
) -> HTMLResponse | RedirectResponse:
    if request.app.state.is_demo or not has_mail(context):
        raise NotFound("page", "this address")
    if not _LIKE_AN_ADDRESS.fullmatch(email.strip()):
        fault = text(request, later("Write your whole mail address, such as nora@example.org."))
        return _page(request, context, status=422, typed=email, fault=fault)
    limits: Limits = request.app.state.limits
    limits.links_per_visitor.check(visitor_of(request))
    limits.links_per_address.check(hash_of(fold_email(email)))
    ask_for_link(context, email)
    return RedirectResponse("/sign-in?sent=1", status_code=303)


@router.post("/demo/person")
def sign_in_demo(request: Request, context: Running, person: Annotated[PlainText, Form()]) -> RedirectResponse:
    if not request.app.state.is_demo:
        raise NotFound("page", "this address")
    with unit_of_work(context.engine) as store:
        picked = store.people.get(person)
    if not picked.is_active:
        raise NotFound("person", person)
    return entered(request, picked)


@router.get("/sign-in/{token}")
def show_link(request: Request, token: str) -> HTMLResponse:
    return render(request, "sign_in_link.html", token=token)


@router.post("/sign-in/{token}", response_model=None)
def use_link(request: Request, context: Running, token: str) -> HTMLResponse | RedirectResponse:
    person = redeem_sign_in_token(context.engine, token, context.clock())
    if person is None:
        return _page(request, context, status=403, is_stale=True)
    return entered(request, person)


@router.post("/sign-out")
def sign_out(request: Request) -> RedirectResponse:
    response = RedirectResponse("/sign-in", status_code=303)
    request.app.state.logins.leave(request, response)
    return response


def entered(request: Request, person: Person) -> RedirectResponse:
    """Return the way on, the person signed in anew; a login that the browser had before has ended."""
    response = RedirectResponse(place_to_return(request), status_code=303)
    response.delete_cookie(COOKIE)
    logins: Logins = request.app.state.logins
    logins.sign_out(request, response)
    logins.sign_in(response, person.id)
    return response


def _page(
    request: Request,
    context: Context,
    *,
    status: int = 200,
    typed: str = "",
    fault: str = "",
    is_sent: bool = False,
    is_stale: bool = False,
) -> HTMLResponse:
    said = {"typed": typed, "fault": fault, "is_sent": is_sent, "is_stale": is_stale}
    ways = {"has_mail": has_mail(context), "sign_on": context.sign_on.name if context.sign_on else ""}
    return render(request, "sign_in.html", status=status, minutes=LINK_MINUTES, **said, **ways)


def _picker(request: Request, context: Context) -> HTMLResponse:
    with unit_of_work(context.engine) as store:
        people = store.people.list()
        has_goal = {goal.person_id for goal in store.goals.all_open()}
        booked = [session for session in store.sessions.list() if session.status is SessionStatus.BOOKED]
    with_session = {person_id for session in booked for person_id in (session.mentor_id, *session.mentee_ids)}
    first = sorted(people, key=lambda person: person.id not in with_session)  # there is more to see with a session
    everybody = sorted(people, key=lambda person: (person.name, person.id))
    return render(request, "picker.html", groups=_groups(request, first, has_goal), everybody=everybody)


def _groups(request: Request, people: list[Person], has_goal: set[str]) -> list[tuple[str, list[Person]]]:
    """Return a few people of each kind, mixed by language, for a first look."""
    mentees = [p for p in people if p.id in has_goal and Role.MENTOR not in p.roles and Role.HR not in p.roles]
    kinds = [
        (text(request, "Mentees"), mentees),
        (text(request, "Mentors"), [p for p in people if Role.MENTOR in p.roles]),
        (text(request, "HR"), [p for p in people if Role.HR in p.roles]),
    ]
    return [(title, _mixed(some)) for title, some in kinds if some]


def _mixed(people: list[Person]) -> list[Person]:
    by_locale: dict[str, list[Person]] = {}
    for person in people:
        by_locale.setdefault(person.locale, []).append(person)
    return [person for some in by_locale.values() for person in some[:SHOWN_PER_GROUP]]
