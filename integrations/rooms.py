"""Rooms for calls: the port that opens one per session, and its null."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class RoomRequest:
    """A call that needs a room; `uid` is the session's, so that asking twice opens one room."""

    uid: str
    title: str = field(repr=False)
    starts_at: datetime
    minutes: int


@dataclass(frozen=True, slots=True)
class Room:
    """A room for one call: what the provider calls it, and the link that people open."""

    id: str
    link: str = field(repr=False)


def https_link(found: object) -> str:
    """Return a provider's link if people may be sent there; "" for anything that is no plain https address."""
    is_plain = isinstance(found, str) and found.startswith("https://") and found.isprintable() and len(found) <= 2_000
    return str(found) if is_plain and not set(str(found)) & set(' "<>\\') else ""


class Rooms(Protocol):
    """Opens rooms; every method raises CalendarFailed when the provider was not reached or refused."""

    def open(self, request: RoomRequest) -> Room | None:
        """Return the room of this call; None where no provider is configured."""
        ...

    def move(self, room_id: str, request: RoomRequest) -> None:
        """Let the room begin at another time."""
        ...

    def close(self, room_id: str) -> None:
        """Give the room up; one that is gone already is no fault."""
        ...


class NoRooms:
    """Opens nothing: the mentor's own link or a place is used, or none."""

    def open(self, request: RoomRequest) -> Room | None:
        return None

    def move(self, room_id: str, request: RoomRequest) -> None:
        pass

    def close(self, room_id: str) -> None:
        pass
