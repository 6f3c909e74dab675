"""Whether a wanted time can be given: asked of the store before anything is kept, and of the mentor's minutes after."""

from datetime import datetime

from domain.errors import CapacityFull
from services.availability import minutes_left
from store import Store


def check_capacity(store: Store, mentor_id: str, at: datetime, minutes: int, *, moved_id: str | None = None) -> None:
    """Raise CapacityFull when the mentor has no such minutes left in the week or the month of that time.

    Parameters
    ----------
    moved_id
        The session that is being changed: its own minutes do not count against it.
    """
    left = minutes_left(store, mentor_id, at, moved_id=moved_id)
    if left.week < minutes:
        raise CapacityFull("minutes of this mentor in that week", "Choose another week, or another mentor.")
    if left.month is not None and left.month < minutes:
        raise CapacityFull("minutes of this mentor in that month", "Choose another month, or another mentor.")
