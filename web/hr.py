"""HR's pages: the catalog list."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from services.catalog_overview import catalog_overview
from web.access import Hr, Running
from web.pages import language_of, render

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)


@router.get("/catalog")
def catalog(request: Request, person: Hr, context: Running, q: str = "") -> HTMLResponse:
    overview = catalog_overview(context, q)
    shelves: dict[str, list[object]] = {}
    for row in overview.rows:
        shelves.setdefault(row.area_name.get(language_of(request, person)), []).append(row)
    values: dict[str, Any] = {
        "catalog": overview.catalog,
        "count": len(overview.rows),
        "lonely": overview.without_mentor,
        "drafted": overview.drafted,
    }
    return render(request, "catalog.html", shelves=shelves, q=q, **values)
