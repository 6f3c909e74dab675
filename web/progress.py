"""A person's own progress: skills over time, topics before and after, steps, sessions held; no comparison, no score."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from domain.language import Language
from domain.people import MAX_LEVEL
from recommender.reason_words import level_name
from services.progress import SkillLine, progress_of
from web.access import Running, SignedIn
from web.level_charts import level_line
from web.pages import language_of, render, text

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)


@router.get("/progress")
def progress(request: Request, person: SignedIn, context: Running) -> HTMLResponse:
    language = language_of(request, person)
    found = progress_of(context, person, language)
    now = context.clock()
    grown = [line for line in found.skills if len(line.changes) > 1]
    lines: dict[str, Any] = {
        line.skill.id: level_line(_title(request, line, language), [(one.at, one.level) for one in line.changes], now)
        for line in grown
    }
    levels = [level_name(level, language) for level in range(MAX_LEVEL + 1)]
    same = [line for line in found.skills if len(line.changes) <= 1]
    return render(request, "progress.html", found=found, grown=grown, same=same, lines=lines, levels=levels)


def _title(request: Request, line: SkillLine, language: Language) -> str:
    first, last = (level_name(level, language) for level in (line.changes[0].level, line.level))
    message = text(request, "%(skill)s: from “%(first)s” to “%(last)s”")
    return message % {"skill": line.skill.name.get(language), "first": first, "last": last}
