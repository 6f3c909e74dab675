"""Groups: what is offered, a seat or a place in the line, and a form for mentors who hold one."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from domain.errors import CapacityFull, InvalidInput, NotNow, SlotTaken
from domain.people import Person
from domain.wall_time import start_of_wall
from services.booking import groups
from services.context import Context
from services.group_list import group_list
from web.access import Running, SignedIn
from web.booking import Key, new_key
from web.pages import render, text
from web.plain_text import PlainText

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
Text = Annotated[PlainText, Form()]


class Seat(StrEnum):
    """What a form on the page of groups may ask for."""

    JOIN = "join"
    WAIT = "wait"
    STOP_WAITING = "stop-waiting"


@router.get("/groups")
def groups_page(request: Request, person: SignedIn, context: Running) -> HTMLResponse:
    return _page(request, person, context)


@router.post("/groups", response_model=None)
def offer(
    request: Request,
    person: SignedIn,
    context: Running,
    topic: Text = "",
    day: Text = "",
    clock: Text = "",
    minutes: Annotated[int, Form()] = 30,
    seats: Annotated[int, Form()] = 6,
    place: Text = "",
    key: Key = "",
) -> HTMLResponse | RedirectResponse:
    typed = {"topic": topic, "day": day, "clock": clock, "minutes": minutes, "seats": seats, "place": place}
    try:
        at = _moment(day, clock, person, context)
        groups.offer_group(context, person.id, groups.GroupOffer(topic, at, minutes, seats, place.strip()), key)
    except (InvalidInput, SlotTaken, CapacityFull) as error:
        status = 422 if isinstance(error, InvalidInput) else 409
        return _page(request, person, context, status=status, problem=_problem(request, error), typed=typed)
    return RedirectResponse("/groups", status_code=303)


@router.post("/groups/{session_id}/{deed}", response_model=None)
def take_or_leave(
    request: Request, person: SignedIn, context: Running, session_id: str, deed: Seat, key: Key = ""
) -> HTMLResponse | RedirectResponse:
    try:
        if deed is Seat.JOIN:
            groups.join(context, session_id, person.id, key)
        elif deed is Seat.WAIT:
            groups.wait_for_seat(context, session_id, person.id)
        else:
            groups.stop_waiting(context, session_id, person.id)
    except (CapacityFull, NotNow, SlotTaken) as error:
        return _page(request, person, context, status=409, problem=_problem(request, error))
    return RedirectResponse("/groups", status_code=303)


def _moment(day: str, clock: str, person: Person, context: Context) -> datetime:
    try:
        wall = datetime.fromisoformat(f"{day}T{clock}")
    except ValueError:
        raise InvalidInput("starts_at", "be a day and a time", "something else", "Fill in both.") from None
    return start_of_wall(wall, person.zone, context.clock())


def _page(request: Request, person: Person, context: Context, *, status: int = 200, **values: Any) -> HTMLResponse:
    nothing: dict[str, Any] = {"problem": "", "typed": {}, "key": new_key()}
    return render(request, "groups.html", status=status, listed=group_list(context, person), **(nothing | values))


def _problem(request: Request, error: Exception) -> str:
    if isinstance(error, SlotTaken):
        return text(request, "You have another session at that time.")
    if isinstance(error, CapacityFull):
        return text(request, "No seat is left there. You may wait for one: whoever waits longest is first.")
    if isinstance(error, NotNow):
        return text(request, "That is not possible any more. This is how the groups stand now.")
    return text(request, "Check topic, day, time, length and seats: a group has 3 to 8 seats and begins in the future.")
