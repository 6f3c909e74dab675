"""HR's pages of imports: a file, what it would change, and only then the import; templates to begin with."""

import csv
import io
from typing import Annotated, Any

from fastapi import APIRouter, File, Form, Request, UploadFile
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from domain.errors import CatalogChanged, ImportRejected, NotFound
from services import import_people, import_roles, import_topics
from services.context import Context
from services.import_preview import ImportKind, preview_import, run_import
from web.access import Hr, Running
from web.catalog_words import FIELDS
from web.import_words import IMPORT_FIELDS, KINDS, problem_text
from web.language import later
from web.pages import render, text
from web.plain_text import PlainText

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
ADDRESS = "/hr/import"
SHOWN = 100  # rows of each sort; more only make the page long
COLUMNS = {
    ImportKind.PEOPLE: (
        *import_people.REQUIRED,
        *import_people.PERSON,
        *import_people.WANTS,
        *import_people.OFFERS,
    ),
    ImportKind.TOPICS: (*import_topics.REQUIRED, *import_topics.OPTIONAL),
    ImportKind.ROLES: (*import_roles.REQUIRED, *import_roles.OPTIONAL),
}
REQUIRED = {
    ImportKind.PEOPLE: import_people.REQUIRED,
    ImportKind.TOPICS: import_topics.REQUIRED,
    ImportKind.ROLES: import_roles.REQUIRED,
}
_CHOOSE = later("Choose a CSV or XLSX file of at most 10 MB.")
_WHAT = later("Choose what the file holds.")
Field = Annotated[PlainText, Form()]


@router.get(ADDRESS)
def start(request: Request, person: Hr, context: Running, done: PlainText = "") -> HTMLResponse:
    return _start(request, done=done if done in set(ImportKind) else "")


@router.get(f"{ADDRESS}/template/{{kind}}.csv")
def template(person: Hr, kind: ImportKind) -> Response:
    """Return an empty table with every column, as spreadsheets read it: UTF-8 with a mark."""
    written = io.StringIO()
    csv.writer(written).writerow(COLUMNS[kind])
    named = {"Content-Disposition": f'attachment; filename="{kind}.csv"'}
    return Response("\ufeff" + written.getvalue(), media_type="text/csv; charset=utf-8", headers=named)


@router.post(ADDRESS, response_model=None)
def upload(
    request: Request, person: Hr, context: Running, kind: Field = "", file: Annotated[UploadFile | None, File()] = None
) -> HTMLResponse | RedirectResponse:
    if kind not in set(ImportKind):
        return _start(request, kind_error=text(request, _WHAT))
    if file is None or not file.filename:
        return _start(request, kind=kind, file_error=text(request, _CHOOSE))
    key = context.uploads.keep(person.id, file.filename, file.file.read(), context.clock())
    try:
        preview_import(context, ImportKind(kind), context.uploads.find(person.id, key, context.clock()))
    except ImportRejected as rejected:
        context.uploads.drop(person.id, key)
        return _start(request, kind=kind, rejected=rejected)
    return RedirectResponse(f"{ADDRESS}/{kind}/{key}", status_code=303)


@router.get(f"{ADDRESS}/{{kind}}/{{key}}", response_model=None)
def look(request: Request, person: Hr, context: Running, kind: ImportKind, key: PlainText) -> HTMLResponse:
    return _preview(request, context, kind, key)


@router.post(f"{ADDRESS}/{{kind}}/{{key}}", response_model=None)
def confirm(
    request: Request,
    person: Hr,
    context: Running,
    kind: ImportKind,
    key: PlainText,
    seen: Field = "",
    leavers: Field = "",
) -> HTMLResponse | RedirectResponse:
    try:
        path = context.uploads.find(person.id, key, context.clock())
        run_import(context, kind, path, seen, person.id, confirm_leavers=leavers == "yes")
    except NotFound:
        return _start(request, kind=kind, is_gone=True)
    except CatalogChanged:
        return _preview(request, context, kind, key, status=409)
    except ImportRejected as rejected:
        if all(problem.row == 0 and problem.column == "active" for problem in rejected.problems):
            return _preview(request, context, kind, key, status=422)
        return _start(request, kind=kind, rejected=rejected)
    context.uploads.drop(person.id, key)
    return RedirectResponse(f"{ADDRESS}?done={kind}", status_code=303)


@router.post(f"{ADDRESS}/{{kind}}/{{key}}/drop")
def drop(person: Hr, context: Running, kind: ImportKind, key: PlainText) -> RedirectResponse:
    context.uploads.drop(person.id, key)
    return RedirectResponse(ADDRESS, status_code=303)


def _preview(request: Request, context: Context, kind: ImportKind, key: str, status: int = 200) -> HTMLResponse:
    person_id = request.state.person.id
    try:
        path = context.uploads.find(person_id, key, context.clock())
        preview = preview_import(context, kind, path)
    except NotFound:
        return _start(request, kind=kind, is_gone=True)
    except ImportRejected as rejected:  # the company has changed since the file was sent
        return _start(request, kind=kind, rejected=rejected)
    return render(
        request,
        "import_preview.html",
        status=status,
        preview=preview,
        filename=path.name,
        address=f"{ADDRESS}/{kind}/{key}",
        kind=text(request, KINDS[kind]),
        most=SHOWN,
        is_changed=status == 409,
        must_confirm=status == 422,
        field_names=_field_names(request),
    )


def _start(request: Request, **values: Any) -> HTMLResponse:
    shown: dict[str, Any] = {"kind": "", "done": "", "kind_error": "", "file_error": "", "rejected": None}
    shown |= {"is_gone": False} | values
    rejected: ImportRejected | None = shown["rejected"]
    is_wrong = shown["kind_error"] or shown["file_error"] or rejected
    return render(
        request,
        "import.html",
        status=422 if is_wrong else 404 if shown["is_gone"] else 200,
        kinds={kind: text(request, name) for kind, name in KINDS.items()},
        columns={kind: (REQUIRED[kind], COLUMNS[kind][len(REQUIRED[kind]) :]) for kind in ImportKind},
        problems=[(p.row, p.column, problem_text(p.message, lambda m: text(request, m))) for p in rejected.problems]
        if rejected
        else [],
        most=SHOWN,
        **shown,
    )


def _field_names(request: Request) -> dict[str, str]:
    return {name: text(request, title) for name, title in {**FIELDS, **IMPORT_FIELDS}.items()}
