"""The rules of booking that HR set: kept as a programme setting."""

from dataclasses import asdict
from datetime import time
from typing import Any

from domain.booking import BookingPolicy
from store import Store

BOOKING = "booking"


def booking_policy(store: Store) -> BookingPolicy:
    """Return the rules in force."""
    kept: dict[str, Any] = {**store.get_setting(BOOKING, {})}
    if not kept:
        return BookingPolicy()
    kept["reminder_hours"] = tuple(kept["reminder_hours"])
    kept |= {name: time.fromisoformat(kept[name]) for name in ("quiet_from", "quiet_until")}
    return BookingPolicy(**kept)


def keep_booking_policy(store: Store, policy: BookingPolicy) -> None:
    """Let these rules count from now on."""
    kept = asdict(policy) | {"reminder_hours": list(policy.reminder_hours)}
    kept |= {name: kept[name].isoformat("minutes") for name in ("quiet_from", "quiet_until")}
    store.put_setting(BOOKING, kept)
