"""What every opener of rooms does, the null one and the real ones; a test class inherits it and gives `rooms`."""

from datetime import timedelta

from integrations.ical import uid_of
from integrations.rooms import RoomRequest, Rooms
from tests.integrations.events import AT


def a_request(session_id: str = "s1", *, hours_later: int = 0) -> RoomRequest:
    """Return a call of 20 minutes."""
    return RoomRequest(uid_of(session_id), "Delegate work, with Dee Fox", AT + timedelta(hours=hours_later), 20)


class RoomsContract:
    def test_a_lost_answer_opens_no_second_room(self, rooms: Rooms) -> None:
        assert rooms.open(a_request()) == rooms.open(a_request())

    def test_each_session_has_a_room_of_its_own(self, rooms: Rooms) -> None:
        first, second = rooms.open(a_request("s1")), rooms.open(a_request("s2"))
        assert first is None or (second is not None and first.link != second.link)

    def test_a_link_is_one_that_people_may_open(self, rooms: Rooms) -> None:
        room = rooms.open(a_request())
        assert room is None or room.link.startswith("https://")

    def test_a_room_keeps_its_link_when_the_call_moves(self, rooms: Rooms) -> None:
        room = rooms.open(a_request())
        rooms.move(room.id if room else "none", a_request(hours_later=3))
        assert rooms.open(a_request(hours_later=3)) == room

    def test_a_room_may_be_closed_twice(self, rooms: Rooms) -> None:
        room = rooms.open(a_request())
        rooms.close(room.id if room else "none")
        rooms.close(room.id if room else "none")
