"""A session as one of its people sees it: where it stands, what comes next, and what they may do now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.availability import NO_TIMETABLE
from domain.booking import BookingPolicy
from domain.errors import InvalidInput, NotFound
from domain.language import LocalText
from domain.people import Format, Person
from domain.sessions import MentoringSession, check_minutes
from domain.topics import Topic
from domain.transitions import Action, Side, may, side_of
from recommender.mentor_sessions import REPLY_PRIOR
from recommender.mentor_times import fitting_minutes
from services.availability import free_times
from services.booking.change import REPORT_DAYS
from services.booking.pair_rules import rule_apart
from services.booking.policy import booking_policy
from services.context import Context
from services.own_sessions import own_session
from services.topics import topic_of
from store import Store, unit_of_work

DAYS_SHOWN = 21
USUAL_MINUTES = 20


@dataclass(frozen=True, slots=True)
class Wait:
    """How long a mentor may take, and usually takes, to answer.

    `usual_hours` is None while they have answered too few to tell.
    """

    most_hours: int
    usual_hours: float | None


@dataclass(frozen=True, slots=True)
class SessionPage:
    """What the page of a session shows to one person.

    `deeds` are the actions open to the person now; `came_from` names the mentor who left the request unanswered.
    """

    session: MentoringSession
    title: LocalText
    side: Side
    mentor: Person
    mentees: list[Person]
    deeds: frozenset[Action]
    wait: Wait
    policy: BookingPolicy
    came_from: str = ""

    @property
    def others(self) -> list[Person]:
        """Those across the table."""
        return self.mentees if self.side is Side.MENTOR else [self.mentor]


@dataclass(frozen=True, slots=True)
class AskPage:
    """What the form shows in which a mentor is asked.

    `times` are starts, UTC, that suit both for a session of `minutes`; `lengths` are those that the mentor offers,
    `formats` those that topic and mentor share.
    """

    topic: Topic
    mentor: Person
    times: list[datetime]
    minutes: int
    lengths: list[int]
    formats: list[Format]
    wait: Wait


@dataclass(frozen=True, slots=True)
class Way:
    """In which formats a mentor holds sessions on a topic, and how long one lasts where nothing else is wished for."""

    formats: frozenset[Format]
    minutes: int


def session_page(context: Context, person: Person, session_id: str) -> SessionPage:
    """Return the page of an own session; raise NotFound when the person takes no part in it."""
    now = context.clock()
    with unit_of_work(context.engine) as store:
        session = own_session(store, person.id, session_id)
        side = side_of(session, person.id)
        if side is None:
            raise NotFound("session", session_id)
        titles = {topic.id: topic.title for topic in store.catalog.current().topics}
        people = {person_id: store.people.get(person_id) for person_id in session.everybody}
        return SessionPage(
            session=session,
            title=titles.get(session.topic_id, LocalText(session.topic_id, session.topic_id)),
            side=side,
            mentor=people[session.mentor_id],
            mentees=[people[mentee_id] for mentee_id in session.mentee_ids],
            deeds=deeds_now(session, side, now),
            wait=_wait(context, store, session.mentor_id),
            policy=booking_policy(store),
            came_from=_came_from(store, session) if side is Side.MENTEE else "",
        )


def ask_page(context: Context, person: Person, topic_id: str, mentor_id: str, minutes: int) -> AskPage:
    """Return what the form of a request shows.

    Raises
    ------
    NotFound
        If there is no such topic, or no such mentor for it.
    InvalidInput
        If a session may not last so long.
    """
    check_minutes(minutes)
    with unit_of_work(context.engine) as store:
        topic, offer = topic_of(store, topic_id), store.offers.get(mentor_id)
        if offer is None or topic_id not in offer.topic_ids:
            raise NotFound("mentor", mentor_id)
        mentor = store.people.get(mentor_id)
        if rule_apart(store, person, mentor, offer):
            raise NotFound("mentor", mentor_id)
        said = store.availability.get(mentor_id)
        wait = _wait(context, store, mentor_id)
    offered = fitting_minutes(said, minutes)
    formats: list[Format] = [form for form in (Format.ONE_TO_ONE, Format.CHAT) if form in topic.formats & offer.formats]
    times = free_times(context, mentor_id, [person.id], offered, days=DAYS_SHOWN)
    return AskPage(topic, mentor, times, offered, sorted(said.session_minutes), formats, wait)


def ways_with(context: Context, topic: Topic, mentor_ids: Sequence[str]) -> dict[str, Way]:
    """Return by mentor id how the mentor holds sessions on the topic."""
    with unit_of_work(context.engine) as store:
        pool, said = context.spaces.mentors(store), store.availability.timetables(mentor_ids)
    return {
        key: Way(
            topic.formats & pool.offers[pool.row_of[key]].formats,
            fitting_minutes(said.get(key, NO_TIMETABLE).availability, USUAL_MINUTES),
        )
        for key in mentor_ids
        if key in pool.row_of
    }


def other_times(context: Context, person: Person, session_id: str) -> tuple[SessionPage, list[datetime]]:
    """Return an own session and the other starts, UTC, that suit everybody in it.

    Raises
    ------
    NotFound
        If the person takes no part in it, or the mentor is not at work any more.
    """
    page = session_page(context, person, session_id)
    session = page.session
    if session.format is Format.CHAT:
        raise InvalidInput("format", "be one with a time", session.format)
    times = free_times(context, session.mentor_id, session.mentee_ids, session.minutes, days=DAYS_SHOWN)
    return page, times


def deeds_now(session: MentoringSession, side: Side, now: datetime) -> frozenset[Action]:
    """Return what this side may do with the session at this time."""
    possible = {action for action in Action if may(session, action, side)}
    has_begun = session.starts_at is not None and session.starts_at <= now
    is_group = session.format is Format.GROUP
    # holding, following up and joining have pages of their own; accepting leads to agreeing where there is no time
    closed = {Action.HOLD, Action.FOLLOW_UP, Action.JOIN, Action.AGREE}
    if has_begun:
        closed |= {Action.MOVE, Action.CANCEL, Action.LEAVE, Action.ACCEPT, Action.CONFIRM}
    if not has_begun or session.starts_at is None or now - session.starts_at > timedelta(days=REPORT_DAYS):
        closed.add(Action.REPORT_NO_SHOW)
    if is_group and side is Side.MENTEE:
        closed |= {Action.MOVE, Action.CANCEL}
    if not is_group:
        closed.add(Action.LEAVE)
    if session.format is Format.CHAT:
        closed |= {Action.MOVE, Action.PROPOSE}
    return frozenset(possible - closed)


def _wait(context: Context, store: Store, mentor_id: str) -> Wait:
    most_hours = booking_policy(store).answer_hours
    pool = context.spaces.mentors(store)
    row = pool.row_of.get(mentor_id)
    if row is None or pool.replies.answers[row] < REPLY_PRIOR:
        return Wait(most_hours, None)
    return Wait(most_hours, float(pool.replies.hours[row]))


def _came_from(store: Store, session: MentoringSession) -> str:
    if session.passed_on_from is None:
        return ""
    return store.people.get(store.sessions.get(session.passed_on_from).mentor_id).name
