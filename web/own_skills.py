"""Forms of the page of goals: a skill's level, a skill looked for, added or taken off, the target role."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from domain.people import MAX_LEVEL
from services.own_skills import choose_role, remove_skill, set_level
from web.access import Running, SignedIn
from web.goals_page import ADDRESS, Removed, goals_page
from web.plain_text import PlainText

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
SKILLS = f"{ADDRESS}/skills"
Key = Annotated[PlainText, Form()]


@router.get(SKILLS)
def skills(
    request: Request,
    person: SignedIn,
    context: Running,
    removed: str = "",
    level: Annotated[int, Query(ge=0, le=MAX_LEVEL)] = 0,
) -> HTMLResponse:
    return goals_page(request, person, context, removed=Removed(removed, level) if removed else None)


@router.post(SKILLS)
def set_skill(
    person: SignedIn, context: Running, skill: Key, level: Annotated[int, Form(ge=0, le=MAX_LEVEL)]
) -> RedirectResponse:
    set_level(context, person.id, skill, level)
    return RedirectResponse(f"{ADDRESS}#skills", status_code=303)


@router.post(f"{SKILLS}/remove")
def remove(person: SignedIn, context: Running, skill: Key) -> RedirectResponse:
    level = remove_skill(context, person.id, skill)
    undo = f"{SKILLS}?{urlencode({'removed': skill, 'level': level})}" if level is not None else ADDRESS
    return RedirectResponse(f"{undo}#skills", status_code=303)


@router.post(f"{SKILLS}/find")
def find(request: Request, person: SignedIn, context: Running, name: Key = "") -> HTMLResponse:
    return goals_page(request, person, context, sought=name)


@router.post(f"{ADDRESS}/role")
def choose(person: SignedIn, context: Running, role: Key = "") -> RedirectResponse:
    choose_role(context, person, role)
    return RedirectResponse(f"{ADDRESS}#target", status_code=303)
