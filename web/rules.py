"""HR's page of rules: departments whose people may not mentor each other."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from domain.errors import InvalidInput
from services.programme_rules import add_conflict, remove_conflict, rules_page
from web.access import Hr, Running
from web.pages import render
from web.plain_text import PlainText

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
ADDRESS = "/hr/rules"
Department = Annotated[PlainText, Form()]


@router.get(ADDRESS)
def rules(request: Request, person: Hr, context: Running) -> HTMLResponse:
    return render(request, "rules.html", page=rules_page(context.engine), first="", second="", is_wrong=False)


@router.post(ADDRESS, response_model=None)
def add(
    request: Request, person: Hr, context: Running, first: Department = "", second: Department = ""
) -> HTMLResponse | RedirectResponse:
    try:
        add_conflict(context.engine, first, second)
    except InvalidInput:
        page = rules_page(context.engine)
        return render(request, "rules.html", status=422, page=page, first=first, second=second, is_wrong=True)
    return RedirectResponse(ADDRESS, status_code=303)


@router.post(f"{ADDRESS}/remove")
def remove(person: Hr, context: Running, first: Department = "", second: Department = "") -> RedirectResponse:
    remove_conflict(context.engine, first, second)
    return RedirectResponse(ADDRESS, status_code=303)
