"""A chat consult: what it is about, the thread, and its end."""

from collections import defaultdict
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from domain.errors import InvalidInput, NotNow
from domain.people import Person
from domain.session_talk import MAX_MESSAGE_CHARACTERS, MAX_STEP_CHARACTERS
from domain.transitions import Side
from services.booking.desk import Asked
from services.booking.finish import finish
from services.chat import chat_page, chat_thread, post_message
from services.context import Context
from web.access import Running, SignedIn
from web.booking import Key, new_key
from web.pages import language_of, render, text
from web.plain_text import readable
from web.step_form import StepForm, read_step, shown_step, step_form

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
ADDRESS = "/sessions/{session_id}/chat"


@router.get(ADDRESS)
def chat(request: Request, person: SignedIn, context: Running, session_id: str) -> HTMLResponse:
    return _chat(request, person, context, session_id)


@router.get(f"{ADDRESS}/messages")
def messages(request: Request, person: SignedIn, context: Running, session_id: str) -> HTMLResponse:
    thread = chat_thread(context, person, session_id, language_of(request, person))
    return render(request, "_chat_messages.html", thread=thread, session_id=session_id)


@router.post(ADDRESS, response_model=None)
def post(
    request: Request,
    person: SignedIn,
    context: Running,
    session_id: str,
    words: Annotated[str, Form(alias="text")] = "",
    key: Key = "",
) -> HTMLResponse | RedirectResponse:
    try:
        post_message(context, person, session_id, words, key or new_key())
    except InvalidInput as error:
        typed = readable(words)
        return _chat(request, person, context, session_id, status=422, typed=typed, errors=_words(request, error))
    except NotNow:
        closed = text(request, "The chat is closed, so this was not sent. Your words are still here to copy.")
        typed = readable(words)
        return _chat(request, person, context, session_id, status=409, typed=typed, errors={"text": closed})
    return RedirectResponse(f"{_place(session_id)}/chat#last", status_code=303)


@router.post(f"{ADDRESS}/done", response_model=None)
def done(
    request: Request,
    person: SignedIn,
    context: Running,
    session_id: str,
    form: Annotated[StepForm, Depends(step_form)],
    key: Key = "",
) -> HTMLResponse | RedirectResponse:
    if chat_page(context, person, session_id, language_of(request, person)).page.side is not Side.MENTEE:
        return _chat(request, person, context, session_id, status=409)  # whether it is answered, the mentee says
    read = read_step(request, context, person, form)
    if read.errors:
        return _chat(request, person, context, session_id, status=422, form=form, errors=read.errors)
    asked = Asked(person.id, key, {"done": session_id, "step": form.step, "due": form.due})
    try:
        finish(context, session_id, asked, read.step, form.seen)
    except NotNow:
        error = text(request, "Nothing was changed: the session has moved on meanwhile. This is how it stands now.")
        return _chat(request, person, context, session_id, status=409, errors={"step": error})
    return RedirectResponse(f"{_place(session_id)}/feedback", status_code=303)


def _words(request: Request, error: InvalidInput) -> dict[str, str]:
    if "at most" in error.rule:
        return {"text": text(request, "This is longer than 4,000 characters. Send it in two parts.")}
    if "plain text" in error.rule:
        return {"text": text(request, "Some of these characters are not text. Type the sentence again.")}
    return {"text": text(request, "Write what you want to ask or say.")}


def _chat(
    request: Request,
    person: Person,
    context: Context,
    session_id: str,
    *,
    status: int = 200,
    typed: str = "",
    errors: dict[str, str] | None = None,
    form: StepForm | None = None,
) -> HTMLResponse:
    page = chat_page(context, person, session_id, language_of(request, person))
    values: dict[str, Any] = {
        "page": page,
        "thread": page.thread,
        "session_id": session_id,
        "typed": typed,
        "errors": defaultdict(str, errors or {}),
        "form": form or shown_step(page.step, page.session.next_step),
        "key": new_key(),
        "now": context.clock(),
        "longest": MAX_MESSAGE_CHARACTERS,
        "longest_step": MAX_STEP_CHARACTERS,
    }
    return render(request, "chat.html", status=status, **values)


def _place(session_id: str) -> str:
    return f"/sessions/{quote(session_id, safe='')}"
