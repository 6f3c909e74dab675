"""Times between moments, UTC: read from providers' answers, ordered, and cut out of each other."""

from collections.abc import Iterable
from datetime import UTC, datetime

from integrations.calendar import Interval


def moment_of(text: str) -> datetime:
    """Return a moment written as in RFC 3339; without an offset it is UTC.

    Raises
    ------
    ValueError, TypeError
        If it is none.
    """
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def without(taken: Iterable[Interval], own: Iterable[Interval]) -> list[Interval]:
    """Return what is left of `taken` once every interval of `own` is cut out, in order.

    >>> hours = [datetime(2026, 11, 26, hour, tzinfo=UTC) for hour in range(12)]
    >>> [(a.hour, b.hour) for a, b in without([(hours[8], hours[11])], [(hours[9], hours[10])])]
    [(8, 9), (10, 11)]
    """
    left = sorted(interval for interval in taken if interval[0] < interval[1])
    for start, end in own:
        left = [piece for each in left for piece in _cut(each, start, end)]
    return left


def _cut(interval: Interval, start: datetime, end: datetime) -> list[Interval]:
    first, last = interval
    pieces = [(first, min(last, start)), (max(first, end), last)]
    return [interval] if end <= first or start >= last else [piece for piece in pieces if piece[0] < piece[1]]
