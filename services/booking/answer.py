"""Answers to a request: the mentor's yes, no, or another time; the mentee's consent to it, or their withdrawal."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from domain.errors import InvalidInput, NotNow
from domain.notices import DeclineReason
from domain.people import Format
from domain.sessions import MentoringSession
from domain.transitions import Action, Side
from domain.wall_time import check_start
from services.availability import check_time
from services.booking.desk import Asked, Desk, Receipt, perform
from services.booking.effects import NOTHING
from services.booking.request import answer_by
from services.booking.times import check_capacity
from services.context import Context

MAX_REASON_CHARACTERS = 500


def accept(context: Context, session_id: str, asked: Asked) -> Receipt:
    """Say yes: booked when there is a time, or for a chat; else the mentee is asked to choose one.

    Raises
    ------
    NotFound
        If the person takes no part in such a session.
    NotNow
        If it was answered, taken back or expired, or its time has passed.
    """

    def change(desk: Desk) -> MentoringSession:
        session, side = desk.take(session_id, asked)
        if session.format is Format.CHAT:
            closes_at = desk.now + timedelta(hours=desk.policy.chat_hours)
            return desk.step(session, Action.ACCEPT, side, asked.person_id, closes_at=closes_at)
        if session.starts_at is None:
            return desk.step(session, Action.AGREE, side, asked.person_id, answer_by=answer_by(desk, None))
        _check_ahead(session, desk.now)
        return desk.step(session, Action.ACCEPT, side, asked.person_id, place=place_of(desk, session))

    return perform(context, asked, change)


def propose(context: Context, session_id: str, starts_at: datetime, asked: Asked) -> Receipt:
    """Say yes to the request, at another time, which is kept until the mentee answers.

    Raises
    ------
    NotFound, NotNow
        As `accept`.
    InvalidInput, SlotTaken, CapacityFull
        If the time cannot be.
    """
    return _at_another_time(context, session_id, starts_at, asked, Action.PROPOSE)


def confirm(context: Context, session_id: str, asked: Asked, starts_at: datetime | None = None) -> Receipt:
    """Book what the mentor agreed to, at the time that they proposed or at one that the mentee chooses now.

    Raises
    ------
    NotFound, NotNow
        As `accept`.
    InvalidInput, SlotTaken, CapacityFull
        If the time cannot be.
    """
    return _at_another_time(context, session_id, starts_at, asked, Action.CONFIRM)


def decline(
    context: Context, session_id: str, asked: Asked, reason: DeclineReason | None = None, words: str = ""
) -> Receipt:
    """Say no, with a reason and own words for the mentee; the time is free again.

    Raises
    ------
    NotFound, NotNow
        As `accept`.
    InvalidInput
        If the words are too many.
    """
    if len(words) > MAX_REASON_CHARACTERS:
        raise InvalidInput("your words", f"be up to {MAX_REASON_CHARACTERS} characters", len(words), "Say it shorter.")
    told = {name: text for name, text in (("reason", reason or ""), ("words", words.strip())) if text}
    return _end(context, session_id, asked, Action.DECLINE, told)


def withdraw(context: Context, session_id: str, asked: Asked) -> Receipt:
    """Take a request back; the time is free again. Raises NotFound and NotNow as `accept`."""
    return _end(context, session_id, asked, Action.WITHDRAW)


def place_of(desk: Desk, session: MentoringSession) -> str:
    """Return the mentor's own link or place; "" where they named none."""
    return session.place or desk.store.availability.get(session.mentor_id).place


def _at_another_time(
    context: Context, session_id: str, starts_at: datetime | None, asked: Asked, action: Action
) -> Receipt:
    def change(desk: Desk) -> MentoringSession:
        session, side = desk.take(session_id, asked)
        at = starts_at or session.starts_at
        if at is None:
            raise InvalidInput("starts_at", "be given", "none", "Choose one of the free times.")
        if session.format is Format.CHAT:
            raise InvalidInput("starts_at", "be empty for a chat", "a time", "Accept or decline it.")
        if starts_at:
            at = check_new_time(desk, session, side, starts_at)
        moved = replace(session, starts_at=at)
        _check_ahead(moved, desk.now)
        changes = {"answer_by": answer_by(desk, at)} if action is Action.PROPOSE else {"place": place_of(desk, moved)}
        return desk.step(session, action, side, asked.person_id, starts_at=at, **changes)

    return perform(context, asked, change)


def check_new_time(desk: Desk, session: MentoringSession, side: Side, starts_at: datetime) -> datetime:
    """Return the time, UTC, where the session may be then; mentors may give hours beyond those that they offer.

    Raises
    ------
    InvalidInput
        If it is no time for a session, or outside the mentor's hours where the mentee chooses.
    CapacityFull
        If the mentor has no such minutes left.
    """
    store, at = desk.store, check_start(starts_at, desk.now)
    store.people.lock(session.everybody)
    if side is Side.MENTEE:
        check_time(store, session.mentor_id, session.mentee_ids, at, session.minutes, desk.now, moved_id=session.id)
    check_capacity(store, session.mentor_id, at, session.minutes, moved_id=session.id)
    return at


def _check_ahead(session: MentoringSession, now: datetime) -> None:
    if session.starts_at is None or session.starts_at <= now:
        raise NotNow("an answer after its time", session.status)


def _end(context: Context, session_id: str, asked: Asked, action: Action, told: Mapping[str, str] = NOTHING) -> Receipt:
    def change(desk: Desk) -> MentoringSession:
        session, side = desk.take(session_id, asked)
        return desk.step(session, action, side, asked.person_id, told=told)

    return perform(context, asked, change)
