"""What people answered when they were asked whether the next step of a session was done."""

from datetime import datetime

from sqlalchemy import select

from domain.session_talk import StepAnswer
from store.booking_tables import step_answers
from store.rows import upsert
from store.work import Work


class StepAnswers:
    """Queries for answers about next steps."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def of_session(self, session_id: str) -> dict[str, StepAnswer]:
        """Return the answers about this session by person id."""
        query = select(step_answers).where(step_answers.c.session_id == session_id)
        return {row["person_id"]: StepAnswer(row["answer"]) for row in self._work.connection.execute(query).mappings()}

    def has(self, session_id: str, person_id: str) -> bool:
        """Say whether the person has answered about this session."""
        return person_id in self.of_session(session_id)

    def keep(self, session_id: str, person_id: str, answer: StepAnswer, at: datetime) -> None:
        """Keep the answer in the place of an earlier one."""
        row = {"session_id": session_id, "person_id": person_id, "answer": answer.value, "at": at}
        upsert(self._work.writing, step_answers, [row])
