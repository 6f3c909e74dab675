"""Weeks and months as people live them."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from domain.zones import zone_of

__all__ = ["monday_of", "month_of", "zone_of"]


def monday_of(at: datetime, zone: ZoneInfo) -> date:
    """Return the Monday of the week that holds the moment, as a calendar on the wall of that zone shows it."""
    day = at.astimezone(zone).date()
    return day - timedelta(days=day.weekday())


def month_of(at: datetime, zone: ZoneInfo) -> date:
    """Return the first day of the month that holds the moment, by the same calendar."""
    return at.astimezone(zone).date().replace(day=1)
