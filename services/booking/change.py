"""Changes to a session that is booked: moved, cancelled, held, not attended."""

from datetime import date, datetime, timedelta
from typing import Any

from domain.errors import InvalidInput, NotNow
from domain.people import Format
from domain.sessions import MentoringSession
from domain.transitions import Action, Side
from services.booking.answer import check_new_time
from services.booking.desk import Asked, Desk, Receipt, perform
from services.context import Context

REPORT_DAYS = 7


def move(context: Context, session_id: str, starts_at: datetime, asked: Asked) -> Receipt:
    """Let the session begin at another time; when that cannot be, it keeps the old one.

    Raises
    ------
    NotFound
        If the person takes no part in such a session.
    NotNow
        If it is not booked, has begun, or has changed since the person saw it; a group is moved by its mentor.
    InvalidInput, SlotTaken, CapacityFull
        If the new time cannot be.
    """

    def change(desk: Desk) -> MentoringSession:
        session, side = desk.take(session_id, asked)
        if session.format is Format.CHAT:
            raise InvalidInput("starts_at", "be empty for a chat", "a time", "A chat has no time, only an end.")
        if session.format is Format.GROUP and side is Side.MENTEE:
            raise NotNow("a move by a mentee", session.status)
        _check_not_begun(session, desk.now)
        at = check_new_time(desk, session, side, starts_at)
        return desk.step(session, Action.MOVE, side, asked.person_id, starts_at=at)

    return perform(context, asked, change)


def cancel(context: Context, session_id: str, asked: Asked) -> Receipt:
    """Call the session off; the time is free again. Late ones are counted for whoever cancels.

    Raises
    ------
    NotFound
        If the person takes no part in such a session.
    NotNow
        If it is not booked, has begun, or has changed since the person saw it; in a group a mentee leaves instead.
    """

    def change(desk: Desk) -> MentoringSession:
        session, side = desk.take(session_id, asked)
        if session.format is Format.GROUP and side is Side.MENTEE:
            raise NotNow("a cancellation by a mentee", session.status)
        _check_not_begun(session, desk.now)
        desk.store.waiting_list.clear(session.id)
        return desk.step(
            session, Action.CANCEL, side, asked.person_id, counts_for=_late(desk, session, asked.person_id)
        )

    return perform(context, asked, change)


def hold(
    context: Context, session_id: str, asked: Asked, next_step: str = "", next_step_due: date | None = None
) -> Receipt:
    """Say that the session took place, and keep the step after it.

    Raises
    ------
    NotFound
        If the person takes no part in such a session.
    NotNow
        If it is not booked, or has not begun yet.
    """

    def change(desk: Desk) -> MentoringSession:
        session, side = desk.take(session_id, asked)
        check_begun(session, desk.now)
        changes: dict[str, Any] = {"next_step": next_step, "next_step_due": next_step_due} if next_step else {}
        return desk.step(session, Action.HOLD, side, asked.person_id, **changes)

    return perform(context, asked, change)


def report_no_show(context: Context, session_id: str, missing_id: str, asked: Asked) -> Receipt:
    """Say that somebody did not come; it is counted for them, and nothing else follows.

    Raises
    ------
    NotFound
        If the person takes no part in such a session.
    InvalidInput
        If whoever did not come has no part in it, or is the one who says so.
    NotNow
        If it has not begun yet, is not booked or held, or lies more than a week back.
    """

    def change(desk: Desk) -> MentoringSession:
        session, side = desk.take(session_id, asked)
        if missing_id == asked.person_id or missing_id not in session.everybody:
            raise InvalidInput(
                "missing person", "be somebody else in the session", "another", "Choose who was missing."
            )
        if not _was_lately(session, desk.now):
            raise NotNow("a report at this time", session.status)
        return desk.step(session, Action.REPORT_NO_SHOW, side, asked.person_id, counts_for=missing_id)

    return perform(context, asked, change)


def check_begun(session: MentoringSession, now: datetime) -> None:
    """Raise NotNow for a session that is still to begin."""
    if session.starts_at and session.starts_at > now:
        raise NotNow("its end before its beginning", session.status)


def _check_not_begun(session: MentoringSession, now: datetime) -> None:
    if session.starts_at and session.starts_at <= now:
        raise NotNow("a change after its beginning", session.status)


def _was_lately(session: MentoringSession, now: datetime) -> bool:
    return session.starts_at is not None and timedelta() <= now - session.starts_at <= timedelta(days=REPORT_DAYS)


def _late(desk: Desk, session: MentoringSession, person_id: str) -> str | None:
    hours = timedelta(hours=desk.policy.late_cancel_hours)
    is_late = session.starts_at is not None and session.starts_at - desk.now < hours
    return person_id if is_late else None
