"""Google's calendar and calls, against a server that keeps events as Google does."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from integrations.calendar import CalendarFailed
from integrations.google import GoogleCalendar, MeetRooms, id_of
from tests.contracts.calendar_contract import CalendarContract
from tests.contracts.rooms_contract import RoomsContract, a_request
from tests.fakes.google_server import GoogleServer, refusal
from tests.fakes.http_server import Answer, running
from tests.integrations.accounts import SOON, google_account
from tests.integrations.events import AT, an_event
from tests.integrations.faults import FAULTS, NAMES, SLOW, Fault

HOUR = timedelta(hours=1)
SESSION = (AT, AT + timedelta(minutes=20))


@pytest.fixture
def server() -> Iterator[GoogleServer]:
    with running(GoogleServer()) as server:
        yield server


@pytest.fixture
def calendar(server: GoogleServer) -> GoogleCalendar:
    return GoogleCalendar(google_account(server))


@pytest.fixture
def rooms(server: GoogleServer) -> MeetRooms:
    return MeetRooms(google_account(server))


class TestCalendar(CalendarContract):
    def test_other_events_make_busy(self, calendar: GoogleCalendar, server: GoogleServer) -> None:
        server.busy_elsewhere = [(AT + 2 * HOUR, AT + 3 * HOUR)]
        calendar.put(an_event())
        assert calendar.busy(AT - HOUR, AT + 8 * HOUR) == [(AT + 2 * HOUR, AT + 3 * HOUR)]

    def test_own_events_are_cut_out_of_what_is_busy_in_one_piece(
        self, calendar: GoogleCalendar, server: GoogleServer
    ) -> None:
        server.busy_elsewhere = [(AT - HOUR, AT), (SESSION[1], AT + HOUR)]  # Google tells them as one with the session
        calendar.put(an_event())
        assert calendar.busy(AT - HOUR, AT + 8 * HOUR) == [(AT - HOUR, AT), (SESSION[1], AT + HOUR)]

    def test_many_own_events_are_all_left_out(self, calendar: GoogleCalendar, server: GoogleServer) -> None:
        for number in range(3):
            start = AT + number * HOUR
            calendar.put(an_event(uid=f"s{number}@x", starts_at=start, ends_at=start + timedelta(minutes=20)))
        assert calendar.busy(AT - HOUR, AT + 8 * HOUR) == []
        assert [asked.query.get("pageToken") for asked in server.asked[-3:]] == [None, "1", "2"]

    def test_an_event_says_what_the_session_is_and_writes_to_nobody(
        self, calendar: GoogleCalendar, server: GoogleServer
    ) -> None:
        event_id = calendar.put(an_event())
        assert server.asked[-1].query["sendUpdates"] == "none"
        assert server.events == {
            event_id: {
                "id": id_of(an_event().uid),
                "summary": "Delegate work, with Dee Fox",
                "visibility": "private",
                "description": "The agenda is on the page of the session.",
                "location": "https://meet.example.org/dee",
                "start": {"dateTime": "2026-03-05T13:20:00Z", "timeZone": "Europe/Berlin"},
                "end": {"dateTime": "2026-03-05T13:40:00Z", "timeZone": "Europe/Berlin"},
                "status": "confirmed",
                "extendedProperties": {"private": {"halfhour": "1"}},
            }
        }

    def test_a_change_whose_first_answer_was_lost_still_arrives(
        self, calendar: GoogleCalendar, server: GoogleServer
    ) -> None:
        calendar.put(an_event())
        calendar.put(an_event(sequence=1, starts_at=AT + HOUR, ends_at=AT + 2 * HOUR))
        assert [event["start"]["dateTime"] for event in server.live()] == ["2026-03-05T14:20:00Z"]

    def test_an_event_that_was_thrown_away_comes_back_with_the_next_change(
        self, calendar: GoogleCalendar, server: GoogleServer
    ) -> None:
        event_id = calendar.put(an_event())
        server.events[event_id]["status"] = "cancelled"
        assert calendar.put(an_event(sequence=1)) == event_id
        assert len(server.live()) == 1

    def test_an_event_of_another_calendar_is_made_anew(self, calendar: GoogleCalendar, server: GoogleServer) -> None:
        assert calendar.put(an_event(), "of-an-older-connection") == id_of(an_event().uid)

    def test_a_calendar_that_is_gone_is_said(self, server: GoogleServer) -> None:
        calendar = GoogleCalendar(google_account(server), "team@example.org")
        with pytest.raises(CalendarFailed) as fault:
            calendar.busy(AT, AT + HOUR)
        assert (fault.value.code, fault.value.may_retry) == ("google.no_calendar", False)

    @pytest.mark.parametrize("status", [404, 410])
    def test_what_is_gone_need_not_be_removed(
        self, status: int, calendar: GoogleCalendar, server: GoogleServer
    ) -> None:
        server.play(refusal(status, "deleted"))
        calendar.remove("any")

    def test_too_many_requests_are_told_by_403_too(self, calendar: GoogleCalendar, server: GoogleServer) -> None:
        server.play(refusal(403, "rateLimitExceeded"), refusal(403, "forbidden"))
        for code, may_retry in [("google.429", True), ("google.403", False)]:
            with pytest.raises(CalendarFailed) as fault:
                calendar.put(an_event())
            assert (fault.value.code, fault.value.may_retry) == (code, may_retry)

    @pytest.mark.parametrize("fault", [it for it in FAULTS if it.code != "409"], ids=[n for n in NAMES if n != "409"])
    def test_each_fault_keeps_its_code(self, fault: Fault, calendar: GoogleCalendar, server: GoogleServer) -> None:
        server.play(fault.answer)
        with pytest.raises(CalendarFailed) as found:
            calendar.put(an_event())
        assert (found.value.code, found.value.may_retry) == (f"google.{fault.code}", fault.may_retry)

    @pytest.mark.parametrize(
        "answered", [{}, {"calendars": []}, {"calendars": {"primary": {"busy": [{"start": "soon", "end": "later"}]}}}]
    )
    def test_an_answer_of_another_shape_is_said(
        self, answered: object, calendar: GoogleCalendar, server: GoogleServer
    ) -> None:
        server.play(Answer(content=answered))
        with pytest.raises(CalendarFailed, match=r"google\.(no_calendar|unreadable)"):
            calendar.busy(AT, AT + HOUR)

    def test_nobody_waits_for_ever(self, server: GoogleServer) -> None:
        server.play(SLOW)
        with pytest.raises(CalendarFailed) as fault:
            GoogleCalendar(google_account(server, timeouts=SOON)).busy(AT, AT + HOUR)
        assert (fault.value.code, fault.value.may_retry) == ("google.unreachable", True)


class TestRooms(RoomsContract):
    def test_room_and_calendar_share_one_event(
        self, rooms: MeetRooms, calendar: GoogleCalendar, server: GoogleServer
    ) -> None:
        room = rooms.open(a_request())
        calendar.put(an_event(place=room.link))
        (event,) = server.live()
        assert (event["hangoutLink"], event["location"]) == (room.link, room.link)

    def test_a_room_for_an_event_that_is_there_already(
        self, rooms: MeetRooms, calendar: GoogleCalendar, server: GoogleServer
    ) -> None:
        calendar.put(an_event())
        assert rooms.open(a_request()).link.startswith("https://meet.example/")
        assert len(server.live()) == 1

    def test_a_conference_that_is_still_being_made_is_read_once_more(
        self, rooms: MeetRooms, server: GoogleServer
    ) -> None:
        server.has_slow_conferences = True
        assert rooms.open(a_request()).link.startswith("https://meet.example/")

    @pytest.mark.parametrize("link", ["javascript:alert(1)", "http://meet.example/x", "https://a b", None, 7])
    def test_a_link_that_is_none_is_not_shown(self, link: object, rooms: MeetRooms, server: GoogleServer) -> None:
        server.play(*[Answer(content={"id": "x", "hangoutLink": link})] * 2)
        with pytest.raises(CalendarFailed) as fault:
            rooms.open(a_request())
        assert (fault.value.code, fault.value.may_retry) == ("google.no_link", True)
