"""What people say after a mentoring session."""

from dataclasses import dataclass
from datetime import datetime

from domain.errors import InvalidInput
from domain.language import Language


@dataclass(frozen=True, slots=True)
class Feedback:
    """One person's word on one session: rating 1-5, what is still open, topic level 0-4 before and after."""

    id: str
    session_id: str
    author_id: str
    rating: int
    still_open: str
    language: Language
    created_at: datetime
    level_before: int | None = None
    level_after: int | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.rating <= 5:
            raise InvalidInput("rating", "be 1 to 5", self.rating)
