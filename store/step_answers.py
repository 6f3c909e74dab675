"""What people answered when they were asked whether the next step of a session was done."""

from sqlalchemy import func, select

from store.booking_tables import step_answers
from store.work import Work


class StepAnswers:
    """Queries for answers about next steps."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def has(self, session_id: str, person_id: str) -> bool:
        """Say whether the person has answered about this session."""
        is_this = (step_answers.c.session_id == session_id) & (step_answers.c.person_id == person_id)
        return bool(self._work.connection.execute(select(func.count()).where(is_this)).scalar_one())
