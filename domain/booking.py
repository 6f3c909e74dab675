"""The rules of a programme for booking: how long people may take, when they are told, what is too much."""

from dataclasses import dataclass
from datetime import time

from domain.errors import InvalidInput


@dataclass(frozen=True, slots=True)
class BookingPolicy:
    """What HR may set for booking.

    Parameters
    ----------
    answer_hours
        How long a mentor may take to answer before the request goes to the next on the list.
    nudge_hours
        When a mentor who has not answered is asked once more; 0 for never.
    reminder_hours
        How long before a session people are reminded, longest first.
    quiet_from, quiet_until
        On the clock of the reader: nothing is sent in between but what is about the coming hours.
    follow_up_days
        How long after a session people are asked whether it helped.
    chat_hours
        How long a chat consult stays open.
    late_cancel_hours
        A session cancelled less than this before its start was cancelled late.
    max_open_requests, max_requests_per_week
        How many unanswered requests a mentee may have at once, and how many they may make in seven days.
    has_digest
        Whether mentors get a mail on Mondays with what waits for them.
    """

    answer_hours: int = 48
    nudge_hours: int = 24
    reminder_hours: tuple[int, ...] = (24, 1)
    quiet_from: time = time(20)
    quiet_until: time = time(8)
    follow_up_days: int = 14
    chat_hours: int = 72
    late_cancel_hours: int = 12
    max_open_requests: int = 5
    max_requests_per_week: int = 10
    has_digest: bool = True

    def __post_init__(self) -> None:
        for name, (least, most) in RANGES.items():
            if not least <= getattr(self, name) <= most:
                raise InvalidInput(name, f"be {least} to {most}", getattr(self, name))
        hours = self.reminder_hours
        if len(hours) > 4 or list(hours) != sorted(set(hours), reverse=True) or any(not 1 <= h <= 168 for h in hours):
            raise InvalidInput("reminder_hours", "be up to 4 different hours from 168 to 1, longest first", hours)


RANGES = {
    "answer_hours": (4, 336),
    "nudge_hours": (0, 336),
    "follow_up_days": (1, 90),
    "chat_hours": (4, 336),
    "late_cancel_hours": (0, 72),
    "max_open_requests": (1, 50),
    "max_requests_per_week": (1, 100),
}
