"""Time zones by name."""

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
