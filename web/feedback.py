"""One minute after a session: feedback from either side, somebody who did not come, and later whether it was used."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from domain.errors import InvalidInput, NotNow
from domain.feedback import AgendaFit
from domain.people import MAX_LEVEL, Person
from domain.session_talk import MAX_MESSAGE_CHARACTERS, MAX_STEP_CHARACTERS, StepAnswer
from domain.transitions import Side
from recommender.reason_words import level_name
from services.booking.change import report_no_show
from services.booking.desk import Asked
from services.booking.finish import NextStep
from services.booking.follow_up import answer_step
from services.context import Context
from services.session_feedback import FeedbackPage, Said, feedback_page, follow_up_page, give_feedback
from web.access import Running, SignedIn
from web.language import later
from web.pages import language_of, render, text
from web.plain_text import readable
from web.step_form import StepForm, Words, read_step, shown_step, step_form

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
ADDRESS, FOLLOW_UP = "/sessions/{session_id}/feedback", "/sessions/{session_id}/follow-up"
USEFUL = (
    later("Not at all"),
    later("A little"),
    later("Somewhat"),
    later("Very"),
    later("More than I hoped for"),
)
FITS = {AgendaFit.YES: later("Yes"), AgendaFit.PARTLY: later("In part"), AgendaFit.NO: later("No")}
ANSWERS = {
    StepAnswer.DONE: later("Yes, it is done"),
    StepAnswer.PARTLY: later("In part"),
    StepAnswer.NOT_YET: later("Not yet"),
}


@dataclass(frozen=True, slots=True)
class FeedbackForm:
    """The fields as typed; figures are texts, "" for no choice."""

    rating: str = ""
    still_open: str = ""
    level_before: str = ""
    level_after: str = ""
    agenda_fit: str = ""


def feedback_form(
    rating: Words = "",
    still_open: Annotated[str, Form()] = "",
    level_before: Words = "",
    level_after: Words = "",
    agenda_fit: Words = "",
) -> FeedbackForm:
    """Return the fields of the form."""
    return FeedbackForm(rating, readable(still_open), level_before, level_after, agenda_fit)


@router.get(ADDRESS)
def feedback(request: Request, person: SignedIn, context: Running, session_id: str, kept: bool = False) -> HTMLResponse:
    return _feedback(request, person, context, session_id, kept=kept)


@router.post(ADDRESS, response_model=None)
def give(
    request: Request,
    person: SignedIn,
    context: Running,
    session_id: str,
    form: Annotated[FeedbackForm, Depends(feedback_form)],
    step: Annotated[StepForm, Depends(step_form)],
) -> HTMLResponse | RedirectResponse:
    asked = feedback_page(context, person, session_id)
    read = read_step(request, context, person, step)
    errors = read.errors if asked.asks_step else {}
    if not _figure(form.rating, 1, len(USEFUL)):
        errors |= {"rating": text(request, "Choose one of the five.")}
    shown: dict[str, Any] = {"form": form, "step": step}
    if errors:
        return _feedback(request, person, context, session_id, status=422, errors=errors, **shown)
    try:
        give_feedback(context, person, session_id, _said(form, asked, read.step, step.seen))
    except InvalidInput:
        errors = {"still_open": text(request, "This is longer than 4,000 characters. Keep what matters most.")}
        return _feedback(request, person, context, session_id, status=422, errors=errors, **shown)
    except NotNow:
        return _moved_on(request, person, context, session_id, shown)
    return RedirectResponse(f"{_place(session_id)}/feedback?kept=true", status_code=303)


@router.post(f"{ADDRESS}/no-show", response_model=None)
def no_show(
    request: Request, person: SignedIn, context: Running, session_id: str, missing: Words = ""
) -> HTMLResponse | RedirectResponse:
    try:
        report_no_show(context, session_id, missing, Asked(person.id))
    except InvalidInput:
        errors = {"missing": text(request, "Choose who could not come.")}
        return _feedback(request, person, context, session_id, status=422, errors=errors)
    except NotNow:
        errors = {"missing": text(request, "This can be said from the start of a session until a week after it.")}
        return _feedback(request, person, context, session_id, status=409, errors=errors)
    return RedirectResponse(_place(session_id), status_code=303)


@router.get(FOLLOW_UP)
def follow_up(request: Request, person: SignedIn, context: Running, session_id: str) -> HTMLResponse:
    page = follow_up_page(context, person, session_id)
    return render(request, "follow_up.html", page=page, session_id=session_id, answers=ANSWERS, error="")


@router.post(FOLLOW_UP, response_model=None)
def answer_follow_up(
    request: Request, person: SignedIn, context: Running, session_id: str, answer: Words = ""
) -> HTMLResponse | RedirectResponse:
    page = follow_up_page(context, person, session_id)
    if answer not in set(StepAnswer):
        error = text(request, "Choose one of the three.")
        values = {"page": page, "session_id": session_id, "answers": ANSWERS, "error": error}
        return render(request, "follow_up.html", status=422, **values)
    answer_step(context, session_id, StepAnswer(answer), Asked(person.id))
    return RedirectResponse(f"{_place(session_id)}/follow-up", status_code=303)


def _said(form: FeedbackForm, asked: FeedbackPage, step: NextStep, seen: str) -> Said:
    """Return what the form says, of the fields that this side is asked for."""
    is_mentee = asked.page.side is Side.MENTEE
    fits = form.agenda_fit in set(AgendaFit) and not is_mentee
    return Said(
        rating=int(form.rating),
        still_open=form.still_open,
        level_before=_figure(form.level_before, 0, MAX_LEVEL) if is_mentee else None,
        level_after=_figure(form.level_after, 0, MAX_LEVEL) if is_mentee else None,
        agenda_fit=AgendaFit(form.agenda_fit) if fits else None,
        step=step if asked.asks_step else None,
        seen_step=seen,
    )


def _figure(written: str, least: int, most: int) -> int | None:
    return int(written) if written in {str(one) for one in range(least, most + 1)} else None


def _moved_on(
    request: Request, person: Person, context: Context, session_id: str, shown: dict[str, Any]
) -> HTMLResponse:
    """Show the page anew with what was typed; a step that somebody else wrote meanwhile is named."""
    session = feedback_page(context, person, session_id).session
    step: StepForm = shown["step"]
    error = text(request, "Meanwhile this step was kept: “%(step)s”. Yours stands here; send it to replace it.")
    again = shown | {"step": StepForm(step.step, step.due, session.next_step)}
    errors = {"step": error % {"step": session.next_step}}
    return _feedback(request, person, context, session_id, status=409, errors=errors, **again)


def _feedback(
    request: Request,
    person: Person,
    context: Context,
    session_id: str,
    *,
    status: int = 200,
    kept: bool = False,
    errors: dict[str, str] | None = None,
    form: FeedbackForm | None = None,
    step: StepForm | None = None,
) -> HTMLResponse:
    asked = feedback_page(context, person, session_id)
    language, session = language_of(request, person), asked.session
    values: dict[str, Any] = {
        "asked": asked,
        "page": asked.page,
        "session_id": session_id,
        "kept": kept and asked.said is not None,
        "errors": defaultdict(str, errors or {}),
        "form": form or _shown(asked),
        "step_form": step or shown_step(NextStep(session.next_step, session.next_step_due), session.next_step),
        "useful": USEFUL,
        "fits": FITS,
        "levels": [level_name(level, language) for level in range(MAX_LEVEL + 1)],
        "missing": [one for one in (asked.page.mentor, *asked.page.mentees) if one.id != person.id],
        "longest": MAX_MESSAGE_CHARACTERS,
        "longest_step": MAX_STEP_CHARACTERS,
    }
    return render(request, "feedback.html", status=status, **values)


def _shown(asked: FeedbackPage) -> FeedbackForm:
    """Return the fields with what the person said before."""
    said = asked.said
    if said is None:
        return FeedbackForm()
    before, after = ("" if level is None else str(level) for level in (said.level_before, said.level_after))
    return FeedbackForm(str(said.rating), said.still_open, before, after, said.agenda_fit or "")


def _place(session_id: str) -> str:
    return f"/sessions/{quote(session_id, safe='')}"
