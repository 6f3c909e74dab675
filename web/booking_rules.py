"""HR's page of the rules of booking: how long answers may take, when people are told, what is too much."""

from collections.abc import Mapping
from datetime import time
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from domain.booking import RANGES, BookingPolicy
from domain.errors import InvalidInput, NotFound
from services.booking_rules import back_to_rules, booking_rules, save_booking_rules
from services.context import Context
from web.access import Hr, Running
from web.language import later
from web.pages import render, text
from web.plain_text import PlainText
from web.programme import posted_form

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
ADDRESS = "/hr/programme/booking"
NUMBERS = {
    "answer_hours": (later("Hours to answer"), later("Then a request goes to the next mentor on the list.")),
    "nudge_hours": (later("Hours until a mentor is asked once more"), later("0 for never.")),
    "late_cancel_hours": (
        later("Hours before the start that make a cancellation late"),
        later("Late ones are counted, gently: nobody is blocked by them."),
    ),
    "follow_up_days": (later("Days until people are asked whether it helped"), ""),
    "chat_hours": (later("Hours a chat consult stays open"), ""),
    "max_open_requests": (later("Unanswered requests a person may have at once"), ""),
    "max_requests_per_week": (later("Requests a person may make in seven days"), ""),
}
REMINDERS = later("Write up to four different whole numbers from 168 to 1, longest first: 24, 1.")
CLOCK = later("Write a time of day such as 20:00.")
SOONER = later("This must be less than the hours to answer.")
RANGE = later("Write a whole number from %(least)s to %(most)s.")
Typed = Annotated[dict[str, str], Depends(posted_form)]


@router.get(ADDRESS)
def rules(request: Request, person: Hr, context: Running) -> HTMLResponse:
    return _page(request, context)


@router.post(ADDRESS, response_model=None)
def save(request: Request, person: Hr, context: Running, form: Typed) -> HTMLResponse | RedirectResponse:
    values, errors = read_rules(form)
    if errors:
        return _page(request, context, form, {name: _said(request, name, says) for name, says in errors.items()})
    save_booking_rules(context, BookingPolicy(**values), person.id)
    return RedirectResponse(ADDRESS, status_code=303)


@router.post(f"{ADDRESS}/earlier", response_model=None)
def earlier(person: Hr, context: Running, at: Annotated[PlainText, Form()] = "") -> RedirectResponse:
    """Go back to earlier rules; where they are gone meanwhile the page says what there is."""
    try:
        back_to_rules(context, at, person.id)
    except NotFound:
        return RedirectResponse(f"{ADDRESS}#changes", status_code=303)
    return RedirectResponse(ADDRESS, status_code=303)


def read_rules(form: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the values by name, and what is wrong by name."""
    values: dict[str, Any] = {"has_digest": form.get("has_digest") == "yes"}
    errors: dict[str, str] = {}
    readers = dict.fromkeys(NUMBERS, _number) | {"reminder_hours": _hours} | dict.fromkeys(_CLOCKS, _clock)
    for name, read in readers.items():
        try:
            values[name] = read(form.get(name, ""))
            BookingPolicy(**{name: values[name]})
        except (ValueError, InvalidInput):
            errors[name] = _WRONG.get(name, RANGE)
    if not errors and values["nudge_hours"] >= values["answer_hours"]:
        errors["nudge_hours"] = SOONER
    return values, errors


_CLOCKS = ("quiet_from", "quiet_until")
_WRONG = {"reminder_hours": REMINDERS, **dict.fromkeys(_CLOCKS, CLOCK)}


def _number(typed: str) -> int:
    if not typed.strip().isascii() or not typed.strip().isdecimal() or len(typed) > 9:
        raise ValueError
    return int(typed)


def _hours(typed: str) -> tuple[int, ...]:
    return tuple(_number(part) for part in typed.replace(";", ",").split(",") if part.strip())


def _clock(typed: str) -> time:
    return time.fromisoformat(typed.strip())


def _said(request: Request, name: str, says: str) -> str:
    least, most = RANGES.get(name, (0, 0))
    said = text(request, says)
    return said % {"least": least, "most": most} if says == RANGE else said


def _page(
    request: Request,
    context: Context,
    typed: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
) -> HTMLResponse:
    page = booking_rules(context)
    shown = _as_typed(page.policy) if typed is None else {"has_digest": "", **typed}
    return render(
        request,
        "booking_rules.html",
        status=422 if errors else 200,
        page=page,
        values={name: shown.get(name, "") for name in (*NUMBERS, *_WRONG, "has_digest")},
        errors=errors or {},
        numbers=[
            (name, text(request, title), means and text(request, means)) for name, (title, means) in NUMBERS.items()
        ],
        ranges=RANGES,
        as_typed=_as_typed,
    )


def _as_typed(policy: BookingPolicy) -> dict[str, str]:
    """Return the rules as the form holds them."""
    typed = {name: str(getattr(policy, name)) for name in NUMBERS}
    typed["reminder_hours"] = ", ".join(map(str, policy.reminder_hours))
    typed |= {name: f"{getattr(policy, name):%H:%M}" for name in _CLOCKS}
    return typed | {"has_digest": "yes" if policy.has_digest else ""}
