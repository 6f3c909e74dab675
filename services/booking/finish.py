"""A session comes to its end: it took place, and the two of them, or one for both, wrote the step after it down."""

from dataclasses import dataclass, replace
from datetime import date

from domain.errors import NotNow
from domain.session_talk import check_step
from domain.sessions import MentoringSession
from domain.transitions import Action, Side
from services.booking.change import check_begun
from services.booking.desk import Asked, Desk, Receipt, perform
from services.context import Context


@dataclass(frozen=True, slots=True)
class NextStep:
    """The step after a session, on one line, and the day by which it shall be done; None for no day."""

    text: str = ""
    due: date | None = None


def finish(context: Context, session_id: str, asked: Asked, step: NextStep, seen: str) -> Receipt:
    """Say that the session took place, and keep its next step; after it was held, keep another step.

    Parameters
    ----------
    seen
        The step that the person saw as kept: one that somebody else wrote meanwhile is not overwritten.

    Raises
    ------
    NotFound
        If the person takes no part in such a session.
    NotNow
        If it is neither booked nor held, has not begun yet, or has another step by now.
    InvalidInput
        If the step is too long or not text.
    """
    kept = replace(step, text=check_step(step.text))
    return perform(context, asked, lambda desk: finish_at(desk, session_id, asked, kept, seen))


def finish_at(desk: Desk, session_id: str, asked: Asked, step: NextStep, seen: str) -> MentoringSession:
    """Do so within an open transaction; the step has been checked."""
    session, side = desk.take(session_id, asked)
    if session.next_step not in {seen, step.text}:
        raise NotNow("another next step", session.status)
    if not session.was_held:
        session = _held(desk, session, side, asked.person_id)
    kept = replace(session, next_step=step.text, next_step_due=step.due if step.text else None)
    desk.store.sessions.save([kept])
    return kept


def _held(desk: Desk, session: MentoringSession, side: Side, person_id: str) -> MentoringSession:
    check_begun(session, desk.now)
    return desk.step(session, Action.HOLD, side, person_id)
