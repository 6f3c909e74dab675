"""Whether a wanted time can be given: by the mentor's hours, and by the minutes that they have left."""

from datetime import datetime

from domain.errors import CapacityFull, InvalidInput
from domain.people import MentorOffer, Person
from domain.quanta import is_on_grid
from domain.sessions import LIVE, WAS_HELD
from recommender.weeks import monday_of, zone_of
from store import Store


def check_start(starts_at: datetime, now: datetime) -> None:
    """Raise InvalidInput unless the time is known to the minute, lies ahead and on full five minutes."""
    if starts_at.tzinfo is None:
        raise InvalidInput("starts_at", "name its zone", "a time without one", "Send it as 2026-03-05T13:20:00Z.")
    if not is_on_grid(starts_at):
        raise InvalidInput("starts_at", "lie on full five minutes", starts_at, "Choose one of the free times.")
    if starts_at <= now:
        raise InvalidInput("starts_at", "lie ahead", starts_at, "Choose one of the free times.")


def check_capacity(
    store: Store, mentor: Person, offer: MentorOffer, at: datetime, minutes: int, besides: str = ""
) -> None:
    """Raise CapacityFull when the mentor has no such minutes left in the week of that time.

    Parameters
    ----------
    besides
        The session that is being changed: its own minutes do not count against it.
    """
    zone = zone_of(mentor.zone)
    week = monday_of(at, zone)
    taken = sum(
        session.minutes
        for session in store.sessions.of_mentor(mentor.id)
        if session.status in LIVE | WAS_HELD
        and session.id != besides
        and monday_of(session.starts_at or session.created_at, zone) == week
    )
    if taken + minutes > offer.capacity_minutes_per_week:
        raise CapacityFull("minutes of this mentor in that week", "Choose another week, or another mentor.")
