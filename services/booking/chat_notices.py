"""Who is told of a new message in a chat: everybody else in it, once an hour at most."""

from datetime import datetime, timedelta

from domain.booking import BookingPolicy
from domain.notices import Notice
from domain.sessions import MentoringSession
from services.booking.jobs import NOTICE, session_key
from services.booking.quiet import send_at
from store import Store

PAUSE = timedelta(hours=1)


def tell_of_message(
    store: Store, session: MentoringSession, author_id: str, now: datetime, policy: BookingPolicy
) -> None:
    """Plan the mails about a message written now; whoever answers in the chat before one leaves does not get it."""
    for person_id in session.everybody:
        if person_id != author_id:
            _tell(store, session, person_id, now, policy)


def _tell(store: Store, session: MentoringSession, person_id: str, now: datetime, policy: BookingPolicy) -> None:
    """Add the mail of an hour, if it has none yet, an hour after that of the hour before."""
    zone = store.people.get(person_id).zone
    at = send_at(Notice.CHAT_MESSAGE, now, zone, policy, session.closes_at)
    before = store.jobs.get(_key(session, person_id, _hour(session, at) - 1))
    if before and before.run_at + PAUSE > at:
        at = send_at(Notice.CHAT_MESSAGE, before.run_at + PAUSE, zone, policy, session.closes_at)
    hour = _hour(session, at)
    payload = {
        "session_id": session.id,
        "revision": session.revision,
        "starts_at": None,
        "notice": Notice.CHAT_MESSAGE.value,
        "person_id": person_id,
        "due": at.isoformat(),
        "about": session.closes_at.isoformat() if session.closes_at else None,
        "number": hour,
    }
    store.jobs.add(NOTICE, _key(session, person_id, hour), payload, at, at=now)


def _hour(session: MentoringSession, at: datetime) -> int:
    return int((at - session.created_at) / PAUSE)


def _key(session: MentoringSession, person_id: str, hour: int) -> str:
    return session_key(NOTICE, session, Notice.CHAT_MESSAGE, person_id, str(hour))
