"""HR's page of preparation: what agendas may rest on, and the language model's prompt and budget."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from domain.agendas import FactKind
from services.preparation_page import allow_facts, preparation_page, publish_prompt, take_prompt_back
from web.access import Hr, Running
from web.pages import render
from web.plain_text import PlainText

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
ADDRESS = "/hr/preparation"


@router.get(ADDRESS)
def preparation(request: Request, person: Hr, context: Running) -> HTMLResponse:
    return render(request, "preparation.html", page=preparation_page(context))


@router.post(ADDRESS)
def allow(person: Hr, context: Running, facts: Annotated[list[FactKind], Form()] = []) -> RedirectResponse:  # noqa: B006
    allow_facts(context, facts)
    return RedirectResponse(ADDRESS, status_code=303)


@router.post(f"{ADDRESS}/publish")
def put_in_force(person: Hr, context: Running, version: Annotated[PlainText, Form()] = "") -> RedirectResponse:
    publish_prompt(context, person, version)
    return RedirectResponse(ADDRESS, status_code=303)


@router.post(f"{ADDRESS}/back")
def go_back(person: Hr, context: Running) -> RedirectResponse:
    take_prompt_back(context, person)
    return RedirectResponse(ADDRESS, status_code=303)
