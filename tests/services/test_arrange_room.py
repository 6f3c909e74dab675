"""A session's room opens once it is booked, moves with it, and closes after a cancel; the calendars learn its link."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.calendars import CalendarConnection, CalendarEntry, CalendarKind
from domain.people import Format
from domain.sessions import MentoringSession, SessionStatus
from integrations.calendar import CalendarEvent, CalendarFailed
from integrations.rooms import Room, RoomRequest
from services.arrange_room import arrange_room
from services.call_rooms import RoomHost
from services.cloud_kinds import zoom_rooms
from services.context import Context
from services.write_event import NEVER_WRITTEN, WRITE_EVENT, write_event
from store import unit_of_work
from tests.builders import NOW, a_session
from tests.fakes.http_server import Answer
from tests.fakes.http_server import running as running_server
from tests.fakes.zoom_server import HOST, ZoomServer
from tests.integrations.accounts import zoom_account

AT = datetime(2026, 3, 9, 8, 20, tzinfo=UTC)
HOUR = timedelta(hours=1)
LINK = "https://zoom.example/j/85000000000"
SESSION = {"session_id": "s9"}


@pytest.fixture
def server() -> Iterator[ZoomServer]:
    with running_server(ZoomServer()) as server:
        yield server


@pytest.fixture
def context(running: Context, server: ZoomServer) -> Context:
    return replace(running, call_rooms=zoom_rooms(zoom_account(server), HOST))


def keep(context: Context, **changes: object) -> MentoringSession:
    """Keep the session s9 of p1 with m1, booked unless told otherwise."""
    booked = {"mentor_id": "m1", "mentee_ids": ("p1",), "status": SessionStatus.BOOKED, "starts_at": AT}
    session = a_session("s9", **{**booked, **changes})
    with unit_of_work(context.engine, write=True) as store:
        store.sessions.save([session])
    return session


def change(context: Context, **changes: object) -> None:
    with unit_of_work(context.engine, write=True) as store:
        session = store.sessions.get("s9")
        store.sessions.save([replace(session, revision=session.revision + 1, **changes)])


def place(context: Context) -> str:
    with unit_of_work(context.engine) as store:
        return store.sessions.get("s9").place


def test_a_booked_session_gets_a_room_once(context: Context, server: ZoomServer) -> None:
    keep(context)
    arrange_room(context, SESSION)
    arrange_room(context, SESSION)
    assert place(context) == LINK
    assert [meeting["start_time"] for meeting in server.meetings.values()] == ["2026-03-09T08:20:00Z"]


def test_the_room_moves_with_the_session_and_keeps_its_link(context: Context, server: ZoomServer) -> None:
    keep(context)
    arrange_room(context, SESSION)
    change(context, starts_at=AT + HOUR)
    arrange_room(context, SESSION)
    assert place(context) == LINK
    assert [meeting["start_time"] for meeting in server.meetings.values()] == ["2026-03-09T09:20:00Z"]


def test_a_cancelled_session_gives_its_room_up(context: Context, server: ZoomServer) -> None:
    keep(context)
    arrange_room(context, SESSION)
    change(context, status=SessionStatus.CANCELLED)
    arrange_room(context, SESSION)
    arrange_room(context, SESSION)
    assert server.meetings == {}


def test_a_place_that_was_named_later_closes_the_room(context: Context, server: ZoomServer) -> None:
    keep(context)
    arrange_room(context, SESSION)
    change(context, place="Room 4.12")
    arrange_room(context, SESSION)
    assert (place(context), server.meetings) == ("Room 4.12", {})


@pytest.mark.parametrize(
    "changes",
    [
        {"place": "https://meet.example.org/dee"},
        {"format": Format.CHAT, "starts_at": None},
        {"status": SessionStatus.REQUESTED},
        {"status": SessionStatus.CANCELLED},
        {"status": SessionStatus.HELD},
    ],
)
def test_who_needs_no_room_gets_none(changes: dict[str, object], context: Context, server: ZoomServer) -> None:
    session = keep(context, **changes)
    arrange_room(context, SESSION)
    assert (place(context), server.meetings, server.asked) == (session.place, {}, [])


def test_a_room_stays_after_the_session_took_place(context: Context, server: ZoomServer) -> None:
    keep(context)
    arrange_room(context, SESSION)
    change(context, status=SessionStatus.HELD)
    arrange_room(context, SESSION)
    assert len(server.meetings) == 1


def test_a_session_that_is_gone_needs_nothing(context: Context) -> None:
    arrange_room(context, {"session_id": "never"})


def test_where_nothing_is_set_up_the_session_has_no_place(running: Context) -> None:
    keep(running)
    arrange_room(running, SESSION)
    assert place(running) == ""


def test_a_provider_that_fails_is_asked_again_and_opens_one_room(context: Context, server: ZoomServer) -> None:
    keep(context)
    server.play(Answer(503), at="/users/")
    with pytest.raises(CalendarFailed, match=r"zoom\.503"):
        arrange_room(context, SESSION)
    assert place(context) == ""
    arrange_room(context, SESSION)
    assert (place(context), len(server.meetings)) == (LINK, 1)


class CancelledMeanwhile:
    """Opens a room while somebody cancels the session."""

    def __init__(self, context: Context) -> None:
        self._context, self.open_rooms = context, set[str]()

    def open(self, request: RoomRequest) -> Room:
        change(self._context, status=SessionStatus.CANCELLED)
        self.open_rooms.add("r1")
        return Room("r1", "https://zoom.example/j/1")

    def move(self, room_id: str, request: RoomRequest) -> None:
        raise AssertionError("nothing was moved")

    def close(self, room_id: str) -> None:
        self.open_rooms.discard(room_id)


def test_a_session_that_is_cancelled_meanwhile_leaves_no_room(running: Context) -> None:
    rooms = CancelledMeanwhile(running)

    def opener(host: RoomHost) -> CancelledMeanwhile:
        assert host.person.id == "m1"
        return rooms

    keep(running)
    arrange_room(replace(running, call_rooms=opener), SESSION)
    assert (place(running), rooms.open_rooms) == ("", set())


def test_calendars_that_were_written_without_the_link_are_written_again(context: Context) -> None:
    keep(context)
    with unit_of_work(context.engine, write=True) as store:
        store.calendars.connect(CalendarConnection("p1", CalendarKind.CALDAV, "p1", "https://x/", b"sealed", NOW))
        store.calendars.keep_entry(CalendarEntry("s9", "p1", "e1", 0))
    arrange_room(context, SESSION)
    with unit_of_work(context.engine) as store:
        entry = store.calendars.entry("s9", "p1")
        assert entry == CalendarEntry("s9", "p1", "e1", NEVER_WRITTEN)
        assert store.jobs.get(f"{WRITE_EVENT}:s9:p1:0:room") is not None
        assert store.jobs.get(f"{WRITE_EVENT}:s9:m1:0:room") is None


class GetsItsRoomMeanwhile:
    """A calendar that is just being written when the session gets its room."""

    def __init__(self, context: Context) -> None:
        self._context, self.places = context, list[str]()

    def put(self, event: CalendarEvent, event_id: str = "") -> str:
        self.places.append(event.place)
        arrange_room(self._context, SESSION)
        return "e1"


def test_a_calendar_that_is_written_meanwhile_gets_the_link_too(context: Context) -> None:
    keep(context)
    calendar = GetsItsRoomMeanwhile(context)
    with unit_of_work(context.engine, write=True) as store:
        store.calendars.connect(CalendarConnection("p1", CalendarKind.CALDAV, "p1", "https://x/", b"sealed", NOW))
    kinds = {CalendarKind.CALDAV: lambda opened: calendar}
    write_event(replace(context, calendar_kinds=kinds), {**SESSION, "person_id": "p1"})
    assert calendar.places == ["", LINK]
