"""The life of a mentoring session as one table: which action leads from where to where, whose it is, who is told."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from domain.errors import NotNow
from domain.notices import Notice
from domain.sessions import OPEN, MentoringSession, SessionStatus


class Action(StrEnum):
    """Everything that can happen to a session."""

    REQUEST = "request"
    OFFER_GROUP = "offer_group"
    ACCEPT = "accept"
    AGREE = "agree"
    PROPOSE = "propose"
    CONFIRM = "confirm"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    EXPIRE = "expire"
    HAND_ON = "hand_on"
    CANCEL = "cancel"
    MOVE = "move"
    JOIN = "join"
    LEAVE = "leave"
    HOLD = "hold"
    REPORT_NO_SHOW = "report_no_show"
    FOLLOW_UP = "follow_up"


class Side(StrEnum):
    """Who does something to a session; `halfhour` is the product itself, when a time has passed or somebody left."""

    MENTEE = "mentee"
    MENTOR = "mentor"
    HALFHOUR = "halfhour"


@dataclass(frozen=True, slots=True)
class Transition:
    """One row of the table.

    Parameters
    ----------
    sources
        The states that it starts from; none for what makes a session.
    tells
        Who learns of it by which notice; on each side everybody but whoever did it, unless named in `tells_doer`.
    tells_doer
        Whether whoever did it is told too: an invitation goes to both.
    """

    sources: frozenset[SessionStatus]
    target: SessionStatus
    by: frozenset[Side]
    tells: Mapping[Side, Notice]
    tells_doer: bool = False


def _row(
    sources: frozenset[SessionStatus],
    target: SessionStatus,
    by: set[Side],
    tells: dict[Side, Notice],
    *,
    tells_doer: bool = False,
) -> Transition:
    return Transition(sources, target, frozenset(by), MappingProxyType(tells), tells_doer)


_NEW: frozenset[SessionStatus] = frozenset()
_REQUESTED = frozenset({SessionStatus.REQUESTED})
_ACCEPTED = frozenset({SessionStatus.ACCEPTED})
_BOOKED = frozenset({SessionStatus.BOOKED})
_HELD = frozenset({SessionStatus.HELD})
_TO_BOTH = {Side.MENTEE: Notice.BOOKED, Side.MENTOR: Notice.BOOKED}

TRANSITIONS: Mapping[Action, Transition] = MappingProxyType(
    {
        Action.REQUEST: _row(_NEW, SessionStatus.REQUESTED, {Side.MENTEE}, {Side.MENTOR: Notice.REQUESTED}),
        Action.OFFER_GROUP: _row(
            _NEW, SessionStatus.BOOKED, {Side.MENTOR}, {Side.MENTOR: Notice.BOOKED}, tells_doer=True
        ),
        Action.ACCEPT: _row(_REQUESTED, SessionStatus.BOOKED, {Side.MENTOR}, _TO_BOTH, tells_doer=True),
        Action.AGREE: _row(_REQUESTED, SessionStatus.ACCEPTED, {Side.MENTOR}, {Side.MENTEE: Notice.PICK_A_TIME}),
        Action.PROPOSE: _row(OPEN, SessionStatus.ACCEPTED, {Side.MENTOR}, {Side.MENTEE: Notice.TIME_PROPOSED}),
        Action.CONFIRM: _row(_ACCEPTED, SessionStatus.BOOKED, {Side.MENTEE}, _TO_BOTH, tells_doer=True),
        Action.DECLINE: _row(OPEN, SessionStatus.DECLINED, {Side.MENTOR}, {Side.MENTEE: Notice.DECLINED}),
        Action.WITHDRAW: _row(OPEN, SessionStatus.CANCELLED, {Side.MENTEE}, {Side.MENTOR: Notice.WITHDRAWN}),
        Action.EXPIRE: _row(OPEN, SessionStatus.EXPIRED, {Side.HALFHOUR}, {Side.MENTEE: Notice.EXPIRED}),
        Action.HAND_ON: _row(_REQUESTED, SessionStatus.EXPIRED, {Side.HALFHOUR}, {Side.MENTEE: Notice.PASSED_ON}),
        Action.CANCEL: _row(
            _BOOKED,
            SessionStatus.CANCELLED,
            {Side.MENTEE, Side.MENTOR, Side.HALFHOUR},
            {Side.MENTEE: Notice.CANCELLED, Side.MENTOR: Notice.CANCELLED},
            tells_doer=True,
        ),
        Action.MOVE: _row(
            _BOOKED,
            SessionStatus.BOOKED,
            {Side.MENTEE, Side.MENTOR},
            {Side.MENTEE: Notice.MOVED, Side.MENTOR: Notice.MOVED},
            tells_doer=True,
        ),
        Action.JOIN: _row(_BOOKED, SessionStatus.BOOKED, {Side.MENTEE}, {Side.MENTOR: Notice.SOMEBODY_JOINED}),
        Action.LEAVE: _row(_BOOKED, SessionStatus.BOOKED, {Side.MENTEE}, {Side.MENTOR: Notice.SOMEBODY_LEFT}),
        Action.HOLD: _row(
            _BOOKED,
            SessionStatus.HELD,
            {Side.MENTEE, Side.MENTOR, Side.HALFHOUR},
            {Side.MENTEE: Notice.FEEDBACK_WANTED, Side.MENTOR: Notice.FEEDBACK_WANTED},
            tells_doer=True,
        ),
        Action.REPORT_NO_SHOW: _row(
            _BOOKED | _HELD,
            SessionStatus.NO_SHOW,
            {Side.MENTEE, Side.MENTOR},
            {Side.MENTEE: Notice.NO_SHOW, Side.MENTOR: Notice.NO_SHOW},
        ),
        Action.FOLLOW_UP: _row(_HELD, SessionStatus.FOLLOWED_UP, {Side.MENTEE, Side.HALFHOUR}, {}),
    }
)


def side_of(session: MentoringSession, person_id: str | None) -> Side | None:
    """Return on which side the person takes part; Halfhour's for None, None for a stranger."""
    if person_id is None:
        return Side.HALFHOUR
    if person_id == session.mentor_id:
        return Side.MENTOR
    return Side.MENTEE if person_id in session.mentee_ids else None


def may(session: MentoringSession, action: Action, side: Side) -> bool:
    """Say whether that side may do this to the session as it stands."""
    row = TRANSITIONS[action]
    return session.status in row.sources and side in row.by


def transition(
    session: MentoringSession, action: Action, side: Side, now: datetime, **changes: Any
) -> MentoringSession:
    """Return the session after the action, with the changes that belong to it and the next revision.

    Raises
    ------
    NotNow
        If the state or the side does not allow it.
    """
    row = TRANSITIONS[action]
    if not may(session, action, side):
        raise NotNow(action, session.status)
    if session.status in OPEN and side is Side.MENTOR:
        changes.setdefault("answered_at", now)
    if row.target not in OPEN:
        changes.setdefault("answer_by", None)
    return replace(session, status=row.target, revision=session.revision + 1, **changes)
