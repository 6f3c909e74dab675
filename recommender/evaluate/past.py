"""The past as it stood at a moment: what had been written, asked for and held by then, and nothing of what came later.

The store keeps no earlier states of people, held skills, roles, offers and the catalog: these are today's.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from domain.feedback import Feedback
from domain.people import Goal, MentorOffer, Person, SkillGap
from domain.sessions import MentoringSession, SessionStatus


@dataclass(frozen=True, slots=True, eq=False)
class Records:
    """Everything that is known today, out of which the past is cut.

    Parameters
    ----------
    people, gaps, goals, feedback
        By person id; goals open and closed, feedback by its author.
    sessions
        All there are, oldest first.
    """

    people: Mapping[str, Person]
    gaps: Mapping[str, Sequence[SkillGap]]
    goals: Mapping[str, Sequence[Goal]]
    feedback: Mapping[str, Sequence[Feedback]]
    sessions: Sequence[MentoringSession]
    offers: Sequence[MentorOffer]


@dataclass(frozen=True, slots=True)
class Wish:
    """Somebody asked for a session: whom would we have named, and which topic, a moment before?"""

    person_id: str
    topic_id: str
    mentor_id: str
    at: datetime
    session_id: str

    @property
    def id(self) -> str:
        return f"{self.session_id} {self.person_id}"


def wishes(records: Records, topic_ids: Iterable[str], since: datetime) -> list[Wish]:
    """Return a wish for each mentee of each session asked for from `since` on, oldest first, ties by session.

    Sessions on topics outside `topic_ids` cannot be suggested any more and are left out.
    """
    known = frozenset(topic_ids)
    return [wish for wish in _all_wishes(records.sessions) if wish.at >= since and wish.topic_id in known]


def sessions_before(sessions: Iterable[MentoringSession], at: datetime) -> list[MentoringSession]:
    """Return the sessions asked for before the moment as they stood then: one that was held later was booked."""
    return [_as_it_stood(session, at) for session in sessions if session.created_at < at]


def goals_before(goals: Iterable[Goal], at: datetime) -> list[Goal]:
    """Return the goals that were open at the moment."""
    written = (goal for goal in goals if goal.created_at < at)
    return [replace(goal, closed_at=None) for goal in written if goal.closed_at is None or goal.closed_at >= at]


def feedback_before(feedback: Iterable[Feedback], at: datetime) -> list[Feedback]:
    """Return what had been written before the moment."""
    return [one for one in feedback if one.created_at < at]


def offers_without_pauses(offers: Iterable[MentorOffer]) -> list[MentorOffer]:
    """Return the offers open: a pause of today says nothing about the past."""
    return [replace(offer, paused_until=None) for offer in offers]


def _all_wishes(sessions: Iterable[MentoringSession]) -> Iterator[Wish]:
    for session in sorted(sessions, key=lambda one: (one.created_at, one.id)):
        for person_id in session.mentee_ids:
            yield Wish(person_id, session.topic_id, session.mentor_id, session.created_at, session.id)


def _as_it_stood(session: MentoringSession, at: datetime) -> MentoringSession:
    """Return a held session as booked where it had not begun; when it was called off is not known, so that stays."""
    is_ahead = session.starts_at is not None and session.starts_at >= at
    if session.was_held and is_ahead:
        return replace(session, status=SessionStatus.BOOKED, next_step="")
    return session
