"""HR's page of unmet needs: what several people ask for and no topic meets, each with a draft to approve or reject."""

from contextlib import suppress
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from domain.errors import NotFound, TopicRejected
from services.approve_topic import approve_draft, reject_draft
from services.context import Context
from services.topic_drafts import look_again
from services.topic_fields import Lack, TopicFields
from services.unmet_page import unmet_page
from web.access import Hr, Running
from web.pages import render, text
from web.plain_text import PlainText
from web.topic_form import STAGES, WHAT_TO_DO, DraftForm

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
ADDRESS = "/hr/unmet"


@router.get(ADDRESS)
def unmet(request: Request, person: Hr, context: Running, added: PlainText = "") -> HTMLResponse:
    return _page(request, context, added=added)


@router.post(f"{ADDRESS}/look")
def look(person: Hr, context: Running) -> RedirectResponse:
    look_again(context)
    return RedirectResponse(ADDRESS, status_code=303)


@router.post(f"{ADDRESS}/{{draft_id}}/approve", response_model=None)
def approve(
    request: Request, person: Hr, context: Running, draft_id: PlainText, form: Annotated[DraftForm, Form()]
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
        errors={place: text(request, WHAT_TO_DO[Lack(lack)]) for place, lack in problems.items()},
        stages=STAGES,
    )
