"""The next step and its day, as several forms ask for them."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Annotated

from fastapi import Form, Request

from domain.errors import InvalidInput
from domain.people import Person
from domain.session_talk import check_step
from domain.zones import zone_of
from services.booking.finish import NextStep
from services.context import Context
from web.pages import text
from web.plain_text import PlainText

FURTHEST = timedelta(days=366)
Words = Annotated[PlainText, Form()]


@dataclass(frozen=True, slots=True)
class StepForm:
    """The fields as typed: the step, its day as `2026-03-12`, and the step that was kept when the form was made."""

    step: str = ""
    due: str = ""
    seen: str = ""


@dataclass(frozen=True, slots=True)
class ReadStep:
    """What the fields say, and what to change by field: `step`, `due`."""

    step: NextStep
    errors: dict[str, str] = field(default_factory=dict)


def step_form(step: Words = "", due: Words = "", seen: Words = "") -> StepForm:
    """Return the fields of a form."""
    return StepForm(step, due, seen)


def shown_step(step: NextStep, kept: str) -> StepForm:
    """Return the fields for a step; `kept` is the one in the store, "" for none."""
    return StepForm(step.text, step.due.isoformat() if step.due else "", kept)


def read_step(
    request: Request, context: Context, person: Person, form: StepForm, *, is_needed: bool = False
) -> ReadStep:
    """Return the step that the form names; a day that has passed on the person's clock is an error."""
    errors: dict[str, str] = {}
    words, due = form.step, None
    try:
        words = check_step(form.step)
    except InvalidInput:
        errors["step"] = text(request, "This is longer than 500 characters. Keep the one thing to do.")
    if is_needed and not words:
        errors["step"] = text(request, "Write one small step, even if it is only to think it over.")
    today = context.clock().astimezone(zone_of(person.zone)).date()
    if form.due:
        due = _day(form.due)
        if due is None or not today <= due <= today + FURTHEST:
            errors["due"] = text(request, "Choose a day from today on, within a year.")
    return ReadStep(NextStep(words, due), errors)


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None
