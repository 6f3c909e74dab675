"""Answers from a mail with one tap: a signed link names the session and the person, nothing else is asked of them."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from domain.errors import InvalidInput, NotFound, NotNow, SlotTaken
from domain.notices import DeclineReason
from domain.people import Format, Person
from domain.sessions import MentoringSession, SessionStatus
from domain.transitions import Action, Side, side_of
from services.availability import free_times
from services.booking import answer
from services.booking.desk import Asked
from services.context import Context
from services.links import Purpose
from services.session_event import topic_title
from store import unit_of_work

SHOWN_TIMES, SHOWN_A_DAY = 9, 3


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """A request as it stands, for one of its two people.

    Parameters
    ----------
    has_time
        Whether there is a time that is still to come.
    may
        What its reader may do now; nothing when it is not their turn.
    free
        Every other time that suits both, UTC, earliest first.
    """

    reader: Person
    other: Person
    session: MentoringSession
    topic: str
    is_mentor: bool
    has_time: bool
    may: frozenset[Action]
    free: tuple[datetime, ...]

    @property
    def times(self) -> list[datetime]:
        """The few times to show: at most three a day, each in another hour."""
        first_of_hour: dict[tuple[date, int], datetime] = {}
        a_day: Counter[date] = Counter()
        for time in self.free:
            hour = time.date(), time.hour
            if hour not in first_of_hour and a_day[time.date()] < SHOWN_A_DAY:
                first_of_hour[hour] = time
                a_day[time.date()] += 1
        return list(first_of_hour.values())[:SHOWN_TIMES]


@dataclass(frozen=True, slots=True)
class Answered:
    """What somebody answers: what to do, about which revision, and with it a time or a reason."""

    action: Action
    revision: int
    starts_at: str = ""
    reason: DeclineReason | None = None
    words: str = ""


def answer_page(context: Context, token: str) -> AnswerPage:
    """Return what the link shows.

    Raises
    ------
    NotFound
        If the link is forged, too old or for something else, or its person takes no part any more.
    """
    session_id, person_id = _bound(context, token)
    with unit_of_work(context.engine) as store:
        session, reader = store.sessions.get(session_id), store.people.get(person_id)
        side = side_of(session, reader.id)
        if side is None or not reader.is_active:
            raise NotFound("page", "this address")
        is_mentor = side is Side.MENTOR
        other = store.people.get(session.mentee_ids[0] if is_mentor else session.mentor_id)
        topic = topic_title(store, session, reader)
    has_time = session.starts_at is not None and session.starts_at > context.clock()
    may = _may(session, side, has_time)
    free = _free(context, session) if may & {Action.PROPOSE, Action.CONFIRM} else ()
    return AnswerPage(reader, other, session, topic, is_mentor, has_time, may, free)


def give_answer(context: Context, token: str, answered: Answered) -> None:
    """Do what the person answers, once: an answer to what has changed since does nothing, and the page shows why.

    Raises
    ------
    NotFound
        As `answer_page`.
    SlotTaken, CapacityFull
        If the time is not free any more.
    InvalidInput
        If no time is chosen where one is needed, or the words are too many.
    """
    page = answer_page(context, token)
    if answered.revision != page.session.revision or answered.action not in page.may:
        return
    try:
        _act(context, page, answered)
    except NotNow:  # somebody was quicker
        return


def _act(context: Context, page: AnswerPage, answered: Answered) -> None:
    session_id, asked = page.session.id, Asked(page.reader.id, revision=answered.revision)
    match answered.action:
        case Action.ACCEPT:
            answer.accept(context, session_id, asked)
        case Action.PROPOSE:
            answer.propose(context, session_id, _chosen(page, answered.starts_at), asked)
        case Action.DECLINE:
            answer.decline(context, session_id, asked, answered.reason, answered.words)
        case Action.CONFIRM:
            is_as_proposed = page.has_time and not answered.starts_at
            answer.confirm(context, session_id, asked, None if is_as_proposed else _chosen(page, answered.starts_at))
        case _:
            answer.withdraw(context, session_id, asked)


def _chosen(page: AnswerPage, starts_at: str) -> datetime:
    """Return the chosen time, which must be one of those that are free now."""
    if not starts_at:
        raise InvalidInput("starts_at", "be chosen", "none", "Choose one of the free times.")
    free = {time.isoformat(): time for time in page.free}
    if starts_at not in free:
        raise SlotTaken(starts_at[:40])
    return free[starts_at]


def _bound(context: Context, token: str) -> tuple[str, str]:
    found = context.links.read(Purpose.ANSWER, token)
    if found is None:
        raise NotFound("page", "this address")
    return found["session_id"], found["person_id"]


def _may(session: MentoringSession, side: Side, has_time: bool) -> frozenset[Action]:
    """Return what whoever's turn it is may do; a time that has passed can only be replaced."""
    if side is Side.MENTEE:
        is_turn = session.status is SessionStatus.ACCEPTED
        return frozenset({Action.CONFIRM, Action.WITHDRAW}) if is_turn else frozenset()
    if session.status is not SessionStatus.REQUESTED:
        return frozenset()
    actions = {Action.DECLINE}
    if has_time or session.starts_at is None:
        actions.add(Action.ACCEPT)
    if session.format is not Format.CHAT:
        actions.add(Action.PROPOSE)
    return frozenset(actions)


def _free(context: Context, session: MentoringSession) -> tuple[datetime, ...]:
    try:
        found = free_times(context, session.mentor_id, session.mentee_ids, session.minutes)
    except (NotFound, InvalidInput):  # the mentor has stopped, or offers other lengths by now
        return ()
    return tuple(found)
