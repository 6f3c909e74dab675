"""When a session may start, and what a time on a wall clock is in UTC: gaps are refused, doubled hours are a choice."""

from datetime import UTC, datetime, timedelta
from enum import StrEnum

from domain.errors import InvalidTime
from domain.quanta import QUANTUM, is_on_grid
from domain.zones import zone_of

FARTHEST_AHEAD = timedelta(days=365)
_SECOND = timedelta(seconds=1)
_A_DAY = timedelta(days=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Fold(StrEnum):
    """Which of the two is meant where an autumn clock shows a time twice."""

    EARLIER = "earlier"
    LATER = "later"


def start_of_wall(wall: datetime, zone_name: str, now: datetime, fold: Fold | None = None) -> datetime:
    """Return in UTC the start that the clock of a zone shows as `wall`.

    Raises
    ------
    InvalidInput
        If IANA does not know the zone.
    InvalidTime
        If `wall` carries a zone, the clock skips it, shows it twice without a choice, or no session may start then.
    """
    if wall.tzinfo is not None:
        raise InvalidTime("stand without an offset beside a zone", wall.isoformat(), "Give one of the two.")
    nearby = wall.replace(tzinfo=UTC)
    if not now - 2 * _A_DAY < nearby < now + FARTHEST_AHEAD + 2 * _A_DAY:  # also what no calendar can reckon with
        return check_start(nearby, now)
    return check_start(utc_of_wall(wall, zone_name, fold), now)


def check_start(at: datetime, now: datetime) -> datetime:
    """Return the moment in UTC; raise InvalidTime unless a session may start then, seen from `now`."""
    if at.tzinfo is None:
        raise InvalidTime("carry an offset from UTC", at.isoformat(), _next(first_start(now)), first_start(now))
    last = now + FARTHEST_AHEAD
    if at <= now:
        raise InvalidTime("lie in the future", at.isoformat(), _next(first_start(now)), first_start(now))
    if at > last:
        until = _on_grid_before(last)
        raise InvalidTime("lie within a year", at.isoformat(), f"The last valid time is {until.isoformat()}.", until)
    utc = at.astimezone(UTC)
    if not is_on_grid(utc):
        following = first_start(utc)
        raise InvalidTime("be a full five minutes", at.isoformat(), _next(following), following)
    return utc


def utc_of_wall(wall: datetime, zone_name: str, fold: Fold | None = None) -> datetime:
    """Return in UTC what the clock of a zone shows as `wall`; `fold` counts only where it shows that twice.

    Raises
    ------
    InvalidInput
        If IANA does not know the zone.
    InvalidTime
        If the clock skips the time, or shows it twice and `fold` is None.
    """
    zone = zone_of(zone_name)
    first, second = (wall.replace(tzinfo=zone, fold=number).astimezone(UTC) for number in (0, 1))
    if first == second:
        return first
    if first > second:
        following = first_start(_end_of_gap(wall, zone_name) - _SECOND)
        shown = following.astimezone(zone).isoformat()
        action = f"The clock of {zone_name} skips it; the next valid time is {shown}."
        raise InvalidTime("be on the clock", f"{wall:%Y-%m-%d %H:%M}", action, following)
    if fold is None:
        offsets = [moment.astimezone(zone).isoformat()[-6:] for moment in (first, second)]
        action = f"The clock of {zone_name} shows it twice: choose earlier ({offsets[0]}) or later ({offsets[1]})."
        raise InvalidTime("say which of two it is", f"{wall:%Y-%m-%d %H:%M}", action, first, (first, second))
    return first if fold is Fold.EARLIER else second


def first_moment(wall: datetime, zone_name: str) -> datetime:
    """Return in UTC when a clock first shows `wall`, or jumps over it: where a day or an absence begins."""
    try:
        return utc_of_wall(wall, zone_name, Fold.EARLIER)
    except InvalidTime:
        return _end_of_gap(wall, zone_name)


def first_start(after: datetime) -> datetime:
    """Return the first full five minutes in UTC after the moment."""
    return _on_grid_before(after) + QUANTUM


def _on_grid_before(at: datetime) -> datetime:
    return at.astimezone(UTC) - (at - _EPOCH) % QUANTUM


def _next(moment: datetime) -> str:
    return f"The next valid time is {moment.isoformat()}."


def _end_of_gap(wall: datetime, zone_name: str) -> datetime:
    """Return in UTC when the clock jumps over `wall`, to the second: halving the time between before and after."""
    zone = zone_of(zone_name)
    after, before = (wall.replace(tzinfo=zone, fold=number).astimezone(UTC) for number in (0, 1))
    offset = before.astimezone(zone).utcoffset()
    while after - before > _SECOND:
        middle = before + (after - before) // 2 // _SECOND * _SECOND
        if middle.astimezone(zone).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after
