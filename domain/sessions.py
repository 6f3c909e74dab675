"""Mentoring sessions: who talks with whom, about what, when, and how far it has come."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from domain.errors import InvalidInput
from domain.people import Format

ALLOWED_MINUTES = (15, 20, 25, 30)
MAX_GROUP_SEATS = 8


class SessionStatus(StrEnum):
    """How far a mentoring session has come."""

    REQUESTED = "requested"
    BOOKED = "booked"
    HELD = "held"
    DECLINED = "declined"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class MentoringSession:
    """A conversation about one topic.

    `starts_at` is UTC; None for a chat consult or a request without a time. `answered_at` is when the mentor accepted,
    moved or declined what was asked for; None while it is open, or where nobody noted it.
    """

    id: str
    topic_id: str
    mentor_id: str
    mentee_ids: tuple[str, ...]
    format: Format
    minutes: int
    status: SessionStatus
    need: str
    created_at: datetime
    starts_at: datetime | None = None
    next_step: str = ""
    answered_at: datetime | None = None

    def __post_init__(self) -> None:
        check_minutes(self.minutes)
        if not 1 <= len(self.mentee_ids) <= MAX_GROUP_SEATS:
            raise InvalidInput("mentee_ids", f"hold 1 to {MAX_GROUP_SEATS} people", len(self.mentee_ids))

    @property
    def ends_at(self) -> datetime | None:
        return self.starts_at + timedelta(minutes=self.minutes) if self.starts_at else None


def check_minutes(minutes: int) -> None:
    """Raise InvalidInput unless a session may last `minutes`."""
    if minutes not in ALLOWED_MINUTES:
        raise InvalidInput("minutes", "be 15, 20, 25 or 30", minutes)
