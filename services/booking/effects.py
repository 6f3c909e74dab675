"""What a transition sets going, as job rows in its own transaction: who is told, reminders, calendars, time limits.

Every job looks at the session again before its effect: one that was moved or cancelled meanwhile gets nothing. What a
transition makes pointless is taken back here as well, so that it does not wait in the list.
"""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType

from domain.booking import BookingPolicy
from domain.jobs import Job
from domain.notices import Notice
from domain.people import Format
from domain.session_events import SessionEvent
from domain.sessions import OPEN, MentoringSession, SessionStatus
from domain.transitions import TRANSITIONS, Action, Side
from services.booking.jobs import (
    ARRANGE,
    END_SESSION,
    EXPIRE_REQUEST,
    FOLLOW_UP_BY,
    NOTICE,
    PREPARE,
    session_key,
)
from services.booking.quiet import send_at
from services.write_event import enqueue_writes
from store import Store

GRACE = timedelta(minutes=10)  # a session that runs over is not asked about while people still talk
CHAT_WARNING = timedelta(hours=12)
ROOM_FIRST = timedelta(seconds=1)  # due a moment earlier, so that the invitation can name the room
_TO_ANSWER = {Notice.REQUESTED, Notice.NUDGE}
_ABOUT_NO_TIME = {Notice.FEEDBACK_WANTED, Notice.DID_IT_HELP, Notice.NO_SHOW, Notice.PASSED_ON, Notice.EXPIRED}
NOTHING: Mapping[str, str] = MappingProxyType({})
_OWN_NOTICES = {Action.JOIN: Notice.BOOKED, Action.LEAVE: Notice.CANCELLED}  # for whoever came or went
UNTIL_CLOSED = timedelta(days=7)  # how long the answer to "did it help?" is waited for


def plan_effects(
    store: Store,
    before: MentoringSession | None,
    after: MentoringSession,
    event: SessionEvent,
    policy: BookingPolicy,
    told: Mapping[str, str] = NOTHING,
) -> None:
    """Add the jobs that the transition sets going, and take back those that it makes pointless.

    Parameters
    ----------
    told
        What whoever did it has to say, for those who are told of it; kept in the jobs, and purged with them.
    """
    if before is not None:
        _take_back(store, before, after, policy)
    plan = _Plan(store, before, after, event.at, policy)
    plan.tell(event, told)
    plan.calendars()
    if after.status in OPEN:
        plan.wait_for_answer()
    if after.status is SessionStatus.BOOKED and (before is None or _is_newly_booked(before, after)):
        plan.go_towards()
    if event.action is Action.JOIN and event.by_person:
        plan.remind(event.by_person)
    if after.status is SessionStatus.HELD:
        plan.follow_up()
    store.jobs.add_all(plan.jobs)


def _is_newly_booked(before: MentoringSession, after: MentoringSession) -> bool:
    return before.status is not SessionStatus.BOOKED or before.starts_at != after.starts_at


def _take_back(store: Store, before: MentoringSession, after: MentoringSession, policy: BookingPolicy) -> None:
    if before.status in OPEN:
        store.jobs.cancel(session_key(EXPIRE_REQUEST, before))
        store.jobs.cancel(session_key(NOTICE, before, Notice.NUDGE, before.mentor_id))
    gone = set(before.everybody) - set(after.everybody)
    has_moved = before.status is SessionStatus.BOOKED and _is_elsewhere(before, after)
    for person_id in before.everybody if has_moved else gone:
        for hours in policy.reminder_hours:
            store.jobs.cancel(session_key(NOTICE, before, Notice.REMINDER, person_id, str(hours)))
    if has_moved:
        store.jobs.cancel(session_key(END_SESSION, before))


def _is_elsewhere(before: MentoringSession, after: MentoringSession) -> bool:
    return after.status is not SessionStatus.BOOKED or before.starts_at != after.starts_at


