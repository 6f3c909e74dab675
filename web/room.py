"""The room of a session: its parts as time goes by, notes that are kept while one types, and the end of it."""

from collections import defaultdict
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse

from domain.errors import InvalidInput, NotFound, NotNow
from domain.people import Format, Person
from domain.session_talk import MAX_NOTE_CHARACTERS, MAX_STEP_CHARACTERS
from services.booking.desk import Asked
from services.context import Context
from services.room import Kept, TypedNote, close_room, keep_note, room_page, shared_notes
from services.session_page import session_page
from web.access import Running, SignedIn
from web.booking import Key, new_key
from web.pages import language_of, render, text
from web.plain_text import readable
from web.step_form import StepForm, Words, read_step, shown_step, step_form

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
ADDRESS = "/sessions/{session_id}/room"
Page = HTMLResponse | RedirectResponse


@router.get(ADDRESS, response_model=None)
def room(request: Request, person: SignedIn, context: Running, session_id: str) -> Page:
    session = session_page(context, person, session_id).session
    if session.format is Format.CHAT:
        return RedirectResponse(f"{_place(session_id)}/chat", status_code=303)
    try:
        return _room(request, person, context, session_id)
    except NotFound:  # nothing is booked: the page of the session says how it stands
        return RedirectResponse(_place(session_id), status_code=303)


@router.get(f"{ADDRESS}/shared")
def shared(request: Request, person: SignedIn, context: Running, session_id: str) -> HTMLResponse:
    notes = shared_notes(context, person, session_id, language_of(request, person))
    return render(request, "_shared_notes.html", shared=notes, session_id=session_id)


@router.post(f"{ADDRESS}/notes", response_model=None)
def note(
    request: Request,
    person: SignedIn,
    context: Running,
    session_id: str,
    section: Annotated[bool, Form(alias="shared")],
    seen: Annotated[int, Form(ge=0)],
    words: Annotated[str, Form(alias="text")] = "",
) -> Page | JSONResponse:
    """Keep a note; a script is answered with the revision, and with the other window's text where there is one."""
    is_script = request.headers.get("accept") == "application/json"
    try:
        kept = keep_note(context, person, session_id, TypedNote(words, section, seen))
    except InvalidInput:
        error = text(request, "Not kept: this is longer than 20,000 characters, or holds what is not text.")
        return _refused_note(request, person, context, session_id, is_script, section, words, error, 422)
    except NotNow:
        error = text(request, "Not kept: this session was called off.")
        return _refused_note(request, person, context, session_id, is_script, section, words, error, 410)
    if is_script:
        answer = {"revision": kept.note.revision, "text": kept.note.text}
        return JSONResponse(answer, status_code=200 if kept.is_typed else 409)
    if kept.is_typed:
        return RedirectResponse(f"{_place(session_id)}/room#notes", status_code=303)
    error = text(request, "Another window had kept something else. Both stand here: put them in order, then save.")
    both = _both(kept, words)
    return _room(request, person, context, session_id, status=409, notes={section: both}, errors={f"{section}": error})


@router.post(f"{ADDRESS}/done", response_model=None)
def done(
    request: Request,
    person: SignedIn,
    context: Running,
    session_id: str,
    form: Annotated[StepForm, Depends(step_form)],
    last_words: Words = "",
    key: Key = "",
) -> Page:
    read = read_step(request, context, person, form, is_needed=True)
    typed: dict[str, Any] = {"form": form, "last_words": last_words}
    if read.errors:
        return _room(request, person, context, session_id, status=422, errors=read.errors, **typed)
    asked = Asked(person.id, key, {"done": session_id, "step": form.step, "due": form.due, "words": last_words})
    try:
        close_room(context, person, session_id, asked, read.step, form.seen, last_words)
    except InvalidInput:
        error = text(request, "Not kept: this is longer than 20,000 characters, or holds what is not text.")
        return _room(request, person, context, session_id, status=422, errors={"last_words": error}, **typed)
    except NotNow:
        return _moved_on(request, person, context, session_id, typed)
    return RedirectResponse(f"{_place(session_id)}/feedback", status_code=303)


def _moved_on(
    request: Request, person: Person, context: Context, session_id: str, typed: dict[str, Any]
) -> HTMLResponse:
    """Show what stands there now beside what was typed; sent again, the typed step counts."""
    now = session_page(context, person, session_id).session
    if now.next_step:
        error = text(request, "Meanwhile this step was kept: “%(step)s”. Yours stands here; send it to replace it.")
        error %= {"step": now.next_step}
    else:
        error = text(request, "The session has not begun yet, or was called off. Look at its page.")
    form: StepForm = typed["form"]
    again = typed | {"form": StepForm(form.step, form.due, now.next_step)}
    return _room(request, person, context, session_id, status=409, errors={"step": error}, **again)


def _refused_note(
    request: Request,
    person: Person,
    context: Context,
    session_id: str,
    is_script: bool,
    section: bool,
    words: str,
    error: str,
    status: int,
) -> Page | JSONResponse:
    if is_script:
        return JSONResponse({"error": error}, status_code=status)
    typed = {section: (readable(words), -1)}
    return _room(request, person, context, session_id, status=status, notes=typed, errors={f"{section}": error})


def _both(kept: Kept, words: str) -> tuple[str, int]:
    """Return the text of both windows, and the revision that the next attempt has seen."""
    return f"{kept.note.text}\n\n{words}", kept.note.revision


def _room(
    request: Request,
    person: Person,
    context: Context,
    session_id: str,
    *,
    status: int = 200,
    errors: dict[str, str] | None = None,
    notes: dict[bool, tuple[str, int]] | None = None,
    form: StepForm | None = None,
    last_words: str = "",
) -> HTMLResponse:
    """Return the page; `notes` are (text, revision seen, -1 for that of the store) of sections that were not kept."""
    page = room_page(context, person, session_id, language_of(request, person))
    shown = {is_shared: (note.text, note.revision) for is_shared, note in page.own.items()}
    for is_shared, (words, seen) in (notes or {}).items():
        shown[is_shared] = (words, seen if seen >= 0 else shown.get(is_shared, ("", 0))[1])
    values: dict[str, Any] = {
        "page": page,
        "session_id": session_id,
        "notes": {is_shared: shown.get(is_shared, ("", 0)) for is_shared in (True, False)},
        "shared": page.shared,
        "form": form or shown_step(page.step, page.session.next_step),
        "last_words": last_words,
        "errors": defaultdict(str, errors or {}),
        "key": new_key(),
        "longest": MAX_NOTE_CHARACTERS,
        "longest_step": MAX_STEP_CHARACTERS,
    }
    return render(request, "room.html", status=status, **values)


def _place(session_id: str) -> str:
    return f"/sessions/{quote(session_id, safe='')}"
