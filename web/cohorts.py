"""HR's pages of cohorts: made, looked at, wished for, run again, approved. No words of a mentee stand here."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from domain.cohorts import ProposalStatus, ProposedPair, fit_of
from domain.errors import InvalidInput, ProposalStale
from domain.people import Role
from domain.sessions import ALLOWED_MINUTES
from recommender.cohort_words import FIT, REMEDY, WHY
from services.context import Context
from services.match import (
    DEFAULT_MINUTES,
    CohortView,
    approve,
    departments,
    forbid,
    list_cohorts,
    make_cohort,
    pin,
    propose,
    take_back,
    view_cohort,
)
from web.access import Hr, Running
from web.cohort_errors import what_to_change
from web.pages import language_of, render, text
from web.plain_text import PlainText

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
ADDRESS = "/cohorts"
SHOWN = 500  # pairs on a page; the command prints all
Typed = Annotated[PlainText, Form()]
Wish = Callable[[Context, str, str, str], None]


@router.get(ADDRESS)
def cohorts(request: Request, person: Hr, context: Running) -> HTMLResponse:
    return _list(request, context)


@router.post(ADDRESS, response_model=None)
def make(
    request: Request,
    person: Hr,
    context: Running,
    name: Typed = "",
    department: Typed = "",
    per_mentor: Typed = "",
    minutes: Annotated[int, Form()] = DEFAULT_MINUTES,
) -> HTMLResponse | RedirectResponse:
    try:
        limit = _whole_number(per_mentor)
        cohort = make_cohort(context, name, department=department, per_mentor=limit, minutes=minutes)
    except InvalidInput as error:
        typed = {"name": name, "department": department, "per_mentor": per_mentor, "minutes": minutes}
        return _list(request, context, typed, error)
    propose(context, cohort.id)
    return _to(cohort.id)


@router.get(f"{ADDRESS}/{{cohort_id}}")
def cohort(request: Request, person: Hr, context: Running, cohort_id: str) -> HTMLResponse:
    return _page(request, context, cohort_id)


@router.post(f"{ADDRESS}/{{cohort_id}}/run", response_model=None)
def run(request: Request, person: Hr, context: Running, cohort_id: str) -> HTMLResponse | RedirectResponse:
    try:
        propose(context, cohort_id)
    except InvalidInput as error:
        return _page(request, context, cohort_id, error)
    return _to(cohort_id)


@router.post(f"{ADDRESS}/{{cohort_id}}/pin", response_model=None)
def pin_pair(
    request: Request, person: Hr, context: Running, cohort_id: str, mentee: Typed = "", mentor: Typed = ""
) -> HTMLResponse | RedirectResponse:
    return _wish(request, context, cohort_id, pin, mentee, mentor)


@router.post(f"{ADDRESS}/{{cohort_id}}/exclude", response_model=None)
def exclude_pair(
    request: Request, person: Hr, context: Running, cohort_id: str, mentee: Typed = "", mentor: Typed = ""
) -> HTMLResponse | RedirectResponse:
    return _wish(request, context, cohort_id, forbid, mentee, mentor)


@router.post(f"{ADDRESS}/{{cohort_id}}/take-back", response_model=None)
def take_back_wish(
    request: Request, person: Hr, context: Running, cohort_id: str, mentee: Typed = "", mentor: Typed = ""
) -> HTMLResponse | RedirectResponse:
    return _wish(request, context, cohort_id, take_back, mentee, mentor)


@router.post(f"{ADDRESS}/{{cohort_id}}/approve", response_model=None)
def approve_proposal(
    request: Request, person: Hr, context: Running, cohort_id: str, number: Annotated[int, Form()] = 0
) -> HTMLResponse | RedirectResponse:
    try:
        approve(context, f"{cohort_id}-{number}", language_of(request, person))
    except (InvalidInput, ProposalStale) as error:
        return _page(request, context, cohort_id, error)
    return _to(cohort_id)


def _wish(
    request: Request, context: Context, cohort_id: str, act: Wish, mentee: str, mentor: str
) -> HTMLResponse | RedirectResponse:
    try:
        act(context, cohort_id, mentee, mentor)
    except InvalidInput as error:
        return _page(request, context, cohort_id, error)
    return _to(cohort_id)


def _to(cohort_id: str) -> RedirectResponse:
    return RedirectResponse(f"{ADDRESS}/{cohort_id}", status_code=303)


def _list(
    request: Request, context: Context, typed: dict[str, Any] | None = None, error: InvalidInput | None = None
) -> HTMLResponse:
    empty = {"name": "", "department": "", "per_mentor": "", "minutes": DEFAULT_MINUTES}
    return render(
        request,
        "cohorts.html",
        status=422 if error else 200,
        cohorts=list_cohorts(context),
        departments=departments(context),
        all_minutes=ALLOWED_MINUTES,
        typed=typed or empty,
        wrong=error.name if error else "",
        advice=what_to_change(request, error) if error else "",
    )


def _page(
    request: Request, context: Context, cohort_id: str, error: InvalidInput | ProposalStale | None = None
) -> HTMLResponse:
    view = view_cohort(context, cohort_id)
    proposal = view.proposal
    return render(
        request,
        "cohort.html",
        status=_status(error),
        view=view,
        rows=_rows(request, view)[:SHOWN],
        unmatched=_unmatched(request, view),
        is_open=proposal is None or proposal.status is not ProposalStatus.APPROVED,
        is_behind=_is_behind(view),
        mentees=_named(view, view.cohort.mentee_ids),
        mentors=_named(view, [key for key, p in view.people.items() if Role.MENTOR in p.roles and p.is_active]),
        changes=error.changes if isinstance(error, ProposalStale) else (),
        advice=what_to_change(request, error) if isinstance(error, InvalidInput) else "",
    )


def _status(error: InvalidInput | ProposalStale | None) -> int:
    if error is None:
        return 200
    return 409 if isinstance(error, ProposalStale) else 422


def _rows(request: Request, view: CohortView) -> list[dict[str, Any]]:
    """Return what the table shows of each pair, by the mentee's name."""
    language = language_of(request, request.state.person)

    def row(pair: ProposedPair) -> dict[str, Any]:
        fit = fit_of(pair.score, view.cohort.floor)
        topic = view.topics.get(pair.topic_id)
        title = topic.title.get(language) if topic else text(request, "no longer in the catalog")
        return {
            "pair": pair,
            "mentee": view.people[pair.mentee_id].name,
            "mentor": view.people[pair.mentor_id].name,
            "topic": title,
            "fit": FIT[fit].get(language),
            "is_poor": fit == "poor",
        }

    return sorted(map(row, view.proposal.pairs if view.proposal else ()), key=lambda each: each["mentee"])


