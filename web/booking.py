"""Booking: a mentor is asked, answers, and either side moves or calls off what was booked."""

import secrets
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from domain.errors import CapacityFull, HalfhourError, InvalidInput, LimitReached, NotNow, SlotTaken
from domain.notices import DeclineReason
from domain.people import Format, Person
from domain.suggestions import MAX_NEED_CHARACTERS
from services.booking import answer, change, groups
from services.booking.answer import MAX_REASON_CHARACTERS
from services.booking.desk import Asked, Receipt
from services.booking.request import Wish, request_session
from services.context import Context
from services.session_links import doors
from services.session_page import USUAL_MINUTES, ask_page, other_times, session_page
from web.access import Running, SignedIn
from web.answer import REASONS
from web.asked import asked_need
from web.days import days_of
from web.doors import DOORS
from web.pages import render, text
from web.plain_text import PlainText

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
Key = Annotated[PlainText, Form(max_length=64)]


class Deed(StrEnum):
    """What a form on the page of a session may ask for."""

    ACCEPT = "accept"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    CONFIRM = "confirm"
    PROPOSE = "propose"
    MOVE = "move"
    CANCEL = "cancel"
    LEAVE = "leave"


@router.get("/topics/{topic_id}/ask")
def ask_form(
    request: Request,
    person: SignedIn,
    context: Running,
    topic_id: str,
    mentor: str,
    minutes: int = USUAL_MINUTES,
    form: Format = Format.ONE_TO_ONE,
    asked: str = "",
) -> HTMLResponse:
    wish = Wish(topic_id, mentor, minutes, form, asked_need(context, person, asked))
    return _ask_page(request, person, context, wish, asked=asked)


@router.post("/topics/{topic_id}/ask", response_model=None)
def ask(
    request: Request,
    person: SignedIn,
    context: Running,
    topic_id: str,
    mentor: Annotated[PlainText, Form()] = "",
    minutes: Annotated[int, Form()] = USUAL_MINUTES,
    form: Annotated[Format, Form()] = Format.ONE_TO_ONE,
    need: Annotated[PlainText, Form()] = "",
    starts_at: Annotated[PlainText, Form()] = "",
    timeless: Annotated[bool, Form()] = False,
    key: Key = "",
) -> HTMLResponse | RedirectResponse:
    try:
        at = None if form is Format.CHAT or timeless else _time(starts_at)
        wish = Wish(topic_id, mentor, minutes, form, need, at)
        receipt = request_session(context, person.id, wish, key)
    except (SlotTaken, CapacityFull, LimitReached, InvalidInput) as error:
        status, problem = _problem(request, error)
        kept = Wish(topic_id, mentor, minutes, form, need)
        return _ask_page(request, person, context, kept, status=status, problem=problem)
    return RedirectResponse(f"/sessions/{receipt.session_id}", status_code=303)


@router.get("/sessions/{session_id}")
def session(request: Request, person: SignedIn, context: Running, session_id: str) -> HTMLResponse:
    return _session_page(request, person, context, session_id)


@router.get("/sessions/{session_id}/times")
def times(request: Request, person: SignedIn, context: Running, session_id: str) -> HTMLResponse:
    return _times_page(request, person, context, session_id)


@router.post("/sessions/{session_id}/{deed}", response_model=None)
def act(
    request: Request,
    person: SignedIn,
    context: Running,
    session_id: str,
    deed: Deed,
    revision: Annotated[int, Form(ge=0)],
    starts_at: Annotated[PlainText, Form()] = "",
    reason: Annotated[DeclineReason | None, Form()] = None,
    words: Annotated[PlainText, Form()] = "",
    key: Key = "",
) -> HTMLResponse | RedirectResponse:
    asked = Asked(person.id, key, {"session": session_id, "deed": deed, "at": starts_at, "seen": revision}, revision)
    if len(words) > MAX_REASON_CHARACTERS:
        problem = text(request, "That is too long. Say it in 500 characters.")
        return _session_page(request, person, context, session_id, status=422, problem=problem, words=words)
    try:
        if deed is Deed.DECLINE:
            answer.decline(context, session_id, asked, reason, words.replace("\r\n", "\n"))
        else:
            _do(context, session_id, deed, starts_at, asked)
    except (SlotTaken, CapacityFull, InvalidInput) as error:
        status, problem = _problem(request, error)
        return _times_page(request, person, context, session_id, status=status, problem=problem)
    except NotNow:
        problem = text(request, "Nothing was changed: the session has moved on meanwhile. This is how it stands now.")
        return _session_page(request, person, context, session_id, status=409, problem=problem)
    if deed is Deed.LEAVE:
        return RedirectResponse("/groups", status_code=303)
    return RedirectResponse(f"/sessions/{session_id}", status_code=303)


