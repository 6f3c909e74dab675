"""HR's pages of one topic: both languages side by side; what is written goes into the draft of the catalog."""

from dataclasses import replace
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from domain.errors import CatalogChanged, InvalidInput, NotFound, TopicRejected
from domain.people import Format
from domain.topics import Catalog, Topic, TopicLevel, TopicStatus
from services.catalog_diff import field_changes
from services.catalog_draft import (
    add_topic,
    edit_topic,
    merge_topics,
    restore_topic,
    retire_topic,
    topic_digest,
    topic_in,
)
from services.catalog_overview import drafted_catalog
from services.context import Context
from services.topic_fields import Lack, TopicFields, fields_from
from web.access import Hr, Running
from web.catalog_words import FIELDS
from web.pages import language_of, render, text
from web.plain_text import PlainText
from web.topic_form import LEVELS, STAGES, WHAT_TO_DO, TopicForm, TopicNames

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
ADD, TOPIC, DRAFT = "/catalog/add", "/catalog/topics/{topic_id}", "/catalog/draft"
Sent = Annotated[TopicForm, Form()]
BLANK = TopicForm(level=TopicLevel.STARTING, formats=[*Format])


@router.get(ADD)
def blank(request: Request, person: Hr, context: Running) -> HTMLResponse:
    return _page(request, context, BLANK)


@router.post(ADD, response_model=None)
def add(request: Request, person: Hr, context: Running, form: Sent) -> HTMLResponse | RedirectResponse:
    fields = form.all_fields(_names(request, drafted_catalog(context)))
    try:
        add_topic(context, fields)
    except TopicRejected as rejected:
        return _page(request, context, form, problems=rejected.problems)
    return _to_draft("added", fields.id)


@router.get(TOPIC)
def topic(request: Request, person: Hr, context: Running, topic_id: PlainText) -> HTMLResponse:
    return _page(request, context, topic_id=topic_id)


@router.post(TOPIC, response_model=None)
def edit(
    request: Request, person: Hr, context: Running, topic_id: PlainText, form: Sent
) -> HTMLResponse | RedirectResponse:
    fields = form.all_fields(_names(request, drafted_catalog(context)), topic_id)
    try:
        edit_topic(context, fields, form.seen)
    except TopicRejected as rejected:
        return _page(request, context, form, topic_id, problems=rejected.problems)
    except CatalogChanged:
        return _page(request, context, form, topic_id, is_changed=True)
    return _to_draft("edited", topic_id)


@router.post(f"{TOPIC}/retire")
def retire(person: Hr, context: Running, topic_id: PlainText) -> RedirectResponse:
    retire_topic(context, topic_id)
    return _to_draft("retired", topic_id)


@router.post(f"{TOPIC}/restore")
def restore(person: Hr, context: Running, topic_id: PlainText) -> RedirectResponse:
    restore_topic(context, topic_id)
    return _to_draft("restored", topic_id)


@router.post(f"{TOPIC}/merge", response_model=None)
def merge(
    request: Request, person: Hr, context: Running, topic_id: PlainText, into: Annotated[PlainText, Form()] = ""
) -> HTMLResponse | RedirectResponse:
    try:
        merge_topics(context, topic_id, into)
    except (InvalidInput, NotFound):
        return _page(request, context, topic_id=topic_id, merge_error=True)
    return _to_draft("merged", topic_id)


def _to_draft(done: str, topic_id: str) -> RedirectResponse:
    return RedirectResponse(f"{DRAFT}?done={done}&topic={quote(topic_id)}", status_code=303)


def _names(request: Request, catalog: Catalog) -> TopicNames:
    return TopicNames(catalog, language_of(request, request.state.person))


def _page(
    request: Request,
    context: Context,
    form: TopicForm | None = None,
    topic_id: str = "",
    *,
    problems: dict[str, str] | None = None,
    is_changed: bool = False,
    merge_error: bool = False,
) -> HTMLResponse:
    """Return the form with what was typed, or else with the topic as it is drafted."""
    catalog = drafted_catalog(context)
    names, now = _names(request, catalog), topic_in(catalog, topic_id) if topic_id else None
    fields = fields_from(now) if now and form is None else (form or BLANK).all_fields(names, topic_id)
    status = 409 if is_changed else 422 if problems or merge_error else 200
    return render(
        request,
        "topic_edit.html",
        status=status,
        topic=now,
        fields=fields,
        skill_names=[names.skill(id) for id in fields.skill_ids],
        topic_names=[names.topic(id) for id in fields.related_ids],
        all_skills=names.all_skills(),
        catalog=catalog,
        errors={place: text(request, WHAT_TO_DO[Lack(lack)]) for place, lack in (problems or {}).items()},
        # what somebody else wrote is seen once it was shown: sent again, this form takes its place
        seen=topic_digest(now) if now and (form is None or is_changed) else (form or BLANK).seen,
        differs=_differs(now, fields) if now and is_changed else (),
        merge_error=merge_error,
        others=_others(catalog, topic_id),
        **_words(request),
    )


def _words(request: Request) -> dict[str, Any]:
    return {
        "stages": STAGES,
        "levels": LEVELS,
        "all_formats": list(Format),
        "field_names": {name: text(request, title) for name, title in FIELDS.items()},
    }


def _others(catalog: Catalog, topic_id: str) -> list[Topic]:
    return [topic for topic in catalog.topics if topic.id != topic_id and topic.status is TopicStatus.ACTIVE]


def _differs(now: Topic, fields: TopicFields) -> Any:
    """Return what the topic says now and the form does not: "gone" is what the form would take out."""
    return [change for change in field_changes(now, _as_topic(now, fields)) if change.gone]


def _as_topic(now: Topic, fields: TopicFields) -> Topic:
    return replace(now, **{name: getattr(fields, name) for name in TopicFields.__slots__})
