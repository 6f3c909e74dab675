"""HR's page of company words: terms that only this company uses, and what they mean."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from domain.errors import InvalidInput
from domain.words import MAX_MEANING_CHARACTERS, MAX_TERM_CHARACTERS
from services.company_words import add_company_word, remove_company_word, words_page
from services.context import Context
from services.index import refresh_index
from web.access import Hr, Running
from web.pages import render, text
from web.plain_text import PlainText

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
ADDRESS = "/catalog/words"
Typed = Annotated[PlainText, Form()]


@router.get(ADDRESS)
def words(request: Request, person: Hr, context: Running) -> HTMLResponse:
    return _page(request, context)


@router.post(ADDRESS, response_model=None)
def add(
    request: Request, person: Hr, context: Running, term: Typed = "", meaning: Typed = ""
) -> HTMLResponse | RedirectResponse:
    try:
        add_company_word(context.engine, term, meaning)
    except InvalidInput as error:
        return _page(request, context, term, meaning, error)
    return RedirectResponse(ADDRESS, status_code=303)


@router.post(f"{ADDRESS}/remove")
def remove(person: Hr, context: Running, term: Typed = "") -> RedirectResponse:
    remove_company_word(context.engine, term)
    return RedirectResponse(ADDRESS, status_code=303)


@router.post(f"{ADDRESS}/use")
def use(person: Hr, context: Running) -> RedirectResponse:
    """Refresh the index now; only texts that hold a changed word are embedded again."""
    refresh_index(context)
    return RedirectResponse(ADDRESS, status_code=303)


def _page(
    request: Request, context: Context, term: str = "", meaning: str = "", error: InvalidInput | None = None
) -> HTMLResponse:
    return render(
        request,
        "words.html",
        status=422 if error else 200,
        page=words_page(context.engine, context.encoder.id),
        term=term,
        meaning=meaning,
        wrong=error.name if error else "",
        advice=_what_to_change(request, error) if error else "",
    )


def _what_to_change(request: Request, error: InvalidInput) -> str:
    if "lead back" in error.rule:
        message = text(request, "The meanings lead round in a circle: %(circle)s. Say one of them in plain words.")
        return message % {"circle": error.got}
    if "at most" in error.rule:
        longest = MAX_TERM_CHARACTERS if error.name == "term" else MAX_MEANING_CHARACTERS
        return text(request, "At most %(longest)s characters fit here. Shorten it.") % {"longest": longest}
    if error.name == "term":
        return text(request, "Write the word as people type it.")
    return text(request, "Write what it means, in plain words.")
