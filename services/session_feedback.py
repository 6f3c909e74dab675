"""One minute of feedback after a session, from either side; a mentee's words ask for the next topic at once."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime

from domain.errors import NotFound, NotNow
from domain.feedback import AgendaFit, Feedback
from domain.people import Format, Person
from domain.session_talk import StepAnswer, check_step, check_still_open
from domain.sessions import MentoringSession, SessionStatus
from domain.transitions import Action, Side
from embeddings import detect_language
from recommender import need_texts
from services.booking.desk import Asked, Desk, perform
from services.booking.finish import NextStep, finish_at
from services.context import Context
from services.index import new_vectors
from services.own_sessions import own_session
from services.session_page import SessionPage, session_page
from store import Store, unit_of_work


@dataclass(frozen=True, slots=True)
class Said:
    """What a person says about a session; levels are a mentee's to say, `agenda_fit` is the mentor's.

    Parameters
    ----------
    step
        None where the next step is not asked for.
    seen_step
        The step that the person saw as kept.
    """

    rating: int
    still_open: str = ""
    level_before: int | None = None
    level_after: int | None = None
    agenda_fit: AgendaFit | None = None
    step: NextStep | None = None
    seen_step: str = ""


@dataclass(frozen=True, slots=True)
class FeedbackPage:
    """What the form shows: the session, what the person said before, and what they may still say."""

    page: SessionPage
    said: Feedback | None
    may_say: bool

    @property
    def session(self) -> MentoringSession:
        return self.page.session

    @property
    def asks_step(self) -> bool:
        """Whether the next step is this person's to change: a group's is written by its mentor."""
        return self.session.format is not Format.GROUP or self.page.side is Side.MENTOR

    @property
    def may_report(self) -> bool:
        """Whether the person may say now that somebody did not come."""
        return Action.REPORT_NO_SHOW in self.page.deeds


def feedback_page(context: Context, person: Person, session_id: str) -> FeedbackPage:
    """Return the form of an own session; raise NotFound when the person takes no part in it."""
    page = session_page(context, person, session_id)
    with unit_of_work(context.engine) as store:
        said = _said_before(store, session_id, person.id)
    session = page.session
    return FeedbackPage(page, said, session.was_held or is_just_over(session, context.clock()))


def is_just_over(session: MentoringSession, now: datetime) -> bool:
    """Say whether the time of a booked session has passed, and nobody has said yet that it was held."""
    return session.status is SessionStatus.BOOKED and session.ends_at is not None and session.ends_at <= now


@dataclass(frozen=True, slots=True)
class FollowUpPage:
    """What a mentee is asked some days later, and what they answered before."""

    page: SessionPage
    answer: StepAnswer | None


def follow_up_page(context: Context, person: Person, session_id: str) -> FollowUpPage:
    """Return the question; raise NotFound unless the person was a mentee in a session that was held."""
    page = session_page(context, person, session_id)
    if page.side is not Side.MENTEE or not page.session.was_held:
        raise NotFound("follow-up", session_id)
    with unit_of_work(context.engine) as store:
        return FollowUpPage(page, store.step_answers.of_session(session_id).get(person.id))


def give_feedback(context: Context, person: Person, session_id: str, said: Said) -> None:
    """Keep what the person says, in the place of what they said before; a mentee's words are embedded at once.

    Raises
    ------
    NotFound
        If the person takes no part in such a session.
    NotNow
        If it has not taken place, or has another next step by now.
    InvalidInput
        If a figure is out of bounds, or a text too long or not text.
    """
    words = check_still_open(said.still_open)
    step = replace(said.step, text=check_step(said.step.text)) if said.step else None
    kept = _feedback(context, person, session_id, replace(said, still_open=words, step=step))
    with unit_of_work(context.engine) as store:  # no writer waits for the encoder
        is_mentee = person.id in own_session(store, person.id, session_id).mentee_ids
        is_read = bool(words) and is_mentee and kept.language in context.encoder.languages
        vectors = new_vectors(context, store, need_texts(words)) if is_read else {}

    def change(desk: Desk) -> MentoringSession:
        session = _finished(desk, session_id, person.id, step, said.seen_step)
        before = _said_before(desk.store, session_id, person.id)
        again = replace(kept, id=before.id, created_at=before.created_at) if before else kept
        desk.store.feedback.save([again])
        desk.store.vectors.add_many(context.encoder.id, vectors)
        return session

    perform(context, Asked(person.id), change)


def _finished(desk: Desk, session_id: str, person_id: str, step: NextStep | None, seen_step: str) -> MentoringSession:
    """Return the session, held by now, with the step that the person names."""
    session = desk.store.sessions.lock(session_id)
    if not session.was_held and not is_just_over(session, desk.now):
        raise NotNow("feedback", session.status)
    kept = step or NextStep(session.next_step, session.next_step_due)
    return finish_at(desk, session_id, Asked(person_id), kept, seen_step if step else session.next_step)


def _feedback(context: Context, person: Person, session_id: str, said: Said) -> Feedback:
    return Feedback(
        id=hashlib.sha256(f"feedback:{session_id}:{person.id}".encode()).hexdigest()[:16],
        session_id=session_id,
        author_id=person.id,
        rating=said.rating,
        still_open=said.still_open,
        language=detect_language(said.still_open) if said.still_open else person.locale,
        created_at=context.clock(),
        level_before=said.level_before,
        level_after=said.level_after,
        agenda_fit=said.agenda_fit,
    )


def _said_before(store: Store, session_id: str, person_id: str) -> Feedback | None:
    own = [one for one in store.feedback.of_session(session_id) if one.author_id == person_id]
    return own[0] if own else None
