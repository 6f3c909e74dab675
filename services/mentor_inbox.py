"""A mentor's page: what waits for an answer, the week ahead with the minutes given, and what the sessions came to."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.language import LocalText
from domain.people import MentorOffer, Person
from domain.sessions import LIVE, OPEN, WAS_HELD, MentoringSession, SessionStatus
from domain.zones import zone_of
from recommender.mentor_sessions import TAKES_CAPACITY
from recommender.weeks import monday_of
from services.context import Context
from store import Store, unit_of_work

FEWEST_RATERS = 5


@dataclass(frozen=True, slots=True)
class InboxRow:
    """A session as its mentor sees it in a list."""

    session: MentoringSession
    title: LocalText
    names: str


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days on the mentor's calendar, with the sessions of each and the minutes given of those offered."""

    monday: date
    days: list[tuple[date, list[InboxRow]]]
    given_minutes: int
    offered_minutes: int


@dataclass(frozen=True, slots=True)
class Impact:
    """What the sessions came to; `rating` is None while fewer than five people have given one."""

    sessions: int
    people: int
    minutes: int
    raters: int
    rating: float | None


@dataclass(frozen=True, slots=True)
class Inbox:
    """Everything on a mentor's page; `offer` is None for who mentors nobody yet."""

    offer: MentorOffer | None
    to_answer: list[InboxRow]
    awaited: list[InboxRow]
    week: Week
    impact: Impact


def mentor_inbox(context: Context, mentor: Person, week: int = 0) -> Inbox:
    """Return the page; `week` counts from this one on."""
    now = context.clock()
    with unit_of_work(context.engine) as store:
        offer = store.offers.get(mentor.id)
        sessions = store.sessions.of_mentor(mentor.id)
        rows = _rows(store, sessions)
        impact = _impact(store, mentor.id, sessions)
    monday = monday_of(now, zone_of(mentor.zone)) + timedelta(weeks=week)
    return Inbox(
        offer=offer,
        to_answer=[row for row in rows if row.session.status is SessionStatus.REQUESTED],
        awaited=[row for row in rows if row.session.status is SessionStatus.ACCEPTED],
        week=_week(mentor, rows, monday, offer),
        impact=impact,
    )


def _rows(store: Store, sessions: list[MentoringSession]) -> list[InboxRow]:
    shown = [session for session in sessions if session.status in LIVE | WAS_HELD]
    titles = {topic.id: topic.title for topic in store.catalog.current().topics}
    mentees = store.people.by_ids({mentee_id for session in shown for mentee_id in session.mentee_ids})
    return [
        InboxRow(
            session,
            titles.get(session.topic_id, LocalText(session.topic_id, session.topic_id)),
            ", ".join(mentees[mentee_id].name for mentee_id in session.mentee_ids),
        )
        for session in shown
    ]


def _week(mentor: Person, rows: list[InboxRow], monday: date, offer: MentorOffer | None) -> Week:
    zone = zone_of(mentor.zone)

    def day_of(row: InboxRow) -> date:
        return _when(row).astimezone(zone).date()

    timed = sorted((row for row in rows if row.session.starts_at), key=_when)
    days = [monday + timedelta(days=number) for number in range(7)]
    given = sum(
        row.session.minutes for row in rows if row.session.status in TAKES_CAPACITY and day_of(row) in set(days)
    )
    by_day = [(day, [row for row in timed if day_of(row) == day and row.session.status not in OPEN]) for day in days]
    return Week(monday, by_day, given, offer.capacity_minutes_per_week if offer else 0)


def _when(row: InboxRow) -> datetime:
    return row.session.starts_at or row.session.created_at


def _impact(store: Store, mentor_id: str, sessions: list[MentoringSession]) -> Impact:
    held = [session for session in sessions if session.was_held]
    given = [one for one in store.feedback.of_sessions(session.id for session in held) if one.author_id != mentor_id]
    raters = {one.author_id for one in given}
    rating = sum(one.rating for one in given) / len(given) if len(raters) >= FEWEST_RATERS else None
    people = {mentee_id for session in held for mentee_id in session.mentee_ids}
    return Impact(len(held), len(people), sum(session.minutes for session in held), len(raters), rating)
