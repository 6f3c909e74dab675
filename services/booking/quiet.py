"""Quiet hours on the clock of whoever reads: answers come at once, the rest waits unless it is about to matter."""

from datetime import datetime, timedelta

from domain.booking import BookingPolicy
from domain.notices import Notice
from recommender.weeks import zone_of

COMING_HOURS = timedelta(hours=3)
ANSWERS = frozenset({Notice.BOOKED, Notice.DECLINED, Notice.PICK_A_TIME, Notice.TIME_PROPOSED})


def send_at(notice: Notice, at: datetime, zone: str, policy: BookingPolicy, about: datetime | None) -> datetime:
    """Return when to send what is due at a moment: then, or at the end of the quiet hours that it falls into.

    Parameters
    ----------
    about
        The moment that the message is about, such as a start or the last chance to answer: one that comes soon after
        the quiet hours is told of at once. None where there is none.
    """
    later = after_quiet_hours(at, zone, policy)
    is_pressing = notice in ANSWERS or (about is not None and about - later < COMING_HOURS)
    return at if is_pressing else later


def after_quiet_hours(at: datetime, zone: str, policy: BookingPolicy) -> datetime:
    """Return the moment itself, or the end of the quiet hours that it falls into, UTC; equal ends mean none."""
    wall = at.astimezone(zone_of(zone))
    start, end = policy.quiet_from, policy.quiet_until
    clock = wall.time()
    if start == end or not (start <= clock < end if start < end else clock >= start or clock < end):
        return at
    day = wall.date() + timedelta(days=int(clock >= start > end))
    return datetime.combine(day, end, wall.tzinfo).astimezone(at.tzinfo)
