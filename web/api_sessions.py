"""The JSON API of booking: sessions of whoever is signed in, and what may be done with them."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Header
from pydantic import AwareDatetime, BaseModel, Field

from domain.people import Format
from domain.sessions import MentoringSession, SessionStatus
from domain.suggestions import MAX_NEED_CHARACTERS
from services.booking import answer, change, groups
from services.booking.desk import MAX_KEY_CHARACTERS, Asked, Receipt
from services.booking.request import Wish, request_session
from services.own_sessions import sessions_in_full
from web.access import Running, SignedIn
from web.api_v1 import REFUSALS, Problem, StrictBody
from web.plain_text import PlainText

_MORE: dict[int | str, dict[str, Any]] = {
    409: {"model": Problem, "description": "The time, the seat or the state is not there any more."},
    429: {"model": Problem, "description": "Too many requests; Retry-After says when to come back."},
}
router = APIRouter(prefix="/api/v1/sessions", tags=["sessions"], responses={**REFUSALS, **_MORE})
Key = Annotated[PlainText, Header(alias="Idempotency-Key", max_length=MAX_KEY_CHARACTERS)]


class RequestBody(StrictBody):
    """A session asked for; `starts_at` is left out for a chat, or where a time is still to be found."""

    topic_id: PlainText
    mentor_id: PlainText
    minutes: int = 20
    format: Format = Format.ONE_TO_ONE
    need: PlainText = Field(default="", max_length=MAX_NEED_CHARACTERS)
    starts_at: AwareDatetime | None = None


class GroupBody(StrictBody):
    """A group that a mentor would hold."""

    topic_id: PlainText
    starts_at: AwareDatetime
    minutes: int = 30
    seats: int = 6
    place: PlainText = Field(default="", max_length=500)


class ChangeBody(StrictBody):
    """The revision that the person saw: with another one nothing is done."""

    revision: int = Field(ge=0)


class TimeBody(ChangeBody):
    """Another time."""

    starts_at: AwareDatetime


class ConfirmBody(ChangeBody):
    """A time of the mentee's own choice; left out to take the one that the mentor proposed."""

    starts_at: AwareDatetime | None = None


class NoShowBody(ChangeBody):
    """Who did not come."""

    missing_id: PlainText


class SessionRead(BaseModel):
    """A session as its people see it."""

    id: str
    topic_id: str
    mentor_id: str
    mentee_ids: list[str]
    format: Format
    minutes: int
    status: SessionStatus
    starts_at: datetime | None
    revision: int
    place: str
    seats: int
    answer_by: datetime | None
    closes_at: datetime | None


@router.get("")
def sessions(person: SignedIn, context: Running) -> list[SessionRead]:
    """Return the own sessions, as mentor and as mentee, oldest first."""
    return [_read(session) for session in sessions_in_full(context, person.id)]


@router.post("", status_code=201)
def request(person: SignedIn, context: Running, body: RequestBody, key: Key = "") -> Receipt:
    """Ask a mentor for a session."""
    wish = Wish(body.topic_id, body.mentor_id, body.minutes, body.format, body.need, body.starts_at)
    return request_session(context, person.id, wish, key)


@router.post("/groups", status_code=201)
def offer_group(person: SignedIn, context: Running, body: GroupBody, key: Key = "") -> Receipt:
    """Offer a group, as its mentor."""
    group = groups.GroupOffer(body.topic_id, body.starts_at, body.minutes, body.seats, body.place)
    return groups.offer_group(context, person.id, group, key)


@router.post("/{session_id}/join", status_code=201)
def join(person: SignedIn, context: Running, session_id: str, key: Key = "") -> Receipt:
    """Take a seat in a group."""
    return groups.join(context, session_id, person.id, key)


@router.post("/{session_id}/wait")
def wait(person: SignedIn, context: Running, session_id: str) -> Receipt:
    """Wait for a seat in a full group."""
    return groups.wait_for_seat(context, session_id, person.id)


@router.post("/{session_id}/stop-waiting")
def stop_waiting(person: SignedIn, context: Running, session_id: str) -> Receipt:
    """Leave the waiting list."""
    return groups.stop_waiting(context, session_id, person.id)


@router.post("/{session_id}/leave")
def leave(person: SignedIn, context: Running, session_id: str, body: ChangeBody, key: Key = "") -> Receipt:
    """Give a seat in a group back."""
    return groups.leave_group(context, session_id, _asked(person.id, session_id, "leave", body, key))


@router.post("/{session_id}/accept")
def accept(person: SignedIn, context: Running, session_id: str, body: ChangeBody, key: Key = "") -> Receipt:
    """Say yes to a request, as its mentor."""
    return answer.accept(context, session_id, _asked(person.id, session_id, "accept", body, key))


@router.post("/{session_id}/propose")
def propose(person: SignedIn, context: Running, session_id: str, body: TimeBody, key: Key = "") -> Receipt:
    """Say yes at another time, as the mentor."""
    asked = _asked(person.id, session_id, "propose", body, key)
    return answer.propose(context, session_id, body.starts_at, asked)


@router.post("/{session_id}/confirm")
def confirm(person: SignedIn, context: Running, session_id: str, body: ConfirmBody, key: Key = "") -> Receipt:
    """Book what the mentor agreed to, as the mentee."""
    asked = _asked(person.id, session_id, "confirm", body, key)
    return answer.confirm(context, session_id, asked, body.starts_at)


@router.post("/{session_id}/decline")
def decline(person: SignedIn, context: Running, session_id: str, body: ChangeBody, key: Key = "") -> Receipt:
    """Say no to a request, as its mentor."""
    return answer.decline(context, session_id, _asked(person.id, session_id, "decline", body, key))


@router.post("/{session_id}/withdraw")
def withdraw(person: SignedIn, context: Running, session_id: str, body: ChangeBody, key: Key = "") -> Receipt:
    """Take a request back, as the mentee."""
    return answer.withdraw(context, session_id, _asked(person.id, session_id, "withdraw", body, key))


@router.post("/{session_id}/move")
def move(person: SignedIn, context: Running, session_id: str, body: TimeBody, key: Key = "") -> Receipt:
    """Let a booked session begin at another time."""
    asked = _asked(person.id, session_id, "move", body, key)
    return change.move(context, session_id, body.starts_at, asked)


@router.post("/{session_id}/cancel")
def cancel(person: SignedIn, context: Running, session_id: str, body: ChangeBody, key: Key = "") -> Receipt:
    """Call a booked session off."""
    return change.cancel(context, session_id, _asked(person.id, session_id, "cancel", body, key))


@router.post("/{session_id}/no-show")
def no_show(person: SignedIn, context: Running, session_id: str, body: NoShowBody, key: Key = "") -> Receipt:
    """Say that somebody did not come."""
    asked = _asked(person.id, session_id, "no-show", body, key)
    return change.report_no_show(context, session_id, body.missing_id, asked)


def _asked(person_id: str, session_id: str, what: str, body: ChangeBody, key: str) -> Asked:
    asked_for = {"session": session_id, "what": what, **body.model_dump(mode="json")}
    return Asked(person_id, key, asked_for, body.revision)


def _read(session: MentoringSession) -> SessionRead:
    fields = {name: getattr(session, name) for name in SessionRead.model_fields}
    return SessionRead(**fields)
