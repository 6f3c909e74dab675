"""Brings the room of a call to the state of its session: opened once booked, moved with it, closed after a cancel.

Only a session without a place of its own gets one: the mentor's link or a room in the house comes first.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from domain.calendars import SessionRoom
from domain.errors import NotFound
from domain.people import Format
from domain.sessions import OPEN, WAS_HELD, MentoringSession, SessionStatus
from integrations.rooms import RoomRequest, Rooms
from services.context import Context
from services.rooms import rooms_of
from services.session_event import session_event
from services.write_event import NEVER_WRITTEN, WRITE_EVENT
from store import Store, unit_of_work

_MOST_CHANGES = 5  # while a provider is asked, a session may change once or twice
_LEFT_ALONE = OPEN | WAS_HELD | {SessionStatus.NO_SHOW}


def arrange_room(context: Context, payload: Mapping[str, Any]) -> None:
    """Open, move or close the room of a session, whatever its state wants now. Run by a worker.

    Raises
    ------
    CalendarFailed
        If the provider was not reached, or refused.
    """
    for _ in range(_MOST_CHANGES):
        wanted = _read(context, str(payload["session_id"]))
        if wanted is None or _is_settled(context, wanted):
            return


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A session, the room it was left with, and the request for the room it should have: None for no room."""

    session: MentoringSession
    room: SessionRoom | None
    rooms: Rooms
    request: RoomRequest | None


def _read(context: Context, session_id: str) -> _Wanted | None:
    """Return what is wanted now; None where nothing is to be done."""
    with unit_of_work(context.engine) as store:
        try:
            session = store.sessions.get(session_id)
        except NotFound:
            return None
        room = store.session_rooms.of(session_id)
        if session.status in _LEFT_ALONE or (room is None and not _may_have_room(session, None)):
            return None
        request = _request(store, session) if _may_have_room(session, room) else None
        return _Wanted(session, room, rooms_of(context, store, session.mentor_id), request)


def _may_have_room(session: MentoringSession, room: SessionRoom | None) -> bool:
    is_call = session.status is SessionStatus.BOOKED and session.format is not Format.CHAT
    return is_call and session.starts_at is not None and session.place in ("", room.link if room else "")


def _request(store: Store, session: MentoringSession) -> RoomRequest | None:
    event = session_event(store, session, store.people.get(session.mentor_id))
    return RoomRequest(event.uid, event.title, event.starts_at, session.minutes) if event else None


def _is_settled(context: Context, wanted: _Wanted) -> bool:
    """Ask the provider for one step, and return whether nothing is left to look at."""
    session, room, request = wanted.session, wanted.room, wanted.request
    if request is None:
        if room:
            wanted.rooms.close(room.room_id)
            with unit_of_work(context.engine, write=True) as store:
                store.session_rooms.forget(session.id)
        return True
    if room is None:
        opened = wanted.rooms.open(request)
        if opened is None:
            return True
        _keep(context, SessionRoom(session.id, opened.id, opened.link, request.starts_at))
        return False
    if room.starts_at != request.starts_at:
        wanted.rooms.move(room.room_id, request)
        _keep(context, replace(room, starts_at=request.starts_at))
        return False
    return True


def _keep(context: Context, room: SessionRoom) -> None:
    """Keep the room, let the session take place there if it has no place meanwhile, and tell everybody's calendar."""
    with unit_of_work(context.engine, write=True) as store:
        store.session_rooms.keep(room)
        session = store.sessions.lock(room.session_id)
        if not session.place and session.status is SessionStatus.BOOKED:
            store.sessions.save([replace(session, place=room.link)])
            for person_id in session.everybody:
                _write_again(context, store, session, person_id)


def _write_again(context: Context, store: Store, session: MentoringSession, person_id: str) -> None:
    """Let a calendar be written although the session's revision is the same: only its place is new."""
    if not store.calendars.of(person_id):
        return
    entry = store.calendars.entry(session.id, person_id)
    if entry:
        store.calendars.keep_entry(replace(entry, revision=NEVER_WRITTEN))
    key = f"{WRITE_EVENT}:{session.id}:{person_id}:{session.revision}:room"
    store.jobs.add(WRITE_EVENT, key, {"session_id": session.id, "person_id": person_id}, context.clock())
