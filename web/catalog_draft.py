"""HR's pages of the draft of the catalog, and of its versions: what would change, publish, history, the way back."""

from collections.abc import Callable
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from domain.errors import CatalogChanged, DraftRejected
from domain.topics import Catalog, TopicLevel
from services.catalog_draft import drop_edit, renew_base, undo_last
from services.catalog_history import catalog_history, compare_versions, restore_version
from services.catalog_publish import LONGEST_NOTE, draft_page, publish_draft
from services.context import Context
from web.access import Hr, Running
from web.catalog_words import DONE, FIELDS, KINDS
from web.pages import language_of, render, text
from web.plain_text import PlainText
from web.topic_form import LEVELS, TopicNames

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
ADDRESS, HISTORY = "/catalog/draft", "/catalog/history"
Field = Annotated[PlainText, Form()]


@router.get(ADDRESS)
def draft(request: Request, person: Hr, context: Running, done: PlainText = "", topic: PlainText = "") -> HTMLResponse:
    return _page(request, context, done=done, topic_id=topic)


@router.post(f"{ADDRESS}/publish", response_model=None)
def publish(
    request: Request,
    person: Hr,
    context: Running,
    note: Field = "",
    base: Annotated[int, Form(ge=0, le=1_000_000_000)] = 0,
    seen: Field = "",
) -> HTMLResponse | RedirectResponse:
    note = " ".join(note.split())
    if not note or len(note) > LONGEST_NOTE:
        return _page(request, context, status=422, note=note, note_error=True)
    try:
        version = publish_draft(context, note, base, seen, person.id)
    except CatalogChanged:
        return _page(request, context, status=409, base=base, note=note, is_stale=True)
    except DraftRejected as rejected:
        return _page(request, context, status=422, note=note, doubled=[id for id, _ in rejected.problems])
    return RedirectResponse(f"{HISTORY}?published={version.number}", status_code=303)


@router.post(f"{ADDRESS}/undo")
def undo(person: Hr, context: Running, seen: Field = "") -> RedirectResponse:
    return _back("undone" if undo_last(context, seen) else "stale")


@router.post(f"{ADDRESS}/drop")
def drop(person: Hr, context: Running, topic: Field = "") -> RedirectResponse:
    drop_edit(context, topic)
    return _back("dropped", topic)


@router.post(f"{ADDRESS}/renew")
def renew(person: Hr, context: Running) -> RedirectResponse:
    renew_base(context)
    return _back("renewed")


@router.get(HISTORY)
def history(request: Request, person: Hr, context: Running, published: PlainText = "") -> HTMLResponse:
    rows = catalog_history(context)
    is_known = published in {str(row.version.number) for row in rows}
    return render(request, "catalog_history.html", rows=rows, published=published if is_known else "")


@router.get(f"{HISTORY}/{{number}}")
def version(request: Request, person: Hr, context: Running, number: PlainText, against: PlainText = "") -> HTMLResponse:
    compared = compare_versions(context, _number(number), _number(against) if against else None)
    return render(
        request,
        "catalog_version.html",
        number=_number(number),
        compared=compared,
        changes=compared.changes,
        **_words(request, compared.newer),
    )


@router.post(f"{HISTORY}/{{number}}/restore")
def restore(request: Request, person: Hr, context: Running, number: PlainText) -> RedirectResponse:
    wanted = _number(number)
    note = text(request, "Back to version %(number)s") % {"number": wanted}
    made = restore_version(context, wanted, note, person.id)
    return RedirectResponse(f"{HISTORY}?published={made.number}", status_code=303)


def _number(typed: str) -> int:
    """Return the number; 0, which no version has, for what is none."""
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else 0


def _back(done: str, topic_id: str = "") -> RedirectResponse:
    return RedirectResponse(f"{ADDRESS}?done={done}&topic={quote(topic_id)}", status_code=303)


def _page(
    request: Request,
    context: Context,
    *,
    status: int = 200,
    base: int = 0,
    done: str = "",
    topic_id: str = "",
    **values: Any,
) -> HTMLResponse:
    page = draft_page(context, base)
    titles = {topic.id: topic.title.get(language_of(request, request.state.person)) for topic in page.catalog.topics}
    said = text(request, DONE[done]) % {"title": titles.get(topic_id, topic_id)} if done in DONE else ""
    shown = {"note": "", "note_error": False, "is_stale": False, "doubled": []} | values
    return render(
        request,
        "catalog_draft.html",
        status=status,
        page=page,
        changes=page.changes,
        said=said,
        may_undo=done not in {"", "undone", "stale"},
        titles=titles,
        **shown,
        **_words(request, page.catalog),
    )


def _words(request: Request, catalog: Catalog) -> dict[str, Any]:
    language = language_of(request, request.state.person)
    areas = {area.id: area.name.get(language) for area in catalog.areas}
    levels = {level: text(request, name) for level, name in LEVELS.items()}
    names = TopicNames(catalog, language)
    spoken: dict[str, Callable[[str], str | None]] = {
        "area": areas.get,
        "level": lambda level: levels.get(TopicLevel(level)),
        "skills": names.skill,
        "related": names.topic,
    }
    return {
        "kinds": {kind: text(request, name) for kind, name in KINDS.items()},
        "field_names": {name: text(request, title) for name, title in FIELDS.items()},
        "spoken": lambda name, value: spoken[name](value) or value if name in spoken else value,
    }
