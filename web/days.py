"""Times grouped by day, as a person's own calendar shows them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from domain.zones import zone_of

FIRST_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Day:
    """One day and its times; `later` are those that a page shows only when asked."""

    day: date
    first: list[datetime]
    later: list[datetime]


def days_of(times: Sequence[datetime], zone: str) -> list[Day]:
    """Return the times by day in the zone, in order; each day's first six apart from the others, spread over it."""
    here = zone_of(zone)
    found = []
    for day, group in groupby(times, lambda at: at.astimezone(here).date()):
        some = list(group)
        step = max(1, len(some) // FIRST_SHOWN)
        first = some[::step][:FIRST_SHOWN]
        found.append(Day(day, first, [at for at in some if at not in first]))
    return found
