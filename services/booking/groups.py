"""Groups: a mentor offers a time with seats; who comes first gets one, the others wait in order."""

import secrets
from dataclasses import asdict, dataclass
from datetime import datetime

from domain.errors import CapacityFull, InvalidInput, NotFound, NotNow
from domain.people import Format
from domain.sessions import MentoringSession, SessionStatus, check_minutes, check_seats
from domain.transitions import Action, Side
from domain.wall_time import check_start
from services.booking.desk import Asked, Desk, Receipt, perform
from services.booking.pair_rules import rule_apart
from services.booking.times import check_capacity
from services.context import Context
from services.topics import topic_of


@dataclass(frozen=True, slots=True)
class GroupOffer:
    """A group that a mentor would hold."""

    topic_id: str
    starts_at: datetime
    minutes: int = 30
    seats: int = 6
    place: str = ""


def offer_group(context: Context, mentor_id: str, group: GroupOffer, key: str = "") -> Receipt:
    """Let people take part in a group at that time.

    Raises
    ------
    InvalidInput
        If the person mentors no such topic in groups, or minutes, seats or time are out of bounds.
    SlotTaken, CapacityFull
        If the mentor's time, or week, is taken.
    """
    check_minutes(group.minutes)
    check_seats(group.seats)
    return perform(context, Asked(mentor_id, key, asdict(group)), lambda desk: _offer(desk, mentor_id, group))


def join(context: Context, session_id: str, person_id: str, key: str = "") -> Receipt:
    """Take a seat in a group.

    Raises
    ------
    NotFound
        If there is no such group for this person.
    NotNow
        If it has begun, was cancelled, or the person has a seat already.
    CapacityFull
        If every seat is taken: the waiting list is open.
    SlotTaken
        If the person has another session then.
    """

    def change(desk: Desk) -> MentoringSession:
        session = _group_for(desk, session_id, person_id)
        if person_id in session.mentee_ids:
            raise NotNow("a second seat", session.status)
        if not session.free_seats or desk.store.waiting_list.of(session_id)[:1] not in ([], [person_id]):
            raise CapacityFull("seats", "Put yourself on the waiting list: whoever waits longest gets the next one.")
        return _seat(desk, session, person_id)

    return perform(context, Asked(person_id, key, {"join": session_id}), change)


def wait_for_seat(context: Context, session_id: str, person_id: str) -> Receipt:
    """Wait for a seat in a full group. Raises NotFound as `join`, and NotNow where the person has a seat already."""

    def change(desk: Desk) -> MentoringSession:
        session = _group_for(desk, session_id, person_id)
        if person_id in session.mentee_ids:
            raise NotNow("waiting beside a seat", session.status)
        desk.store.waiting_list.add(session_id, person_id, desk.now)
        return session

    return perform(context, Asked(person_id), change)


def stop_waiting(context: Context, session_id: str, person_id: str) -> Receipt:
    """Leave the waiting list. Raises NotFound as `join`."""

    def change(desk: Desk) -> MentoringSession:
        session = _group_for(desk, session_id, person_id)
        desk.store.waiting_list.remove(session_id, person_id)
        return session

    return perform(context, Asked(person_id), change)


def leave_group(context: Context, session_id: str, asked: Asked) -> Receipt:
    """Give the seat back; whoever waits longest and has time gets it.

    Raises
    ------
    NotFound
        If the person has no seat in such a group.
    NotNow
        If it has begun, was cancelled, or has changed since the person saw it.
    """

    def change(desk: Desk) -> MentoringSession:
        session, side = desk.take(session_id, asked)
        if session.format is not Format.GROUP or side is not Side.MENTEE or _has_begun(session, desk.now):
            raise NotNow("leaving", session.status)
        rest = tuple(mentee for mentee in session.mentee_ids if mentee != asked.person_id)
        left = desk.step(session, Action.LEAVE, side, asked.person_id, mentee_ids=rest)
        return give_free_seats(desk, left)

    return perform(context, asked, change)


def give_free_seats(desk: Desk, session: MentoringSession) -> MentoringSession:
    """Give free seats to those who wait, longest first; who is taken at that time goes on waiting."""
    for person_id in desk.store.waiting_list.of(session.id):
        if session.free_seats and _is_free(desk, session, person_id):
            session = _seat(desk, session, person_id)
    return session


def _offer(desk: Desk, mentor_id: str, group: GroupOffer) -> MentoringSession:
    store = desk.store
    store.people.lock([mentor_id])
    starts_at = check_start(group.starts_at, desk.now)
    _check_offers_groups(desk, mentor_id, group.topic_id)
    check_capacity(store, mentor_id, starts_at, group.minutes)
    session = MentoringSession(
        id=secrets.token_hex(8),
        topic_id=group.topic_id,
        mentor_id=mentor_id,
        mentee_ids=(),
        format=Format.GROUP,
        minutes=group.minutes,
        status=SessionStatus.BOOKED,
        need="",
        created_at=desk.now,
        starts_at=starts_at,
        seats=group.seats,
        place=group.place or store.availability.get(mentor_id).place,
        answered_at=desk.now,
    )
    return desk.begin(session, Action.OFFER_GROUP, mentor_id)


def _check_offers_groups(desk: Desk, mentor_id: str, topic_id: str) -> None:
    topic, offer = topic_of(desk.store, topic_id), desk.store.offers.get(mentor_id)
    if offer is None or topic_id not in offer.topic_ids or Format.GROUP not in offer.formats & topic.formats:
        action = "Offer the topic, and groups, on your page of availability first."
        raise InvalidInput("topic", "be one that you offer to groups", topic_id, action)


def _group_for(desk: Desk, session_id: str, person_id: str) -> MentoringSession:
    """Return the group, held until the transaction ends, where this person may take part and it has not begun."""
    # the very words of the store: a session of others must not read like one that is no group
    store, missing = desk.store, NotFound("session", session_id)
    session = store.sessions.lock(session_id)
    if session.format is not Format.GROUP:
        raise missing
    mentee, mentor = store.people.get(person_id), store.people.get(session.mentor_id)
    if rule_apart(store, mentee, mentor, store.offers.get(mentor.id)):
        raise missing
    if session.status is not SessionStatus.BOOKED or _has_begun(session, desk.now):
        raise NotNow("joining", session.status)
    return session


def _seat(desk: Desk, session: MentoringSession, person_id: str) -> MentoringSession:
    seated = (*session.mentee_ids, person_id)
    desk.store.waiting_list.remove(session.id, person_id)
    return desk.step(session, Action.JOIN, Side.MENTEE, person_id, mentee_ids=seated)


def _is_free(desk: Desk, session: MentoringSession, person_id: str) -> bool:
    starts_at, ends_at = session.starts_at, session.ends_at
    if starts_at is None or ends_at is None:
        return True
    own = desk.store.sessions.live_of(person_id)
    return not any(s.starts_at and s.ends_at and s.starts_at < ends_at and starts_at < s.ends_at for s in own)


def _has_begun(session: MentoringSession, now: datetime) -> bool:
    return session.starts_at is not None and session.starts_at <= now
