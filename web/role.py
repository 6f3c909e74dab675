"""The role a person wants, in own words: one field, the skills that such roles need, and those struck out."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from domain.errors import InvalidInput
from domain.language import Language
from domain.people import Person
from domain.suggestions import MAX_GOAL_ROLE_CHARACTERS
from recommender.reason_words import level_name
from services.context import Context
from services.goal_role import GoalRoleView, goal_role_view, put_skill_back, strike_skill, write_goal_role
from web.access import Running, SignedIn
from web.pages import language_of, render, text
from web.plain_text import PlainText, readable

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
ADDRESS = "/role"
SkillId = Annotated[PlainText, Form()]


@dataclass(frozen=True, slots=True)
class SkillRow:
    """A likely skill as a reader sees it: the name, how far people in such roles are, which roles ask for it."""

    id: str
    name: str
    level: str
    roles: str


@router.get(ADDRESS)
def role(request: Request, person: SignedIn, context: Running) -> HTMLResponse:
    return _page(request, person, context)


@router.post(ADDRESS, response_model=None)
def write(
    request: Request, person: SignedIn, context: Running, words: Annotated[str, Form(alias="text")] = ""
) -> HTMLResponse | RedirectResponse:
    try:
        write_goal_role(context, person.id, words)
    except InvalidInput as error:
        kept = readable(words)
        return _page(request, person, context, status=422, typed=kept, error=_what_to_change(request, error))
    return RedirectResponse(ADDRESS, status_code=303)


@router.post(f"{ADDRESS}/strike")
def strike(person: SignedIn, context: Running, skill: SkillId = "") -> RedirectResponse:
    strike_skill(context, person.id, skill)
    return RedirectResponse(ADDRESS, status_code=303)


@router.post(f"{ADDRESS}/put-back")
def put_back(person: SignedIn, context: Running, skill: SkillId = "") -> RedirectResponse:
    put_skill_back(context, person.id, skill)
    return RedirectResponse(ADDRESS, status_code=303)


def role_values(view: GoalRoleView, language: Language) -> dict[str, Any]:
    """Return what a page says about the role: the view, the near roles in one line, a row per likely skill."""
    titles = {key: role.title.get(language) for key, role in view.named.roles.items()}
    rows = [
        SkillRow(
            id=one.skill_id,
            name=view.named.skills[one.skill_id].name.get(language),
            level=level_name(one.level, language),
            roles=", ".join(titles[key] for key in one.role_ids),
        )
        for one in view.named.likely.skills
    ]
    return {"view": view, "near": ", ".join(titles[key] for key in view.named.likely.role_ids), "rows": rows}


def _page(
    request: Request, person: Person, context: Context, *, status: int = 200, typed: str | None = None, error: str = ""
) -> HTMLResponse:
    view = goal_role_view(context, person)
    shown = view.text if typed is None else typed
    values = role_values(view, language_of(request, person))
    return render(request, "role.html", status=status, shown=shown, error=error, **values)


def _what_to_change(request: Request, error: InvalidInput) -> str:
    if "at most" in error.rule:
        message = text(request, "At most %(longest)s characters fit here. Shorten it.")
        return message % {"longest": MAX_GOAL_ROLE_CHARACTERS}
    if "plain text" in error.rule:
        return text(request, "Some of these characters are not text. Type the sentence again.")
    return text(request, "Write which role you want, in a few words.")
