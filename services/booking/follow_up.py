"""Some days after a session: was its next step done?"""

from domain.errors import NotFound, NotNow
from domain.session_talk import StepAnswer
from domain.sessions import MentoringSession, SessionStatus
from domain.transitions import Action, Side
from services.booking.desk import Asked, Desk, Receipt, perform
from services.context import Context


def answer_step(context: Context, session_id: str, answer: StepAnswer, asked: Asked) -> Receipt:
    """Keep a mentee's answer, in the place of an earlier one; the session is followed up once all have answered.

    Raises
    ------
    NotFound
        If the person is no mentee of such a session.
    NotNow
        If it was not held.
    """

    def change(desk: Desk) -> MentoringSession:
        session, side = desk.take(session_id, asked)
        if side is not Side.MENTEE:
            raise NotFound("session", session_id)
        if not session.was_held:
            raise NotNow("an answer about its next step", session.status)
        answers = desk.store.step_answers
        answers.keep(session.id, asked.person_id, answer, desk.now)
        if session.status is SessionStatus.HELD and answers.of_session(session.id).keys() >= set(session.mentee_ids):
            return desk.step(session, Action.FOLLOW_UP, side, asked.person_id)
        return session

    return perform(context, asked, change)
