"""A calendar in memory that keeps the port's contract, fails as told, and lets a test look in and step in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from integrations.calendar import CalendarEvent, CalendarFailed, Interval
from services.calendar_kinds import OpenedConnection


@dataclass
class FakeCalendar:
    """What it holds by id, what else makes its owner busy, how often it was written, and how the next call ends."""

    events: dict[str, CalendarEvent] = field(default_factory=dict)
    others: list[Interval] = field(default_factory=list)
    failure: CalendarFailed | None = None
    writes: int = 0
    after_write: Callable[[], None] = lambda: None
    opened: list[OpenedConnection] = field(default_factory=list)

    def open(self, opened: OpenedConnection) -> "FakeCalendar":
        """Return this calendar, whoever opens it."""
        self.opened.append(opened)
        return self

    def busy(self, start: datetime, end: datetime) -> Sequence[Interval]:
        self._fail()
        return [interval for interval in self.others if interval[1] > start and interval[0] < end]

    def put(self, event: CalendarEvent, event_id: str = "") -> str:
        self._fail()
        key = event_id or f"event of {event.uid}"
        self.events[key] = event
        self._wrote()
        return key

    def remove(self, event_id: str) -> None:
        self._fail()
        self.events.pop(event_id, None)
        self._wrote()

    def _fail(self) -> None:
        if self.failure:
            raise self.failure

    def _wrote(self) -> None:
        self.writes += 1
        step, self.after_write = self.after_write, lambda: None
        step()
