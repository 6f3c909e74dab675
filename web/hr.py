"""HR's pages: the weekly twenty minutes, plain counts of the programme, and the catalog list."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from domain.language import Language
from services.catalog_overview import CatalogRow, catalog_overview
from services.hr_home import hr_home
from services.insights import Fate, Insights, Month, insights
from web.access import Hr, Running
from web.language import later, month
from web.pages import language_of, render, text
from web.programme import SETTINGS
from web.reports.charts import counts

FATES = {
    Fate.HELD: later("Held"),
    Fate.AHEAD: later("Still ahead"),
    Fate.CANCELLED: later("Cancelled"),
    Fate.NO_SHOW: later("Somebody did not come"),
    Fate.UNANSWERED: later("No yes yet, or a no"),
}
NOT_TOLD = "–"
MANY_TOPICS = 100
router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)


@router.get("/catalog")
def catalog(request: Request, person: Hr, context: Running, q: str = "", area: str = "") -> HTMLResponse:
    overview = catalog_overview(context, q, area)
    shelves: dict[str, list[CatalogRow]] = {}
    for row in overview.rows:
        shelves.setdefault(row.area_name.get(language_of(request, person)), []).append(row)
    values: dict[str, Any] = {
        "catalog": overview.catalog,
        "count": len(overview.rows),
        "lonely": overview.without_mentor,
        "drafted": overview.drafted,
    }
    # with hundreds of topics the areas come first, each with what it lacks
    values["is_overview"] = not q and not area and len(overview.rows) > MANY_TOPICS
    return render(request, "catalog.html", shelves=shelves, q=q, area=area, **values)


@router.get("/hr")
def home(request: Request, person: Hr, context: Running) -> HTMLResponse:
    return render(
        request,
        "hr.html",
        page=hr_home(context),
        settings={setting: text(request, name) for setting, name in SETTINGS.items()},
    )


@router.get("/hr/insights")
def figures(request: Request, person: Hr, context: Running) -> HTMLResponse:
    page, language = insights(context), language_of(request, person)
    title = _title(request, page, language)
    held = {month(one.begins, language, "short"): one.fates[Fate.HELD] for one in page.months}
    return render(
        request,
        "insights.html",
        page=page,
        title=title,
        chart=counts(title, held, NOT_TOLD),
        not_told=NOT_TOLD,
        fates={fate: text(request, name) for fate, name in FATES.items()},
        month_name=lambda one: month(one.begins, language),
    )


def _title(request: Request, page: Insights, language: Language) -> str:
    """Return what the chart says: of the latest month with a figure that is no longer running."""
    past: list[Month] = [one for one in page.months[:-1] if one.fates[Fate.HELD]]
    if not past:
        return text(request, "Too few people have met yet to draw a month")
    said = text(request, "%(month)s: %(count)s of the sessions asked for were held")
    return said % {"month": month(past[-1].begins, language), "count": past[-1].fates[Fate.HELD]}
