"""What people say after a mentoring session."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.errors import InvalidInput
from domain.language import Language
from domain.people import MAX_LEVEL


class AgendaFit(StrEnum):
    """Whether the agenda was the right one, as the mentor says."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Feedback:
    """One person's word on one session: rating 1-5, what is still open, topic level 0-4 before and after.

    The levels are a mentee's to say, `agenda_fit` is the mentor's.
    """

    id: str
    session_id: str
    author_id: str
    rating: int
    still_open: str
    language: Language
    created_at: datetime
    level_before: int | None = None
    level_after: int | None = None
    agenda_fit: AgendaFit | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.rating <= 5:
            raise InvalidInput("rating", "be 1 to 5", self.rating)
        for level in (self.level_before, self.level_after):
            if level is not None and not 0 <= level <= MAX_LEVEL:
                raise InvalidInput("level", f"be 0 to {MAX_LEVEL}", level)
