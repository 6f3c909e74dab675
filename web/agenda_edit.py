"""An agenda in one's own words: the form, its answer, all versions, and an earlier one once more."""

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from domain.agendas import StoredAgenda
from domain.errors import AgendaChanged, EditRejected
from domain.language import Language
from domain.people import Person
from prep import EditedSegment, EditedTexts, Gate, editable_texts
from services.context import Context
from services.edit_agenda import agenda_version, agenda_versions, keep_edit, restore_version
from services.own_sessions import own_agenda
from web.access import Running, SignedIn
from web.agendas import agenda_page
from web.language import later
from web.pages import language_of, render, text
from web.plain_text import PlainText

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
Words = Annotated[PlainText, Form()]
Several = Annotated[list[PlainText], Form()]
_WHAT_TO_CHANGE = {
    Gate.SCHEMA: later("This must not be empty."),
    Gate.MARKUP: later("Links, addresses and formatting cannot stand here. Write it as plain words."),
    Gate.INVISIBLE: later("Some of these characters are not text. Type it again."),
    Gate.SIZE: later("This is too much for one session: keep it under 12 questions and 6,000 characters."),
}
_NEWER = later("A newer version came while you wrote. Your words stand here: compare, then keep.")
_EMPTY = later("No text may be empty, and at least one question must stay.")


def typed_texts(
    outcome: Words = "",
    next_step: Words = "",
    titles: Several = [],  # noqa: B006 - read only
    notes: Several = [],  # noqa: B006
    questions: Several = [],  # noqa: B006
) -> EditedTexts:
    """Return what the form holds; questions are lines."""
    parts = zip(titles, notes, questions, strict=False)
    segments = (EditedSegment(title, note, tuple(asked.splitlines())) for title, note, asked in parts)
    return EditedTexts(outcome, tuple(segments), next_step)


Typed = Annotated[EditedTexts, Depends(typed_texts)]


@router.get("/sessions/{session_id}/agenda/edit")
def edit(request: Request, person: SignedIn, context: Running, session_id: str) -> HTMLResponse:
    _, stored = own_agenda(context, person, session_id, language_of(request, person))
    return _form(request, stored, session_id, editable_texts(stored.agenda))


@router.post("/sessions/{session_id}/agenda/edit", response_model=None)
def keep(
    request: Request,
    person: SignedIn,
    context: Running,
    session_id: str,
    texts: Typed,
    version: Annotated[int, Form()],
    language: Annotated[Language, Form()],
) -> HTMLResponse | RedirectResponse:
    try:
        keep_edit(context, person, session_id, language, version, texts)
    except EditRejected as rejected:
        return _refused(request, person, context, session_id, texts, _places(request, rejected))
    except AgendaChanged:
        changed = text(
            request, later("A newer version came while you wrote. Your words stand here: compare, then keep.")
        )
        return _refused(request, person, context, session_id, texts, {"agenda": changed}, status=409)
    return _to_agenda(session_id)


@router.get("/sessions/{session_id}/agenda/versions")
def versions(request: Request, person: SignedIn, context: Running, session_id: str) -> HTMLResponse:
    listed = agenda_versions(context, person, session_id)
    return render(request, "agenda_versions.html", session_id=session_id, versions=listed)


@router.get("/sessions/{session_id}/agenda/versions/{number}")
def version(request: Request, person: SignedIn, context: Running, session_id: str, number: int) -> HTMLResponse:
    stored = agenda_version(context, person, session_id, number)
    return agenda_page(request, stored.agenda, "", session_id=session_id, earlier=number)


@router.post("/sessions/{session_id}/agenda/versions/{number}")
def restore(person: SignedIn, context: Running, session_id: str, number: int) -> RedirectResponse:
    restore_version(context, person, session_id, number)
    return _to_agenda(session_id)


def _to_agenda(session_id: str) -> RedirectResponse:
    return RedirectResponse(f"/sessions/{quote(session_id, safe='')}/agenda", status_code=303)


def _refused(
    request: Request,
    person: Person,
    context: Context,
    session_id: str,
    texts: EditedTexts,
    errors: dict[str, str],
    status: int = 422,
) -> HTMLResponse:
    _, stored = own_agenda(context, person, session_id, language_of(request, person))
    return _form(request, stored, session_id, texts, errors, status)


def _form(
    request: Request,
    stored: StoredAgenda,
    session_id: str,
    texts: EditedTexts,
    errors: dict[str, str] | None = None,
    status: int = 200,
) -> HTMLResponse:
    fits = len(texts.segments) == len(stored.agenda.segments)  # not where a newer version has other parts
    shown = texts if fits else editable_texts(stored.agenda)
    values = {"stored": stored, "session_id": session_id, "texts": shown, "errors": errors or {}}
    return render(request, "agenda_edit.html", status=status, **values)


def _places(request: Request, rejected: EditRejected) -> dict[str, str]:
    """Return a sentence by field: `outcome`, `segment 2 note`, `segment 2 questions`, or `agenda` for the whole."""
    found: dict[str, str] = {}
    for gate, place in rejected.problems:
        field = f"{place.partition(' question ')[0]} questions" if " question " in place else place
        message = _EMPTY if place == "agenda" and gate == Gate.SCHEMA else _WHAT_TO_CHANGE[Gate(gate)]
        found.setdefault(field, text(request, message))
    return found