def _unmatched(request: Request, view: CohortView) -> list[dict[str, Any]]:
    language = language_of(request, request.state.person)
    return [
        {
            "mentee": view.people[one.mentee_id].name,
            "why": WHY[one.why].get(language),
            "remedy": REMEDY[one.why].get(language),
            "mentors": [view.people[mentor_id].name for mentor_id in one.mentor_ids],
        }
        for one in (view.proposal.unmatched if view.proposal else ())
    ]


def _is_behind(view: CohortView) -> bool:
    """Say whether a wish is not in the newest proposal yet."""
    if view.proposal is None:
        return False
    pairs = {(pair.mentee_id, pair.mentor_id): pair.is_pinned for pair in view.proposal.pairs}
    pinned = {pair for pair, is_pinned in pairs.items() if is_pinned}
    return pinned != view.cohort.pins or bool(view.cohort.forbids & pairs.keys())


def _named(view: CohortView, ids: Any) -> list[tuple[str, str]]:
    return sorted(((key, view.people[key].name) for key in ids), key=lambda pair: pair[1])


def _whole_number(typed: str) -> int | None:
    """Return the number, None for nothing; raise InvalidInput for anything else."""
    if not typed.strip():
        return None
    if not typed.strip().isdecimal():
        raise InvalidInput("per-mentor", "be a whole number", typed)
    return min(int(typed), 1_000_000)
