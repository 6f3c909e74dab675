"""A mentee asks a mentor for a session."""

import secrets
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta

from domain.errors import InvalidInput, NotFound
from domain.people import Format
from domain.sessions import MentoringSession, SessionStatus, check_minutes
from domain.suggestions import check_need
from domain.transitions import Action
from services.availability import check_time
from services.booking.desk import Asked, Desk, Receipt, perform
from services.booking.limits import check_limits
from services.booking.pair_rules import rule_apart, rule_for_now
from services.booking.times import check_capacity
from services.context import Context
from services.topics import topic_of
from store import Store

LAST_CALL = timedelta(hours=1)  # an answer that comes later than this before the time it is for helps nobody


@dataclass(frozen=True, slots=True)
class Wish:
    """What a mentee asks for; `starts_at` None where the two still have to find a time, and for a chat."""

    topic_id: str
    mentor_id: str
    minutes: int = 20
    format: Format = Format.ONE_TO_ONE
    need: str = ""
    starts_at: datetime | None = None


def request_session(context: Context, person_id: str, wish: Wish, key: str = "") -> Receipt:
    """Ask the mentor; the time is kept for the two until there is an answer.

    Raises
    ------
    NotFound
        If topic or mentor do not exist; a mentor from whom a rule parts the person reads like one who does not exist.
    InvalidInput
        If the topic is not offered in this way, or minutes, need or time are out of bounds.
    SlotTaken, CapacityFull
        If the time, or the mentor's week, is taken.
    LimitReached
        If the person asks too often.
    KeyReused
        If the key came with another request.
    """
    check_minutes(wish.minutes)
    if wish.format is Format.GROUP:
        raise InvalidInput("format", "be one-to-one or chat", wish.format, "A group is offered by its mentor: join it.")
    if wish.format is Format.CHAT and wish.starts_at:
        raise InvalidInput("starts_at", "be empty for a chat", "a time", "A chat has no time, only an end.")
    need = check_need(wish.need) if wish.need.strip() else ""
    asked, now = Asked(person_id, key, asdict(wish)), context.clock()
    return perform(
        context,
        asked,
        lambda desk: _request(desk, person_id, wish, need),
        check=lambda store: check_wish(store, person_id, wish, now),
    )


def check_wish(store: Store, person_id: str, wish: Wish, now: datetime) -> None:
    """Raise NotFound or InvalidInput where pair, topic, format or the mentor's hours do not allow the wish."""
    missing = NotFound("mentor", wish.mentor_id, "Choose one of the people under the topic.")
    mentee, topic = store.people.get(person_id), topic_of(store, wish.topic_id)
    offer = store.offers.get(wish.mentor_id)
    if offer is None:
        raise missing
    mentor = store.people.get(wish.mentor_id)
    if rule_apart(store, mentee, mentor, offer):
        raise missing
    rule = rule_for_now(mentee, mentor, offer, topic, wish.format, now)
    if rule:
        raise InvalidInput("mentor", "be free for this topic in this way", rule, "Choose another mentor or format.")
    if wish.starts_at:
        check_time(store, mentor.id, [mentee.id], wish.starts_at, wish.minutes, now)


def keep_request(
    desk: Desk, person_id: str, wish: Wish, need: str, passed_on_from: str | None = None
) -> MentoringSession:
    """Keep a request that `check_wish` let through; the caller has locked both people. Raises as `request_session`."""
    check_capacity(desk.store, wish.mentor_id, wish.starts_at or desk.now, wish.minutes)
    session = MentoringSession(
        id=secrets.token_hex(8),
        topic_id=wish.topic_id,
        mentor_id=wish.mentor_id,
        mentee_ids=(person_id,),
        format=wish.format,
        minutes=wish.minutes,
        status=SessionStatus.REQUESTED,
        need=need,
        created_at=desk.now,
        starts_at=wish.starts_at.astimezone(UTC) if wish.starts_at else None,
        answer_by=answer_by(desk, wish.starts_at),
        passed_on_from=passed_on_from,
    )
    return desk.begin(session, Action.REQUEST, person_id)


def answer_by(desk: Desk, starts_at: datetime | None) -> datetime:
    """Return when an answer is waited for no longer: after the hours of the programme, and before the time itself."""
    latest = desk.now + timedelta(hours=desk.policy.answer_hours)
    return min(latest, max(desk.now, starts_at - LAST_CALL)) if starts_at else latest


def _request(desk: Desk, person_id: str, wish: Wish, need: str) -> MentoringSession:
    desk.store.people.lock([person_id, wish.mentor_id])
    check_limits(desk.store, person_id, desk.policy, desk.now)
    return keep_request(desk, person_id, wish, need)
