"""Mentoring sessions: who talks with whom, about what, when, and how far it has come."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from domain.errors import InvalidInput
from domain.people import Format

ALLOWED_MINUTES = (15, 20, 25, 30)
MIN_GROUP_SEATS, MAX_GROUP_SEATS = 3, 8


class SessionStatus(StrEnum):
    """How far a mentoring session has come.

    `accepted`: the mentor said yes, but a time is still to be found, or the mentor proposed another one.
    """

    REQUESTED = "requested"
    ACCEPTED = "accepted"
    BOOKED = "booked"
    HELD = "held"
    FOLLOWED_UP = "followed_up"
    NO_SHOW = "no_show"
    DECLINED = "declined"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


OPEN = frozenset({SessionStatus.REQUESTED, SessionStatus.ACCEPTED})
LIVE = OPEN | {SessionStatus.BOOKED}
WAS_HELD = frozenset({SessionStatus.HELD, SessionStatus.FOLLOWED_UP})


@dataclass(frozen=True, slots=True)
class MentoringSession:
    """A conversation about one topic.

    Parameters
    ----------
    mentee_ids
        In the order in which they came; empty only for a group that nobody has joined yet.
    answered_at
        When the mentor accepted, moved or declined what was asked for; None while it is open, or where nobody noted it.
    starts_at
        UTC; None for a chat consult or a request without a time.
    revision
        Rises with every transition: tells two states apart, and is the SEQUENCE of its calendar event.
    place
        A link or a room, for everybody in the session; "" for none yet.
    seats
        How many mentees may take part.
    answer_by
        When an open request expires; None where it does not.
    closes_at
        When a chat consult ends.
    passed_on_from
        The request that another mentor left unanswered, and that this one goes on from.
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
    revision: int = 0
    place: str = ""
    seats: int = 1
    answer_by: datetime | None = None
    closes_at: datetime | None = None
    next_step_due: date | None = None
    passed_on_from: str | None = None

    def __post_init__(self) -> None:
        check_minutes(self.minutes)
        fewest = 0 if self.format is Format.GROUP else 1
        if not fewest <= len(self.mentee_ids) <= MAX_GROUP_SEATS:
            raise InvalidInput("mentee_ids", f"hold {fewest} to {MAX_GROUP_SEATS} people", len(self.mentee_ids))
        if not 1 <= self.seats <= MAX_GROUP_SEATS:
            raise InvalidInput("seats", f"be 1 to {MAX_GROUP_SEATS}", self.seats)

    @property
    def ends_at(self) -> datetime | None:
        return self.starts_at + timedelta(minutes=self.minutes) if self.starts_at else None

    @property
    def everybody(self) -> tuple[str, ...]:
        """The mentor, then the mentees."""
        return (self.mentor_id, *self.mentee_ids)

    @property
    def was_held(self) -> bool:
        return self.status in WAS_HELD

    @property
    def free_seats(self) -> int:
        return max(0, self.seats - len(self.mentee_ids))


def check_minutes(minutes: int) -> None:
    """Raise InvalidInput unless a session may last `minutes`."""
    if minutes not in ALLOWED_MINUTES:
        raise InvalidInput("minutes", "be 15, 20, 25 or 30", minutes)


def check_seats(seats: int) -> None:
    """Raise InvalidInput unless a group may have so many seats."""
    if not MIN_GROUP_SEATS <= seats <= MAX_GROUP_SEATS:
        raise InvalidInput("seats", f"be {MIN_GROUP_SEATS} to {MAX_GROUP_SEATS}", seats)
