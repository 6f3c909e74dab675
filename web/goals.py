"""A person's goals in own words: written, changed, closed with a way back, opened again."""

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from domain.errors import InvalidInput
from services.own_goals import add_goal, change_goal, close_goal, reopen_goal
from web.access import Running, SignedIn
from web.goals_page import ADDRESS, Refused, goals_page
from web.pages import text
from web.plain_text import readable

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
Words = Annotated[str, Form(alias="text")]


@router.get(ADDRESS)
def goals(request: Request, person: SignedIn, context: Running, closed: str = "") -> HTMLResponse:
    return goals_page(request, person, context, closed=closed)


@router.post(ADDRESS, response_model=None)
def add(request: Request, person: SignedIn, context: Running, words: Words = "") -> HTMLResponse | RedirectResponse:
    try:
        add_goal(context, person.id, words)
    except InvalidInput as error:
        return goals_page(request, person, context, refused=_refused(request, "", words, error))
    return RedirectResponse(ADDRESS, status_code=303)


@router.post(f"{ADDRESS}/{{goal_id}}/change", response_model=None)
def change(
    request: Request, person: SignedIn, context: Running, goal_id: str, words: Words = ""
) -> HTMLResponse | RedirectResponse:
    try:
        change_goal(context, person.id, goal_id, words)
    except InvalidInput as error:
        return goals_page(request, person, context, refused=_refused(request, goal_id, words, error))
    return RedirectResponse(ADDRESS, status_code=303)


@router.post(f"{ADDRESS}/{{goal_id}}/close")
def close(person: SignedIn, context: Running, goal_id: str) -> RedirectResponse:
    close_goal(context, person.id, goal_id)
    return RedirectResponse(f"{ADDRESS}?closed={quote(goal_id, safe='')}", status_code=303)


@router.post(f"{ADDRESS}/{{goal_id}}/reopen")
def reopen(person: SignedIn, context: Running, goal_id: str) -> RedirectResponse:
    reopen_goal(context, person.id, goal_id)
    return RedirectResponse(ADDRESS, status_code=303)


def _refused(request: Request, goal_id: str, words: str, error: InvalidInput) -> Refused:
    """Return the goal that was not kept, as typed, with what to change."""
    if "at most" in error.rule:
        message = text(request, "This is longer than 4,000 characters. Keep what matters most.")
    elif "plain text" in error.rule:
        message = text(request, "Some of these characters are not text. Type the sentence again.")
    else:
        message = text(request, "Write a sentence or two about what you want to get better at.")
    return Refused(goal_id, readable(words), message)
