"""The pages of a session that are of use to a person at a time."""

from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import quote

from domain.people import Format
from domain.sessions import LIVE, MentoringSession, SessionStatus
from services.session_feedback import is_just_over

ROOM_OPENS = timedelta(hours=1)  # before the start
STILL_USEFUL = timedelta(days=1)  # for the notes, after the end
ASKED_FOR = timedelta(days=30)  # how long feedback is asked for
FOLLOW_UP_AFTER = timedelta(days=14)


class Door(StrEnum):
    """A page of a session."""

    ROOM = "room"
    CHAT = "chat"
    FEEDBACK = "feedback"
    FOLLOW_UP = "follow_up"
    AGENDA = "agenda"


_PATHS = {Door.FOLLOW_UP: "follow-up"}


def doors(session: MentoringSession, person_id: str, now: datetime) -> list[tuple[Door, str]]:
    """Return (page, address) of what is of use to the person now, the most useful first; nothing for a stranger."""
    if person_id not in session.everybody or not session.mentee_ids:
        return []
    is_mentee = person_id in session.mentee_ids
    useful = {
        Door.CHAT: session.format is Format.CHAT and _is_under_way(session),
        Door.ROOM: session.format is not Format.CHAT and _is_room_open(session, now),
        Door.FOLLOW_UP: is_mentee and session.status is SessionStatus.HELD and now - _end(session) >= FOLLOW_UP_AFTER,
        Door.FEEDBACK: (session.was_held or is_just_over(session, now)) and now - _end(session) <= ASKED_FOR,
        Door.AGENDA: session.status in LIVE or session.was_held,
    }
    return [(door, address(session.id, door)) for door, is_useful in useful.items() if is_useful]


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
