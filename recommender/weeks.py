"""Weeks and zones as people live them."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from domain.errors import InvalidInput


def zone_of(name: str) -> ZoneInfo:
    """Return the zone; raise InvalidInput unless `name` is one that IANA knows."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise InvalidInput(
            "zone", "be an IANA name such as Europe/Berlin", name, "Correct the person's zone."
        ) from error


def monday_of(at: datetime, zone: ZoneInfo) -> date:
    """Return the Monday of the week that holds the moment, as a calendar on the wall of that zone shows it."""
    day = at.astimezone(zone).date()
    return day - timedelta(days=day.weekday())
