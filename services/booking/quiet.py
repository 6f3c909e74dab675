"""Quiet hours on the clock of whoever reads."""

from datetime import datetime, timedelta

from domain.booking import BookingPolicy
from recommender.weeks import zone_of


def after_quiet_hours(at: datetime, zone: str, policy: BookingPolicy) -> datetime:
    """Return the moment itself, or the end of the quiet hours that it falls into, UTC; equal ends mean none."""
    wall = at.astimezone(zone_of(zone))
    start, end = policy.quiet_from, policy.quiet_until
    clock = wall.time()
    if start == end or not (start <= clock < end if start < end else clock >= start or clock < end):
        return at
    day = wall.date() + timedelta(days=int(clock >= start > end))
    return datetime.combine(day, end, wall.tzinfo).astimezone(at.tzinfo)
