"""A language model and one's sessions: whether it writes, what it saw, whether one lets it."""

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from services.draft_agenda import ask_model_for
from services.model_policy import has_consented, set_consent
from services.model_view import calls_seen, model_state
from services.own_sessions import own_agenda
from web.access import Running, SignedIn
from web.pages import language_of, render

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
CONSENT = "/language-model"


@router.get("/sessions/{session_id}/agenda/model")
def seen(request: Request, person: SignedIn, context: Running, session_id: str) -> HTMLResponse:
    calls = calls_seen(context, person, session_id)
    return render(request, "agenda_model.html", session_id=session_id, calls=calls)


@router.get("/sessions/{session_id}/agenda/model/state")
def state(request: Request, person: SignedIn, context: Running, session_id: str, version: int) -> HTMLResponse:
    """Return the notice above an agenda that a page shows in this version: still writing, or done."""
    language = language_of(request, person)
    _, stored = own_agenda(context, person, session_id, language)
    values: dict[str, Any] = {"session_id": session_id, "version": version, "is_new": stored.version != version}
    is_writing = model_state(context, person, stored).is_writing
    return render(request, "_model_writing.html" if is_writing else "_model_done.html", **values)


@router.get(CONSENT)
def consent(request: Request, person: SignedIn, context: Running) -> HTMLResponse:
    model = context.model
    values: dict[str, Any] = {"name": model.name if model else "", "is_local": model.is_local if model else True}
    return render(request, "language_model.html", agrees=has_consented(context, person.id), **values)


@router.post(CONSENT)
def agree(person: SignedIn, context: Running, agrees: Annotated[bool, Form()] = False) -> RedirectResponse:
    set_consent(context, person.id, agrees=agrees)
    if agrees:
        ask_model_for(context, person.id)
    return RedirectResponse(CONSENT, status_code=303)
