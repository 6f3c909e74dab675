"""Outlook's calendar and Teams, against a server that keeps events as Graph does."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from integrations.calendar import CalendarFailed
from integrations.graph import GraphCalendar, TeamsRooms
from tests.contracts.calendar_contract import CalendarContract
from tests.contracts.rooms_contract import RoomsContract, a_request
from tests.fakes.graph_server import GraphServer, refusal
from tests.fakes.http_server import Answer, running
from tests.integrations.accounts import SOON, graph_account
from tests.integrations.events import AT, an_event
from tests.integrations.faults import FAULTS, NAMES, SLOW, Fault

HOUR = timedelta(hours=1)


@pytest.fixture
def server() -> Iterator[GraphServer]:
    with running(GraphServer()) as server:
        yield server


@pytest.fixture
def calendar(server: GraphServer) -> GraphCalendar:
    return GraphCalendar(graph_account(server))


@pytest.fixture
def rooms(server: GraphServer) -> TeamsRooms:
    return TeamsRooms(graph_account(server))


class TestCalendar(CalendarContract):
    def test_events_make_busy_unless_they_are_shown_as_free(self, calendar: GraphCalendar, server: GraphServer) -> None:
        shown = ["busy", "tentative", "oof", "unknown", "free", "workingElsewhere"]
        for number, show_as in enumerate(shown):
            server.meet(AT + number * HOUR, AT + (number + 1) * HOUR, showAs=show_as)
        server.meet(AT, AT + 9 * HOUR, isCancelled=True)
        calendar.put(an_event())
        busy = [(AT + number * HOUR, AT + (number + 1) * HOUR) for number in range(4)]
        assert calendar.busy(AT - HOUR, AT + 9 * HOUR) == busy

    def test_times_are_asked_for_in_utc(self, calendar: GraphCalendar, server: GraphServer) -> None:
        calendar.busy(AT, AT + HOUR)
        assert server.asked[0].headers["prefer"] == 'outlook.timezone="UTC"'
        assert server.asked[0].query["startDateTime"] == "2026-03-05T13:20:00Z"

    def test_a_next_page_elsewhere_is_not_read(self, calendar: GraphCalendar, server: GraphServer) -> None:
        server.meet(AT, AT + HOUR)
        server.meet(AT, AT + HOUR)
        server.elsewhere = "https://graph.evil.example/v1"
        with pytest.raises(CalendarFailed) as fault:
            calendar.busy(AT, AT + HOUR)
        assert (fault.value.code, fault.value.may_retry) == ("graph.redirect", False)

    def test_pages_end(self, calendar: GraphCalendar, server: GraphServer) -> None:
        for _ in range(22):
            server.meet(AT, AT + HOUR)
        with pytest.raises(CalendarFailed, match=r"graph\.too_large"):
            calendar.busy(AT, AT + HOUR)

    def test_an_event_says_what_the_session_is(self, calendar: GraphCalendar, server: GraphServer) -> None:
        event = server.events[calendar.put(an_event())]
        assert event["subject"] == "Delegate work, with Dee Fox"
        assert event["body"] == {"contentType": "text", "content": "The agenda is on the page of the session."}
        assert event["location"] == {"displayName": "https://meet.example.org/dee"}
        assert event["start"] == {"dateTime": "2026-03-05T13:20:00", "timeZone": "UTC"}
        assert (event["showAs"], event["sensitivity"]) == ("busy", "private")
        assert "attendees" not in event  # Graph would write to them

    def test_a_change_whose_first_answer_was_lost_still_arrives(
        self, calendar: GraphCalendar, server: GraphServer
    ) -> None:
        calendar.put(an_event())
        calendar.put(an_event(sequence=1, starts_at=AT + HOUR, ends_at=AT + 2 * HOUR))
        assert [event["start"]["dateTime"] for event in server.events.values()] == ["2026-03-05T14:20:00"]

    def test_an_event_that_was_thrown_away_is_made_anew(self, calendar: GraphCalendar, server: GraphServer) -> None:
        event_id = calendar.put(an_event())
        server.events.clear()
        assert calendar.put(an_event(sequence=1), event_id)
        assert len(server.events) == 1

    def test_two_attempts_at_once_make_one_event(self, calendar: GraphCalendar, server: GraphServer) -> None:
        event_id = calendar.put(an_event())
        server.play(Answer(content={"value": []}))  # the other attempt had not written yet when this one looked
        assert calendar.put(an_event()) == event_id
        assert len(server.events) == 1

    @pytest.mark.parametrize("status", [404, 410])
    def test_what_is_gone_need_not_be_removed(self, status: int, calendar: GraphCalendar, server: GraphServer) -> None:
        server.play(refusal(status, "ErrorItemNotFound"))
        calendar.remove("any")

    @pytest.mark.parametrize("fault", FAULTS, ids=NAMES)
    def test_each_fault_keeps_its_code(self, fault: Fault, calendar: GraphCalendar, server: GraphServer) -> None:
        server.play(fault.answer)
        with pytest.raises(CalendarFailed) as found:
            calendar.busy(AT, AT + HOUR)
        assert (found.value.code, found.value.may_retry) == (f"graph.{fault.code}", fault.may_retry)

    @pytest.mark.parametrize("item", [{}, {"start": 1, "end": 2}, {"start": {"dateTime": "soon"}, "end": {}}])
    def test_an_answer_of_another_shape_is_said(
        self, item: object, calendar: GraphCalendar, server: GraphServer
    ) -> None:
        server.play(Answer(content={"value": [item]}))
        with pytest.raises(CalendarFailed, match=r"graph\.unreadable"):
            calendar.busy(AT, AT + HOUR)

    def test_nobody_waits_for_ever(self, server: GraphServer) -> None:
        server.play(SLOW)
        with pytest.raises(CalendarFailed) as fault:
            GraphCalendar(graph_account(server, timeouts=SOON)).busy(AT, AT + HOUR)
        assert (fault.value.code, fault.value.may_retry) == ("graph.unreachable", True)


class TestRooms(RoomsContract):
    def test_the_call_has_its_times(self, rooms: TeamsRooms, server: GraphServer) -> None:
        room = rooms.open(a_request())
        rooms.move(room.id, a_request(hours_later=1))
        (call,) = server.calls.values()
        assert (call["startDateTime"], call["endDateTime"]) == ("2026-03-05T14:20:00Z", "2026-03-05T14:40:00Z")

    @pytest.mark.parametrize("fault", FAULTS, ids=NAMES)
    def test_each_fault_keeps_its_code(self, fault: Fault, rooms: TeamsRooms, server: GraphServer) -> None:
        server.play(fault.answer)
        with pytest.raises(CalendarFailed) as found:
            rooms.open(a_request())
        assert (found.value.code, found.value.may_retry) == (f"graph.{fault.code}", fault.may_retry)

    def test_a_call_without_a_link_is_said(self, rooms: TeamsRooms, server: GraphServer) -> None:
        server.play(Answer(content={"id": "x", "joinWebUrl": "javascript:alert(1)"}))
        with pytest.raises(CalendarFailed, match=r"graph\.no_link"):
            rooms.open(a_request())