class _Plan:
    """The jobs of one transition."""

    def __init__(
        self,
        store: Store,
        before: MentoringSession | None,
        session: MentoringSession,
        now: datetime,
        policy: BookingPolicy,
    ) -> None:
        self._store, self._before, self._session = store, before, session
        self._now, self._policy = now, policy
        self.jobs: list[Job] = []

    def tell(self, event: SessionEvent, told: Mapping[str, str]) -> None:
        """Tell everybody whom the table names; an invitation waits until there is a room to invite to."""
        session, row = self._session, TRANSITIONS[event.action]
        sides = {Side.MENTOR: (session.mentor_id,), Side.MENTEE: session.mentee_ids}
        names = [(person_id, notice) for side, notice in row.tells.items() for person_id in sides[side]]
        readers = [(person_id, notice) for person_id, notice in names if person_id != event.by_person or row.tells_doer]
        own = _OWN_NOTICES.get(event.action)
        if own and event.by_person:
            readers.append((event.by_person, own))
        for person_id, notice in readers:
            # whoever did it is still there, and wants to see that it is done
            about = self._now if person_id == event.by_person else self._about(notice)
            self._notice(notice, person_id, self._now, str(session.revision), about=about, **told)

    def calendars(self) -> None:
        """Bring everybody's calendar, and the room, to the state of the session, where there is a time or was one."""
        before, session = self._before, self._session
        was_booked = before is not None and before.status is SessionStatus.BOOKED
        if session.starts_at is None or (session.status is not SessionStatus.BOOKED and not was_booked):
            return
        if session.status is SessionStatus.HELD:
            return
        self._add(ARRANGE, self._now - ROOM_FIRST, str(session.revision))
        enqueue_writes(self._store, session, self._now, also=before.everybody if before else ())

    def wait_for_answer(self) -> None:
        """Ask the mentor once more after a while, and end the waiting at its time."""
        session = self._session
        if session.answer_by is None:
            return
        self._add(EXPIRE_REQUEST, session.answer_by)
        nudge_at = session.created_at + timedelta(hours=self._policy.nudge_hours)
        is_due = self._policy.nudge_hours and session.status is SessionStatus.REQUESTED
        if is_due and self._now < nudge_at < session.answer_by:
            self._notice(Notice.NUDGE, session.mentor_id, nudge_at, about=session.answer_by)

    def go_towards(self) -> None:
        """Prepare the agenda, remind everybody, and look after the end whether it took place."""
        session = self._session
        if session.format is Format.CHAT and session.closes_at:
            self._add(END_SESSION, session.closes_at)
            self._add(PREPARE, self._now)
            for person_id in session.everybody:
                closes_at = session.closes_at
                self._notice(Notice.CHAT_CLOSING, person_id, closes_at - CHAT_WARNING, about=closes_at)
        elif session.ends_at:
            self._add(END_SESSION, session.ends_at + GRACE)
            self._add(PREPARE, self._now)
            for person_id in session.everybody:
                self.remind(person_id)

    def remind(self, person_id: str) -> None:
        """Remind one person, so many hours before, where that is still to come."""
        starts_at = self._session.starts_at or self._now
        for hours in self._policy.reminder_hours:
            at = starts_at - timedelta(hours=hours)
            if at > self._now:
                self._notice(Notice.REMINDER, person_id, at, str(hours), about=starts_at, hours=hours)

    def follow_up(self) -> None:
        """Ask after some days whether it helped, and close the matter when nobody answers."""
        at = self._now + timedelta(days=self._policy.follow_up_days)
        for person_id in self._session.mentee_ids:
            self._notice(Notice.DID_IT_HELP, person_id, at, about=None)
        self._add(FOLLOW_UP_BY, at + UNTIL_CLOSED)

    def _notice(
        self, notice: Notice, person_id: str, due: datetime, *more: str, about: datetime | None, **payload: object
    ) -> None:
        at = send_at(notice, due, self._store.people.get(person_id).zone, self._policy, about)
        payload |= {"notice": notice.value, "person_id": person_id, "due": at.isoformat()}
        self._add(NOTICE, at, notice, person_id, *more, about=about.isoformat() if about else None, **payload)

    def _about(self, notice: Notice) -> datetime | None:
        """Return the moment before which the message has to be read; None for none."""
        session, before = self._session, self._before
        if notice in _ABOUT_NO_TIME:
            return None
        if notice in _TO_ANSWER:
            return session.answer_by
        moments = [session.starts_at, session.closes_at, before.starts_at if before else None]
        return min((moment for moment in moments if moment), default=None)

    def _add(self, kind: str, at: datetime, *more: str, **payload: object) -> None:
        session = self._session
        body = {
            "session_id": session.id,
            "revision": session.revision,
            "starts_at": session.starts_at.isoformat() if session.starts_at else None,
            **payload,
        }
        self.jobs.append(Job(secrets.token_hex(8), kind, session_key(kind, session, *more), body, at, self._now))
