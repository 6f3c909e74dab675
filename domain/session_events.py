"""What happened to a session, one entry per transition."""

from dataclasses import dataclass
from datetime import datetime

from domain.transitions import Action


@dataclass(frozen=True, slots=True)
class SessionEvent:
    """One transition.

    Parameters
    ----------
    number
        The session's revision after it.
    by_person
        Who did it; None for Halfhour itself.
    counts_for
        Whom it counts for: who cancelled late, who did not come; None for nobody.
    """

    session_id: str
    number: int
    action: Action
    by_person: str | None
    at: datetime
    counts_for: str | None = None
