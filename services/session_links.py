"""The pages of a session that are of use to a person at a time."""

from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import quote

from domain.booking import BookingPolicy
from domain.people import Format
from domain.sessions import LIVE, MentoringSession, SessionStatus
from services.booking.policy import booking_policy
from services.context import Context
from services.own_sessions import sessions_in_full
from services.session_feedback import is_just_over
from store import unit_of_work

ROOM_OPENS = timedelta(hours=1)  # before the start
STILL_USEFUL = timedelta(days=1)  # for the notes, after the end
ASKED_FOR = timedelta(days=30)  # how long feedback is asked for


class Door(StrEnum):
    """A page of a session."""

    ROOM = "room"
    CHAT = "chat"
    FEEDBACK = "feedback"
    FOLLOW_UP = "follow_up"
    AGENDA = "agenda"


_PATHS = {Door.FOLLOW_UP: "follow-up"}


def doors(session: MentoringSession, person_id: str, now: datetime, policy: BookingPolicy) -> list[tuple[Door, str]]:
    """Return (page, address) of what is of use to the person now, the most useful first; nothing for a stranger."""
    if person_id not in session.everybody or not session.mentee_ids:
        return []
    is_mentee, follow_up_after = person_id in session.mentee_ids, timedelta(days=policy.follow_up_days)
    useful = {
        Door.CHAT: session.format is Format.CHAT and _is_under_way(session),
        Door.ROOM: session.format is not Format.CHAT and _is_room_open(session, now),
        Door.FOLLOW_UP: is_mentee and session.status is SessionStatus.HELD and now - _end(session) >= follow_up_after,
        Door.FEEDBACK: (session.was_held or is_just_over(session, now)) and now - _end(session) <= ASKED_FOR,
        Door.AGENDA: session.status in LIVE or session.was_held,
    }
    return [(door, address(session.id, door)) for door, is_useful in useful.items() if is_useful]


def open_doors(context: Context, person_id: str) -> dict[str, list[tuple[Door, str]]]:
    """Return `doors` of every own session by its id."""
    with unit_of_work(context.engine) as store:
        policy = booking_policy(store)
    now = context.clock()
    return {session.id: doors(session, person_id, now, policy) for session in sessions_in_full(context, person_id)}


def address(session_id: str, door: Door) -> str:
    """Return where a page of a session is."""
    return f"/sessions/{quote(session_id, safe='')}/{_PATHS.get(door, door)}"


def _is_under_way(session: MentoringSession) -> bool:
    return session.status is SessionStatus.BOOKED or session.was_held


def _is_room_open(session: MentoringSession, now: datetime) -> bool:
    if session.starts_at is None or not _is_under_way(session):
        return False
    return session.starts_at - ROOM_OPENS <= now <= _end(session) + STILL_USEFUL


def _end(session: MentoringSession) -> datetime:
    """Return when it ended or ends; for a chat that was closed early this is the latest that it can have been."""
    return session.ends_at or session.closes_at or session.created_at
