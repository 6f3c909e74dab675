"""Plain counts of the whole programme for HR: no figure rests on fewer than five people, nor can one be worked out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import pairwise

from domain.feedback import AgendaFit, Feedback
from domain.people import Role
from domain.sessions import MentoringSession, SessionStatus
from domain.topics import Topic, TopicStatus
from services.context import Context
from store import Store, unit_of_work

FEWEST = 5  # Source: RELIABILITY.md R15
MONTHS, MOST_ASKED = 6, 10


class Fate(StrEnum):
    """What became of a session that was asked for; every session has one."""

    HELD = "held"
    AHEAD = "ahead"
    CANCELLED = "cancelled"
    NO_SHOW = "no_show"
    UNANSWERED = "unanswered"


FATES = {
    SessionStatus.HELD: Fate.HELD,
    SessionStatus.FOLLOWED_UP: Fate.HELD,
    SessionStatus.BOOKED: Fate.AHEAD,
    SessionStatus.CANCELLED: Fate.CANCELLED,
    SessionStatus.NO_SHOW: Fate.NO_SHOW,
    SessionStatus.REQUESTED: Fate.UNANSWERED,
    SessionStatus.ACCEPTED: Fate.UNANSWERED,
    SessionStatus.DECLINED: Fate.UNANSWERED,
    SessionStatus.EXPIRED: Fate.UNANSWERED,
}


@dataclass(frozen=True, slots=True)
class Month:
    """The sessions asked for within one month, and what became of them; None for what fewer than five people did."""

    begins: datetime
    asked: int | None
    fates: dict[Fate, int | None]


@dataclass(frozen=True, slots=True)
class Asked:
    """A topic that at least five people asked a session for, and how many sessions."""

    topic: Topic
    sessions: int


@dataclass(frozen=True, slots=True)
class Insights:
    """The first page of figures; None for a figure that fewer than five people stand for.

    Parameters
    ----------
    feedback_share
        Of 100 sessions held, how many somebody said something about.
    rating
        Mean of 1 to 5.
    agenda_share
        Of 100 agendas that a mentor judged, how many fitted.
    """

    people: int | None
    mentees: int | None
    mentors: int | None
    months: list[Month]
    most_asked: list[Asked]
    without_mentor: list[Topic]
    topics: int
    feedback_share: int | None
    rating: float | None
    raters: int | None
    agenda_share: int | None


def insights(context: Context) -> Insights:
    """Return the figures as they stand."""
    now = context.clock()
    with unit_of_work(context.engine) as store:
        people, sessions, feedback = store.people.list(), store.sessions.list(), store.feedback.list()
        topics = [t for t in store.catalog.current().topics if t.status is TopicStatus.ACTIVE]
        lacking = topics_without_mentor(store)
    held = [session for session in sessions if session.was_held]
    mentees = {id for session in sessions for id in session.mentee_ids}
    raters = {one.author_id for one in feedback}
    return Insights(
        people=told(len(people), len(people)),
        mentees=told(*_twice(sum(person.id in mentees for person in people))),
        mentors=told(*_twice(sum(Role.MENTOR in person.roles for person in people))),
        months=[_month(begins, ends, sessions) for begins, ends in _months(now)],
        most_asked=_most_asked(topics, sessions),
        without_mentor=lacking,
        topics=len(topics),
        feedback_share=_feedback_share(held, feedback),
        rating=sum(one.rating for one in feedback) / len(feedback) if len(raters) >= FEWEST else None,
        raters=told(*_twice(len(raters))),
        agenda_share=_agenda_share(feedback),
    )


def topics_without_mentor(store: Store) -> list[Topic]:
    """Return the active topics that no active mentor offers, by id."""
    active = {person.id for person in store.people.list() if Role.MENTOR in person.roles}
    offered = {id for offer in store.offers.list() if offer.mentor_id in active for id in offer.topic_ids}
    topics = store.catalog.current().topics
    return [topic for topic in topics if topic.status is TopicStatus.ACTIVE and topic.id not in offered]


def told(figure: int, people: int) -> int | None:
    """Return the figure where nobody or at least five people stand for it, None in between."""
    return figure if not people or people >= FEWEST else None


def tell_parts(parts: Mapping[Fate, tuple[int, frozenset[str]]]) -> tuple[int | None, dict[Fate, int | None]]:
    """Return the whole and its parts, so that nothing left out tells of fewer than five people.

    Where those of the parts that are left out stand for fewer than five people together, the whole is left out too:
    the difference to the other parts would tell of them.

    Parameters
    ----------
    parts
        The figure, and the people who stand for it.
    """
    shown = {name: told(figure, len(people)) for name, (figure, people) in parts.items()}
    hidden = frozenset[str]().union(*(parts[name][1] for name, figure in shown.items() if figure is None))
    whole = sum(figure for figure, _ in parts.values())
    return (None if 0 < len(hidden) < FEWEST else whole), shown


def _twice(count: int) -> tuple[int, int]:
    return count, count


def _months(now: datetime) -> list[tuple[datetime, datetime]]:
    """Return first and last instant (exclusive) of this month and the five before, oldest first."""
    number = now.year * 12 + now.month - 1
    firsts = [
        now.replace(year=at // 12, month=at % 12 + 1, day=1, hour=0, minute=0, second=0, microsecond=0)
        for at in range(number - MONTHS + 1, number + 2)
    ]
    return list(pairwise(firsts))


def _month(begins: datetime, ends: datetime, sessions: Iterable[MentoringSession]) -> Month:
    asked = [session for session in sessions if begins <= session.created_at < ends]
    by_fate = {fate: [session for session in asked if FATES[session.status] is fate] for fate in Fate}
    parts = {fate: (len(some), _people_of(some)) for fate, some in by_fate.items()}
    return Month(begins, *tell_parts(parts))


def _people_of(sessions: Iterable[MentoringSession]) -> frozenset[str]:
    """Return the mentees who stand behind the sessions."""
    return frozenset(mentee for session in sessions for mentee in session.mentee_ids)


def _most_asked(topics: Sequence[Topic], sessions: Sequence[MentoringSession]) -> list[Asked]:
    by_topic: dict[str, list[MentoringSession]] = {}
    for session in sessions:
        by_topic.setdefault(session.topic_id, []).append(session)
    found = [
        Asked(topic, len(by_topic[topic.id]))
        for topic in topics
        if topic.id in by_topic and len(_people_of(by_topic[topic.id])) >= FEWEST
    ]
    return sorted(found, key=lambda asked: (-asked.sessions, asked.topic.id))[:MOST_ASKED]


def _agenda_share(feedback: Sequence[Feedback]) -> int | None:
    """Return the share; None where fewer than five mentors say that it fitted, or fewer than five that it did not."""
    judged = [one for one in feedback if one.agenda_fit]
    fitted = [one for one in judged if one.agenda_fit is AgendaFit.YES]
    others = [one for one in judged if one.agenda_fit is not AgendaFit.YES]
    if not judged or any(told(len(some), len({one.author_id for one in some})) is None for some in (fitted, others)):
        return None
    return round(100 * len(fitted) / len(judged))


def _feedback_share(held: Sequence[MentoringSession], feedback: Sequence[Feedback]) -> int | None:
    """Return the share; None where fewer than five people said something, or fewer than five were silent."""
    spoken = {one.session_id for one in feedback}
    heard = [session for session in held if session.id in spoken]
    silent = [session for session in held if session.id not in spoken]
    if not held or any(told(len(some), len(_people_of(some))) is None for some in (heard, silent)):
        return None
    return round(100 * len(heard) / len(held))
