"""When the clocks of the world change in 2026 and 2027, found by asking every zone: nothing is listed by hand."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

FIRST, LAST = datetime(2026, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC)
FEWEST_ZONES = 150  # fewer would mean that the zones are not there
_STEP, _MINUTE = timedelta(days=5), timedelta(minutes=1)


@dataclass(frozen=True)
class ClockChange:
    """The first moment in UTC after a change, and the offsets before and after it."""

    zone: str
    at: datetime
    before: timedelta
    after: timedelta

    @property
    def wall(self) -> datetime:
        """The time at which the clock jumps, as it would have shown it without the change."""
        return (self.at + self.before).replace(tzinfo=None)

    @property
    def jump(self) -> timedelta:
        """How far the clock jumps: forward in spring, less than nothing in autumn."""
        return self.after - self.before


@cache
def clock_changes() -> dict[str, tuple[ClockChange, ...]]:
    """Return the changes by zone, earliest first, of every zone that has any."""
    found = {name: tuple(_changes_of(ZoneInfo(name))) for name in sorted(available_timezones())}
    return {name: changes for name, changes in found.items() if changes}


def different_clocks() -> dict[str, tuple[ClockChange, ...]]:
    """Return one zone of each kind: many names stand for the same clock."""
    kinds = {tuple((change.at, change.before) for change in changes): name for name, changes in clock_changes().items()}
    return {name: clock_changes()[name] for name in sorted(kinds.values())}


def offset_of(at: datetime, zone: ZoneInfo) -> timedelta:
    """Return what the clock of the zone is ahead of UTC."""
    return at.astimezone(zone).utcoffset() or timedelta()


def _changes_of(zone: ZoneInfo) -> list[ClockChange]:
    changes, at = [], FIRST
    while at < LAST:
        following = at + _STEP
        if offset_of(at, zone) != offset_of(following, zone):
            changes.append(_change_between(at, following, zone))
        at = following
    return changes


def _change_between(before: datetime, after: datetime, zone: ZoneInfo) -> ClockChange:
    old = offset_of(before, zone)
    while after - before > _MINUTE:
        middle = before + (after - before) // 2 // _MINUTE * _MINUTE
        if offset_of(middle, zone) == old:
            before = middle
        else:
            after = middle
    return ClockChange(zone.key, after, old, offset_of(after, zone))
