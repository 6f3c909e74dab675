"""Coming in and going out: a personal link, or in the demo a picker of people."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from domain.errors import NotFound
from domain.people import Person, Role
from domain.sessions import SessionStatus
from services.access import redeem_sign_in_token
from store import unit_of_work
from web.access import Running, person_or_none
from web.pages import render, text
from web.plain_text import PlainText

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
SHOWN_PER_GROUP = 3


@router.get("/sign-in", response_model=None)
def sign_in_page(request: Request, context: Running) -> HTMLResponse | RedirectResponse:
    if person_or_none(request):
        return RedirectResponse("/", status_code=303)
    if not request.app.state.is_demo:
        return render(request, "sign_in.html", token="", is_stale=False)
    with unit_of_work(context.engine) as store:
        people = store.people.list()
        has_goal = {goal.person_id for goal in store.goals.all_open()}
        booked = [session for session in store.sessions.list() if session.status is SessionStatus.BOOKED]
    with_session = {person_id for session in booked for person_id in (session.mentor_id, *session.mentee_ids)}
    first = sorted(people, key=lambda person: person.id not in with_session)  # there is more to see with a session
    everybody = sorted(people, key=lambda person: (person.name, person.id))
    return render(request, "picker.html", groups=_groups(request, first, has_goal), everybody=everybody)


@router.post("/demo/person")
def sign_in_demo(request: Request, context: Running, person: Annotated[PlainText, Form()]) -> RedirectResponse:
    if not request.app.state.is_demo:
        raise NotFound("page", "this address")
    with unit_of_work(context.engine) as store:
        picked = store.people.get(person)
    if not picked.is_active:
        raise NotFound("person", person)
    return _entered(request, picked)


@router.get("/sign-in/{token}")
def show_link(request: Request, token: str) -> HTMLResponse:
    return render(request, "sign_in.html", token=token, is_stale=False)


@router.post("/sign-in/{token}", response_model=None)
def use_link(request: Request, context: Running, token: str) -> HTMLResponse | RedirectResponse:
    person = redeem_sign_in_token(context.engine, token, context.clock())
    if person is None:
        return render(request, "sign_in.html", status=403, token="", is_stale=True)
    return _entered(request, person)


@router.post("/sign-out")
def sign_out(request: Request) -> RedirectResponse:
    response = RedirectResponse("/sign-in", status_code=303)
    request.app.state.logins.sign_out(response)
    return response


def _entered(request: Request, person: Person) -> RedirectResponse:
    response = RedirectResponse("/", status_code=303)
    request.app.state.logins.sign_in(response, person.id)
    return response


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
