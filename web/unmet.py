"""HR's page of unmet needs: what several people ask for and no topic meets, each with a draft to approve or reject."""

from contextlib import suppress
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import BaseModel

from domain.errors import NotFound, TopicRejected
from domain.language import LocalText, LocalTexts
from domain.topics import Stage
from services.approve_topic import Lack, TopicFields, approve_draft, reject_draft
from services.context import Context
from services.topic_drafts import look_again
from services.unmet_page import unmet_page
from web.access import Hr, Running
from web.language import later
from web.pages import render, text
from web.plain_text import PlainText

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
ADDRESS = "/hr/unmet"
STAGES = {
    Stage.GOAL: later("Questions on the aim"),
    Stage.REALITY: later("Questions on how things are"),
    Stage.OPTIONS: later("Questions on what could be done"),
    Stage.WILL: later("Questions on what will be done"),
}
_WHAT_TO_DO = {
    Lack.SLUG: later("Use small Latin letters, digits and single dashes: garage-places. At most 60 characters."),
    Lack.TAKEN: later("A topic of the catalog has this name already. Choose another."),
    Lack.AREA: later("Choose the area where people will look for it."),
    Lack.EMPTY: later("This must not be empty."),
    Lack.LONG: later("This is too long: at most 600 characters a text."),
    Lack.PHRASES: later("Write at least three sentences, each on its own line."),
    Lack.QUESTIONS: later("Write at least two questions, each on its own line."),
    Lack.STEPS: later("Write at least one step."),
    Lack.ALIAS: later("Another topic is called this already. Take it out, or write it in another way."),
}


class TopicForm(BaseModel):
    """The form as it was sent; lists are lines."""

    id: PlainText = ""
    area: PlainText = ""
    title_en: PlainText = ""
    title_ru: PlainText = ""
    summary_en: PlainText = ""
    summary_ru: PlainText = ""
    aliases_en: PlainText = ""
    aliases_ru: PlainText = ""
    phrases_en: PlainText = ""
    phrases_ru: PlainText = ""
    questions_goal_en: PlainText = ""
    questions_goal_ru: PlainText = ""
    questions_reality_en: PlainText = ""
    questions_reality_ru: PlainText = ""
    questions_options_en: PlainText = ""
    questions_options_ru: PlainText = ""
    questions_will_en: PlainText = ""
    questions_will_ru: PlainText = ""
    next_steps_en: PlainText = ""
    next_steps_ru: PlainText = ""

    def fields(self) -> TopicFields:
        """Return what was written, without white space around it."""
        return TopicFields(
            id=self.id.strip(),
            area=self.area,
            title=self._text("title"),
            summary=self._text("summary"),
            aliases=self._lines("aliases"),
            phrases=self._lines("phrases"),
            questions={stage: self._lines(f"questions_{stage}") for stage in Stage},
            next_steps=self._lines("next_steps"),
        )

    def _text(self, name: str) -> LocalText:
        return LocalText(*(" ".join(str(getattr(self, f"{name}_{code}")).split()) for code in ("en", "ru")))

    def _lines(self, name: str) -> LocalTexts:
        both = (str(getattr(self, f"{name}_{code}")).splitlines() for code in ("en", "ru"))
        return LocalTexts(*(tuple(line.strip() for line in lines if line.strip()) for lines in both))


@router.get(ADDRESS)
def unmet(request: Request, person: Hr, context: Running, added: PlainText = "") -> HTMLResponse:
    return _page(request, context, added=added)


@router.post(f"{ADDRESS}/look")
def look(person: Hr, context: Running) -> RedirectResponse:
    look_again(context)
    return RedirectResponse(ADDRESS, status_code=303)


@router.post(f"{ADDRESS}/{{draft_id}}/approve", response_model=None)
def approve(
    request: Request, person: Hr, context: Running, draft_id: PlainText, form: Annotated[TopicForm, Form()]
) -> HTMLResponse | RedirectResponse:
    try:
        topic = approve_draft(context, draft_id, form.fields(), person.id)
    except TopicRejected as rejected:
        return _page(request, context, typed=(draft_id, form.fields()), rejected=rejected)
    except NotFound:  # somebody else was quicker: the page shows what is left
        return RedirectResponse(ADDRESS, status_code=303)
    return RedirectResponse(f"{ADDRESS}?added={quote(topic.id)}", status_code=303)


@router.post(f"{ADDRESS}/{{draft_id}}/reject")
def reject(person: Hr, context: Running, draft_id: PlainText) -> RedirectResponse:
    with suppress(NotFound):
        reject_draft(context, draft_id, person.id)
    return RedirectResponse(ADDRESS, status_code=303)


def _page(
    request: Request,
    context: Context,
    added: str = "",
    typed: tuple[str, TopicFields] | None = None,
    rejected: TopicRejected | None = None,
) -> HTMLResponse:
    problems = rejected.problems if rejected else {}
    return render(
        request,
        "unmet.html",
        status=422 if rejected else 200,
        page=unmet_page(context, added),
        typed=typed[1] if typed else None,
        typed_id=typed[0] if typed else "",
        errors={place: text(request, _WHAT_TO_DO[Lack(lack)]) for place, lack in problems.items()},
        stages=STAGES,
    )
