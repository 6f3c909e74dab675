"""Topics and mentors as one types: the same answer as a page and as the part of one; the words are kept nowhere."""

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse

from domain.errors import InvalidInput
from services.suggest import find_for_need
from web.access import Running, SignedIn
from web.need_errors import what_to_change
from web.pages import language_of, render
from web.plain_text import readable

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
ADDRESS = "/search"
TOPICS_FOUND = 3
FEWEST_LETTERS = 3  # with fewer, nothing can be told apart yet


@router.get(ADDRESS)
def form(request: Request, person: SignedIn) -> HTMLResponse:
    return render(request, "search.html", need="", found=None, need_error="")


@router.post(ADDRESS)
def search(
    request: Request, person: SignedIn, context: Running, words: Annotated[str, Form(alias="text")] = ""
) -> HTMLResponse:
    """Return what is found: as a part where a page asks for it while one types, as a page for a form that was sent."""
    is_part = "hx-request" in request.headers
    values: dict[str, Any] = {"need": readable(words), "found": None, "need_error": ""}
    if is_part and sum(character.isalnum() for character in words) < FEWEST_LETTERS:
        return render(request, "_found.html", **values)
    try:
        language = language_of(request, person)
        values["found"] = find_for_need(context, words, person_id=person.id, k=TOPICS_FOUND, language=language)
    except InvalidInput:
        values["need_error"] = what_to_change(request, words)
    status = 422 if values["need_error"] else 200
    return render(request, "_found.html" if is_part else "search.html", status=status, **values)
