"""What happens to a session when nobody does anything: a request goes to the next mentor, a session ends."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.errors import CapacityFull, InvalidInput, NotFound, SlotTaken
from domain.people import Format
from domain.sessions import OPEN, MentoringSession, SessionStatus
from domain.transitions import Action, Side
from services.booking.desk import Desk
from services.booking.policy import booking_policy
from services.booking.request import Wish, check_wish, keep_request
from services.context import Context
from services.suggest import mentors_for_topic
from store import Store, unit_of_work

MOST_MENTORS_ASKED = 3
_CANDIDATES = 5


@dataclass(frozen=True, slots=True)
class _Candidate:
    mentor_id: str
    next_slot: datetime | None


def expire_request(context: Context, payload: Mapping[str, Any]) -> None:
    """Let the next mentor on the mentee's list have a request that nobody answered, or end it. Run by a worker."""
    session_id = str(payload["session_id"])
    with unit_of_work(context.engine) as store:
        session = _found(store, session_id)
        if session is None or not _is_over(session, context.clock()):
            return
        asked_already = _asked_already(store, session)
    candidates = _next_mentors(context, session, asked_already)
    for candidate in candidates:
        try:
            _settle(context, session_id, candidate)
        except (SlotTaken, CapacityFull, InvalidInput, NotFound):
            continue  # this one cannot: nothing was kept, the next one is tried
        return
    _settle(context, session_id, None)


def end_session(context: Context, payload: Mapping[str, Any]) -> None:
    """Let a session whose time is over count as held, unless somebody said otherwise. Run by a worker."""
    _by_itself(context, str(payload["session_id"]), Action.HOLD, payload)


def follow_up_by(context: Context, payload: Mapping[str, Any]) -> None:
    """Close a session that was held long ago, whether or not anybody said that it helped. Run by a worker."""
    _by_itself(context, str(payload["session_id"]), Action.FOLLOW_UP, payload)


def _by_itself(context: Context, session_id: str, action: Action, payload: Mapping[str, Any]) -> None:
    source = SessionStatus.BOOKED if action is Action.HOLD else SessionStatus.HELD
    with unit_of_work(context.engine, write=True) as store:
        session = _found(store, session_id, for_change=True)
        if session is not None and session.status is source and is_as_planned(session, payload):
            desk = Desk(store, context.clock(), booking_policy(store))
            may_hold = action is not Action.HOLD or bool(session.mentee_ids)
            desk.step(session, action if may_hold else Action.CANCEL, Side.HALFHOUR, None)


def is_as_planned(session: MentoringSession, payload: Mapping[str, Any]) -> bool:
    """Say whether the session still begins when it did as the job was planned."""
    return payload.get("starts_at") == (session.starts_at.isoformat() if session.starts_at else None)


def _found(store: Store, session_id: str, *, for_change: bool = False) -> MentoringSession | None:
    try:
        return store.sessions.lock(session_id) if for_change else store.sessions.get(session_id)
    except NotFound:
        return None


def _is_over(session: MentoringSession, now: datetime) -> bool:
    return session.status in OPEN and session.answer_by is not None and session.answer_by <= now


def _asked_already(store: Store, session: MentoringSession) -> set[str]:
    asked, earlier = {session.mentor_id}, session.passed_on_from
    while earlier:
        before = store.sessions.get(earlier)
        asked.add(before.mentor_id)
        earlier = before.passed_on_from
    return asked


def _next_mentors(context: Context, session: MentoringSession, asked_already: set[str]) -> list[_Candidate]:
    """Return whom to ask next, best first; nobody where the mentee owes the answer, or enough were asked."""
    if session.status is not SessionStatus.REQUESTED or len(asked_already) >= MOST_MENTORS_ASKED:
        return []
    found = mentors_for_topic(
        context,
        session.mentee_ids[0],
        session.topic_id,
        need=session.need,
        k=len(asked_already) + _CANDIDATES,
    )
    return [_Candidate(s.mentor_id, s.next_slot) for s in found.suggestions if s.mentor_id not in asked_already]


def _settle(context: Context, session_id: str, candidate: _Candidate | None) -> None:
    """Hand the request on to the candidate, or end it for None; nothing where it was answered meanwhile."""
    with unit_of_work(context.engine, write=True) as store:
        session = _found(store, session_id, for_change=True)
        desk = Desk(store, context.clock(), booking_policy(store))
        if session is None or not _is_over(session, desk.now):
            return
        if candidate is None:
            desk.step(session, Action.EXPIRE, Side.HALFHOUR, None)
        else:
            _hand_on(desk, session, candidate)


def _hand_on(desk: Desk, session: MentoringSession, candidate: _Candidate) -> None:
    store, mentee_id = desk.store, session.mentee_ids[0]
    store.people.lock([mentee_id, candidate.mentor_id])
    desk.step(session, Action.HAND_ON, Side.HALFHOUR, None)
    starts_at = None if session.format is Format.CHAT else candidate.next_slot
    wish = Wish(session.topic_id, candidate.mentor_id, session.minutes, session.format, session.need, starts_at)
    check_wish(store, mentee_id, wish, desk.now)
    keep_request(desk, mentee_id, wish, session.need, passed_on_from=session.id)
