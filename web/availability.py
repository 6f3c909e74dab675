"""A mentor's page of times: weekly hours and limits, days of other hours, out of office; each removal can be undone."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from domain.availability import Absence
from domain.errors import InvalidInput, NotFound
from domain.people import Person
from domain.sessions import ALLOWED_MINUTES
from domain.wall_time import first_moment
from domain.zones import zone_of
from services.context import Context
from services.own_availability import (
    OwnTimes,
    add_absence,
    own_times,
    remove_absence,
    remove_day,
    save_day,
    save_wishes,
)
from web.access import Running, SignedIn
from web.availability_form import BUFFERS, DAYS, Typed, hours_text, read_absence, read_day, read_wishes, typed_of
from web.language import day, later, moment, weekday
from web.pages import language_of, render, text
from web.plain_text import PlainText

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
ADDRESS = "/availability"
Words = Annotated[str, Form()]
Several = Annotated[list[str], Form()]
_AWAY_WRONG = later("This must end after it begins, not be over already, and last at most a year.")


@dataclass(frozen=True, slots=True)
class AbsenceRow:
    """An absence as its own person reads it: whole days without a time."""

    id: str
    first: str
    last: str


def typed_wishes(
    hours: Several = [],  # noqa: B006 - read only
    lengths: Several = [],  # noqa: B006
    week: Words = "",
    month: Words = "",
    buffer: Words = "",
    notice: Words = "",
    place: Words = "",
    back: Words = "",
) -> Typed:
    """Return what the form of hours and limits holds; hours are those of Monday to Sunday."""
    each = [*hours, *[""] * len(DAYS)]
    typed = {"week": week, "month": month, "buffer": buffer, "notice": notice, "place": place, "back": back}
    return {**_clean(typed), **_clean({f"hours{number}": each[number] for number in DAYS}), "lengths": lengths}


def typed_day(day: Words = "", hours: Words = "") -> Typed:
    return _clean({"day": day, "hours": hours})


def typed_absence(from_day: Words = "", from_time: Words = "", to_day: Words = "", to_time: Words = "") -> Typed:
    return _clean({"from_day": from_day, "from_time": from_time, "to_day": to_day, "to_time": to_time})


@router.get(ADDRESS)
def availability(
    request: Request,
    person: SignedIn,
    context: Running,
    saved: bool = False,
    day: Annotated[PlainText, Query(max_length=40)] = "",
    hours: Annotated[PlainText, Query(max_length=120)] = "",
    away: Annotated[PlainText, Query(max_length=40)] = "",
    until: Annotated[PlainText, Query(max_length=40)] = "",
) -> HTMLResponse:
    """Show the page; `day` and `hours`, or `away` and `until`, are what was just removed."""
    removed = {"day": day, "hours": hours, "away": away, "until": until}
    return _page(request, person, context, saved=saved, removed=removed)


@router.post(ADDRESS, response_model=None)
def save(
    request: Request, person: SignedIn, context: Running, typed: Annotated[Typed, Depends(typed_wishes)]
) -> HTMLResponse | RedirectResponse:
    wishes, errors = read_wishes(typed, _own(context, person).today)
    if wishes is None:
        return _page(request, person, context, typed, errors)
    save_wishes(context, person, wishes)
    return RedirectResponse(f"{ADDRESS}?saved=1", status_code=303)


@router.post(f"{ADDRESS}/days", response_model=None)
def keep_day(
    request: Request, person: SignedIn, context: Running, typed: Annotated[Typed, Depends(typed_day)]
) -> HTMLResponse | RedirectResponse:
    changed, errors = read_day(typed, _own(context, person).today)
    if changed is None:
        return _page(request, person, context, typed, errors)
    save_day(context, person, changed)
    return RedirectResponse(f"{ADDRESS}?saved=1#days", status_code=303)


@router.post(f"{ADDRESS}/days/remove")
def take_back_day(person: SignedIn, context: Running, day: Annotated[date, Form()]) -> RedirectResponse:
    gone = remove_day(context, person, day)
    undo = {"day": day.isoformat(), "hours": hours_text(gone.hours)} if gone else {}
    return RedirectResponse(f"{ADDRESS}?{urlencode(undo)}", status_code=303)


@router.post(f"{ADDRESS}/absences", response_model=None)
def keep_absence(
    request: Request, person: SignedIn, context: Running, typed: Annotated[Typed, Depends(typed_absence)]
) -> HTMLResponse | RedirectResponse:
    away, errors = read_absence(typed, _own(context, person).today)
    if away is None:
        return _page(request, person, context, typed, errors)
    try:
        add_absence(context, person, *away)
    except InvalidInput:
        return _page(request, person, context, typed, {"to_day": _AWAY_WRONG})
    return RedirectResponse(f"{ADDRESS}?saved=1#away", status_code=303)


@router.post(f"{ADDRESS}/absences/remove")
def end_absence(person: SignedIn, context: Running, absence: Annotated[PlainText, Form()] = "") -> RedirectResponse:
    gone = remove_absence(context, person, absence)
    undo = {"away": _wall(gone.starts_at, person), "until": _wall(gone.ends_at, person)} if gone else {}
    return RedirectResponse(f"{ADDRESS}?{urlencode(undo)}", status_code=303)


def _own(context: Context, person: Person) -> OwnTimes:
    """Return the times of a mentor; for others there is nothing to change."""
    own = own_times(context, person)
    if own is None:
        raise NotFound("page", "this address")
    return own


def _page(
    request: Request,
    person: Person,
    context: Context,
    typed: Typed | None = None,
    errors: dict[str, str] | None = None,
    *,
    saved: bool = False,
    removed: dict[str, str] | None = None,
) -> HTMLResponse:
    own, wrong = own_times(context, person), errors or {}
    if own is None:
        return render(request, "availability_none.html")
    language = language_of(request, person)
    zone = zone_of(person.zone)
    values: dict[str, Any] = {
        "own": own,
        "typed": typed_of(own, lambda at: at.astimezone(zone).date()) | _NOTHING_TYPED | (typed or {}),
        "errors": {name: text(request, message) for name, message in wrong.items()},
        "weekdays": [weekday(number, language) for number in DAYS],
        "days": [(one.day, hours_text(one.hours)) for one in own.days],
        "absences": [_row(request, person, absence) for absence in own.absences],
        "lengths": ALLOWED_MINUTES,
        "buffers": BUFFERS,
        "saved": saved,
        "removed": removed or _NOTHING_REMOVED,
    }
    return render(request, "availability.html", status=422 if wrong else 200, **values)


_NOTHING_REMOVED = {"day": "", "hours": "", "away": "", "until": ""}
_NOTHING_TYPED = {"day": "", "hours": "", "from_day": "", "from_time": "", "to_day": "", "to_time": ""}


def _row(request: Request, person: Person, absence: Absence) -> AbsenceRow:
    """Return the absence in words; an end at midnight is the day before."""
    language, zone = language_of(request, person), zone_of(person.zone)
    first, last = (at.astimezone(zone) for at in (absence.starts_at, absence.ends_at))
    if all(first_moment(datetime.combine(at.date(), time()), person.zone) == at for at in (first, last)):
        last_day = date.fromordinal(last.date().toordinal() - 1)
        return AbsenceRow(absence.id, day(first, language), day(last_day, language))
    return AbsenceRow(absence.id, moment(first, language, person.zone), moment(last, language, person.zone))


def _wall(at: datetime, person: Person) -> str:
    return f"{at.astimezone(zone_of(person.zone)):%Y-%m-%dT%H:%M}"


def _clean(typed: dict[str, str]) -> Typed:
    """Return the texts as a page can show them again: no half characters, no NUL."""
    return {name: words.encode("utf-8", "replace").decode().replace("\x00", "") for name, words in typed.items()}
