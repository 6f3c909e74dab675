"""The page of a person's goals, skills and target role, whichever of its forms was sent."""

from dataclasses import dataclass
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse

from domain.language import Language
from domain.people import MAX_LEVEL, Person
from recommender.reason_words import level_name
from services.context import Context
from services.own_goals import own_goals
from services.own_skills import OwnSkills, find_skills, own_skills, skill_of
from web.level_charts import GapMark, gap_chart
from web.pages import language_of, render, text, text_of_count

ADDRESS = "/goals"


@dataclass(frozen=True, slots=True)
class Refused:
    """A goal that was not kept: under which id, "" for a new one, the text as typed, and what to change."""

    goal_id: str
    typed: str
    error: str


@dataclass(frozen=True, slots=True)
class Removed:
    """A skill taken off the list just now, and the level 0-4 that it had."""

    skill_id: str
    level: int


def goals_page(
    request: Request,
    person: Person,
    context: Context,
    *,
    closed: str = "",
    removed: Removed | None = None,
    sought: str | None = None,
    refused: Refused | None = None,
) -> HTMLResponse:
    """Return the page; `closed` and `removed` can be undone on it, `sought` is the skill looked for."""
    language = language_of(request, person)
    opened, done = own_goals(context, person.id)
    skills = own_skills(context, person, language)
    held = {skill.id for skill, _ in skills.held}
    values: dict[str, Any] = {
        "open_goals": opened,
        "closed_goals": done,
        "just_closed": next((goal for goal in done if goal.id == closed), None),
        "skills": skills,
        "removed": removed,
        "removed_skill": skill_of(context, removed.skill_id) if removed and removed.skill_id not in held else None,
        "levels": [level_name(level, language) for level in range(MAX_LEVEL + 1)],
        "sought": sought,
        "found": find_skills(context, sought or "", held),
        "refused": refused,
    }
    status = 422 if refused else 200
    return render(request, "goals.html", status=status, **values, **_gaps(request, skills, language))


def _gaps(request: Request, skills: OwnSkills, language: Language) -> dict[str, Any]:
    """Return the gaps towards the target role: the message, and the drawing that carries it as its title."""
    if skills.target is None or not skills.required:
        return {"gaps_title": "", "chart": ""}
    open_rows = sum(row.held < row.wanted for row in skills.required)
    many = text_of_count(
        request,
        "%(role)s: %(count)s of %(all)s skills is still to grow",
        "%(role)s: %(count)s of %(all)s skills are still to grow",
        open_rows,
    )
    title = many if open_rows else text(request, "%(role)s: you hold all %(all)s skills at the level it asks for")
    named = {"role": skills.target.title.get(language), "count": open_rows, "all": len(skills.required)}
    words = text(request, "%(held)s of %(wanted)s")
    marks = [
        GapMark(row.skill.name.get(language), row.held, row.wanted, words % {"held": row.held, "wanted": row.wanted})
        for row in skills.required
    ]
    return {"gaps_title": title % named, "chart": gap_chart(title % named, marks)}
