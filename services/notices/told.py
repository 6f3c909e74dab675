"""What a job of a message says, and what it is about as things stand when the message would leave."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.errors import NotFound
from domain.notices import DeclineReason, Notice
from domain.people import Person
from domain.session_events import SessionEvent
from domain.sessions import MentoringSession
from services.booking.jobs import NOTICE
from store import Store


@dataclass(frozen=True, slots=True)
class Told:
    """The payload of a job, as `services/booking/effects.py` writes it.

    Parameters
    ----------
    starts_at
        When the session was to begin as the message was planned; None where there was no time.
    hours
        How long before the start a reminder comes; None for any other message.
    number
        Which of several messages of this kind it is; None where there is one for each revision.
    about
        The moment that the message is about, see `services/booking/quiet.py`.
    reason, words
        Why the mentor said no.
    """

    session_id: str
    revision: int
    starts_at: datetime | None
    notice: Notice
    person_id: str
    hours: int | None = None
    number: int | None = None
    about: datetime | None = None
    reason: DeclineReason | None = None
    words: str = ""

    @property
    def key(self) -> str:
        """Name the mail: the same one sent again after a crash carries the same Message-ID."""
        at = self.starts_at.isoformat() if self.starts_at else ""
        which = next(one for one in (self.hours, self.number, self.revision) if one is not None)
        return ":".join((NOTICE, self.session_id, at, self.notice, self.person_id, str(which)))


def read_told(payload: Mapping[str, Any]) -> Told:
    """Return what the job says."""
    hours, number, reason = payload.get("hours"), payload.get("number"), payload.get("reason")
    return Told(
        session_id=str(payload["session_id"]),
        revision=int(payload["revision"]),
        starts_at=_moment(payload.get("starts_at")),
        notice=Notice(payload["notice"]),
        person_id=str(payload["person_id"]),
        hours=None if hours is None else int(hours),
        number=None if number is None else int(number),
        about=_moment(payload.get("about")),
        reason=DeclineReason(reason) if reason else None,
        words=str(payload.get("words", "")),
    )


@dataclass(frozen=True, slots=True)
class Look:
    """A message to one person, and what is so at this moment.

    Parameters
    ----------
    events
        What happened to the session, first to last.
    onward
        The request that goes on from this one, if any.
    has_answered
        Whether the person has answered what the message asks.
    """

    told: Told
    session: MentoringSession
    person: Person
    events: tuple[SessionEvent, ...]
    onward: MentoringSession | None
    has_answered: bool
    now: datetime

    @property
    def is_mentor(self) -> bool:
        return self.person.id == self.session.mentor_id

    @property
    def takes_part(self) -> bool:
        return self.person.id in self.session.everybody

    @property
    def event(self) -> SessionEvent | None:
        """What happened that the message tells of."""
        return next((event for event in self.events if event.number == self.told.revision), None)


def look_at(store: Store, told: Told, now: datetime) -> Look | None:
    """Return what is so now; None where session or person are gone."""
    try:
        session, person = store.sessions.get(told.session_id), store.people.get(told.person_id)
    except NotFound:
        return None
    events = tuple(store.session_events.of_session(session.id))
    return Look(told, session, person, events, _onward(store, told), _has_answered(store, told), now)


def _onward(store: Store, told: Told) -> MentoringSession | None:
    if told.notice is not Notice.PASSED_ON:
        return None
    own = store.sessions.of_person(told.person_id)
    return next((session for session in own if session.passed_on_from == told.session_id), None)


def _has_answered(store: Store, told: Told) -> bool:
    if told.notice is Notice.FEEDBACK_WANTED:
        return any(one.author_id == told.person_id for one in store.feedback.of_session(told.session_id))
    if told.notice is Notice.CHAT_MESSAGE:
        return all(one.author_id == told.person_id for one in store.chat_messages.of_session(told.session_id)[-1:])
    return told.notice is Notice.DID_IT_HELP and store.step_answers.has(told.session_id, told.person_id)


def _moment(text: Any) -> datetime | None:
    return datetime.fromisoformat(str(text)) if text else None
