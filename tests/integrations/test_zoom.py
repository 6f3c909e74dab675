"""Zoom's meetings, against a server that keeps them as Zoom does."""

from collections.abc import Iterator

import pytest

from integrations.calendar import CalendarFailed
from integrations.zoom import ZoomRooms
from tests.contracts.rooms_contract import RoomsContract, a_request
from tests.fakes.http_server import Answer, running
from tests.fakes.zoom_server import HOST, ZoomServer
from tests.integrations.accounts import SOON, zoom_account
from tests.integrations.faults import FAULTS, NAMES, SLOW, Fault


@pytest.fixture
def server() -> Iterator[ZoomServer]:
    with running(ZoomServer()) as server:
        yield server


@pytest.fixture
def rooms(server: ZoomServer) -> ZoomRooms:
    return ZoomRooms(zoom_account(server), HOST)


class TestRooms(RoomsContract):
    def test_the_meeting_has_its_time_and_lets_both_in(self, rooms: ZoomRooms, server: ZoomServer) -> None:
        room = rooms.open(a_request())
        rooms.move(room.id, a_request(hours_later=1))
        meeting = server.meetings[int(room.id)]
        assert (meeting["start_time"], meeting["duration"], meeting["type"]) == ("2026-03-05T14:20:00Z", 20, 2)
        assert meeting["settings"] == {"join_before_host": True, "jbh_time": 10, "waiting_room": False}

    def test_the_link_is_the_guests_not_the_hosts(self, rooms: ZoomRooms) -> None:
        assert rooms.open(a_request()).link.startswith("https://zoom.example/j/")

    def test_the_meeting_is_found_on_a_later_page(self, rooms: ZoomRooms, server: ZoomServer) -> None:
        for number in range(3):
            rooms.open(a_request(f"s{number}"))
        assert rooms.open(a_request("s2")).id == "85000000002"
        assert len(server.meetings) == 3

    def test_a_meeting_that_was_closed_is_opened_anew(self, rooms: ZoomRooms, server: ZoomServer) -> None:
        rooms.close(rooms.open(a_request()).id)
        assert rooms.open(a_request())
        assert len(server.meetings) == 1

    def test_one_token_serves_many_requests(self, rooms: ZoomRooms, server: ZoomServer) -> None:
        rooms.open(a_request("s1"))
        rooms.open(a_request("s2"))
        assert server.tokens_given == 1

    def test_a_refused_token_is_asked_for_again_once(self, rooms: ZoomRooms, server: ZoomServer) -> None:
        rooms.open(a_request("s1"))
        server.good_tokens.clear()
        rooms.open(a_request("s2"))
        assert (server.tokens_given, len(server.meetings)) == (2, 2)

    def test_a_new_token_that_is_refused_too_ends_it(self, rooms: ZoomRooms, server: ZoomServer) -> None:
        server.play(Answer(401), Answer(401), at="/users/")
        with pytest.raises(CalendarFailed) as fault:
            rooms.open(a_request())
        assert (fault.value.code, fault.value.may_retry) == ("zoom.401", False)

    def test_an_app_that_zoom_does_not_know_ends_it(self, server: ZoomServer) -> None:
        rooms = ZoomRooms(zoom_account(server, client_secret="another"), HOST)
        with pytest.raises(CalendarFailed) as fault:
            rooms.open(a_request())
        assert (fault.value.code, fault.value.may_retry) == ("zoom.401", False)

    def test_a_host_that_zoom_does_not_know_ends_it(self, server: ZoomServer) -> None:
        rooms = ZoomRooms(zoom_account(server), "stranger@example.org")
        with pytest.raises(CalendarFailed) as fault:
            rooms.open(a_request())
        assert (fault.value.code, fault.value.may_retry) == ("zoom.404", False)

    @pytest.mark.parametrize("path", ["/users/", "/oauth/token"])
    @pytest.mark.parametrize("fault", FAULTS, ids=NAMES)
    def test_each_fault_keeps_its_code(self, fault: Fault, path: str, rooms: ZoomRooms, server: ZoomServer) -> None:
        server.play(fault.answer, at=path)
        with pytest.raises(CalendarFailed) as found:
            rooms.open(a_request())
        code = "401" if (fault.code, path) == ("400", "/oauth/token") else fault.code
        assert (found.value.code, found.value.may_retry) == (f"zoom.{code}", fault.may_retry)

    def test_a_token_of_another_shape_is_said(self, rooms: ZoomRooms, server: ZoomServer) -> None:
        server.play(Answer(content={"access_token": 7}), at="/oauth/token")
        with pytest.raises(CalendarFailed, match=r"zoom\.unreadable"):
            rooms.open(a_request())

    def test_a_meeting_without_a_link_is_said(self, rooms: ZoomRooms, server: ZoomServer) -> None:
        server.play(
            Answer(content={"meetings": []}), Answer(content={"id": 1, "join_url": "zoommtg://x"}), at="/users/"
        )
        with pytest.raises(CalendarFailed, match=r"zoom\.no_link"):
            rooms.open(a_request())

    def test_nobody_waits_for_ever(self, server: ZoomServer) -> None:
        server.play(SLOW, at="/users/")
        with pytest.raises(CalendarFailed) as fault:
            ZoomRooms(zoom_account(server, timeouts=SOON), HOST).open(a_request())
        assert (fault.value.code, fault.value.may_retry) == ("zoom.unreachable", True)
