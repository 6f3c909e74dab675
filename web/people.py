"""HR's pages of people: a list with search, one person, what may be changed of them, each change with its undo."""

import csv
import io
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from domain.errors import InvalidInput
from domain.people import Role
from services.context import Context
from services.neutral_cells import neutral_cell
from services.people_page import (
    Who,
    all_people,
    deactivate,
    give_role,
    people_page,
    person_page,
    reactivate,
    take_role,
)
from web.access import HrOrAdmin, Running
from web.language import later
from web.pages import render, text
from web.plain_text import PlainText

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
ADDRESS = "/hr/people"
ROLES = {
    Role.MENTEE: later("Mentee"),
    Role.MENTOR: later("Mentor"),
    Role.HR: later("HR"),
    Role.ADMIN: later("Administrator"),
}
WHO = {
    Who.ACTIVE: later("All"),
    Who.MENTORS: later("Mentors"),
    Who.HR: later("HR"),
    Who.LEFT: later("No longer active"),
}
# what was done: its words, and the deed that undoes it
DONE = {
    "deactivate": (later("This person cannot come in any more, and is not suggested."), "reactivate"),
    "reactivate": (later("This person can come in again."), "deactivate"),
    "give": (later("The role was given."), "take"),
    "take": (later("The role was taken back."), "give"),
}
EXPORTED = ("id", "name", "email", "locale", "zone", "department", "job_title", "manager", "active")
Field = Annotated[PlainText, Form()]


@router.get(ADDRESS)
def people(
    request: Request, person: HrOrAdmin, context: Running, q: PlainText = "", who: PlainText = "", page: PlainText = ""
) -> HTMLResponse:
    chosen = Who(who) if who in set(Who) else Who.ACTIVE
    number = int(page) if page.isascii() and page.isdecimal() and len(page) < 7 else 1
    found = people_page(context, q, chosen, number)
    return render(request, "people.html", found=found, q=q, chosen=chosen, choices=WHO, roles=ROLES)


@router.get(f"{ADDRESS}.csv")
def export(person: HrOrAdmin, context: Running) -> Response:
    """Return everybody as a table that can be edited and imported again; no cell is a formula."""
    written = io.StringIO()
    table = csv.writer(written)
    table.writerow(EXPORTED)
    for one in all_people(context):
        cells = (one.id, one.name, one.email, one.locale, one.zone, one.department, one.job_title, one.manager_id or "")
        table.writerow([*map(neutral_cell, cells), "yes" if one.is_active else "no"])
    named = {"Content-Disposition": 'attachment; filename="people.csv"'}
    return Response("\ufeff" + written.getvalue(), media_type="text/csv; charset=utf-8", headers=named)


@router.post(f"{ADDRESS}/change", response_model=None)
def change(
    request: Request, person: HrOrAdmin, context: Running, id: Field = "", deed: Field = "", role: Field = ""
) -> HTMLResponse | RedirectResponse:
    try:
        if deed == "deactivate":
            deactivate(context, id, person)
        elif deed == "reactivate":
            reactivate(context, id, person)
        else:
            (take_role if deed == "take" else give_role)(context, id, role, person)
    except InvalidInput:  # somebody changes themselves
        return _page(request, context, id, is_oneself=True)
    return RedirectResponse(f"{ADDRESS}/{quote(id, safe='')}?done={quote(deed)}&role={quote(role)}", status_code=303)


@router.get(f"{ADDRESS}/{{person_id:path}}")
def one(
    request: Request,
    person: HrOrAdmin,
    context: Running,
    person_id: PlainText,
    done: PlainText = "",
    role: PlainText = "",
) -> HTMLResponse:
    return _page(request, context, person_id, done=done, role=role)


def _page(
    request: Request, context: Context, person_id: str, *, done: str = "", role: str = "", is_oneself: bool = False
) -> HTMLResponse:
    says, undo = DONE.get(done, ("", ""))
    return render(
        request,
        "person.html",
        status=422 if is_oneself else 200,
        page=person_page(context, person_id, request.state.person),
        said=text(request, says) if says else "",
        undo=undo,
        role=role,
        roles={role: text(request, name) for role, name in ROLES.items()},
        is_oneself=is_oneself,
    )