def _do(context: Context, session_id: str, deed: Deed, starts_at: str, asked: Asked) -> Receipt:
    if deed is Deed.PROPOSE:
        return answer.propose(context, session_id, _time(starts_at), asked)
    if deed is Deed.MOVE:
        return change.move(context, session_id, _time(starts_at), asked)
    if deed is Deed.CONFIRM:
        return answer.confirm(context, session_id, asked, _time(starts_at) if starts_at else None)
    simple = {
        Deed.ACCEPT: answer.accept,
        Deed.WITHDRAW: answer.withdraw,
        Deed.CANCEL: change.cancel,
        Deed.LEAVE: groups.leave_group,
    }
    return simple[deed](context, session_id, asked)


def _time(written: str) -> datetime:
    """Return the time that a form holds; raise InvalidInput where none was chosen."""
    try:
        return datetime.fromisoformat(written)
    except ValueError:
        got = "none" if not written else "something else"
        raise InvalidInput("starts_at", "be chosen", got, "Choose one of the times.") from None


def _ask_page(
    request: Request,
    person: Person,
    context: Context,
    wish: Wish,
    *,
    status: int = 200,
    problem: str = "",
    asked: str = "",
) -> HTMLResponse:
    page = ask_page(context, person, wish.topic_id, wish.mentor_id, wish.minutes)
    values: dict[str, Any] = {"page": page, "wish": wish, "asked": asked, "problem": problem, "key": new_key()}
    values |= {"days": days_of(page.times, person.zone), "most": MAX_NEED_CHARACTERS}
    return render(request, "ask.html", status=status, **values)


def _session_page(
    request: Request,
    person: Person,
    context: Context,
    session_id: str,
    *,
    status: int = 200,
    problem: str = "",
    words: str = "",
) -> HTMLResponse:
    page = session_page(context, person, session_id)
    values: dict[str, Any] = {"problem": problem, "key": new_key(), "door_names": DOORS}
    values |= {"words": words, "reasons": REASONS, "longest": MAX_REASON_CHARACTERS}
    values["doors"] = doors(page.session, person.id, context.clock(), page.policy)
    return render(request, "session.html", status=status, page=page, **values)


def _times_page(
    request: Request, person: Person, context: Context, session_id: str, *, status: int = 200, problem: str = ""
) -> HTMLResponse:
    page, free = other_times(context, person, session_id)
    values: dict[str, Any] = {"page": page, "days": days_of(free, person.zone), "problem": problem, "key": new_key()}
    return render(request, "times.html", status=status, **values)


def new_key() -> str:
    """Return a key that no form had before: a form sent twice acts once."""
    return secrets.token_urlsafe(16)


def _problem(request: Request, error: HalfhourError) -> tuple[int, str]:
    """Return the status and the words for what keeps a request from being made."""
    if isinstance(error, SlotTaken):
        return 409, text(request, "That time was taken a moment ago. Here are the ones that are still free.")
    if isinstance(error, CapacityFull):
        return 409, text(request, "The mentor has no minutes left in that week. Choose a later time or another mentor.")
    if isinstance(error, LimitReached):
        return 429, text(request, "You are waiting for several answers already. Wait for one, or take one back first.")
    return 422, text(request, "Choose one of the times below. The one you had is not possible any more.")
