"""Times as rows of five minutes, so that a database can keep two sessions from meeting."""

from datetime import UTC, datetime, timedelta

QUANTUM = timedelta(minutes=5)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def quanta(starts_at: datetime, ends_at: datetime) -> range:
    """Return the numbers of the five-minute stretches since 1970 UTC that the time touches."""
    return range((starts_at - _EPOCH) // QUANTUM, -(-(ends_at - _EPOCH) // QUANTUM))


def is_on_grid(at: datetime) -> bool:
    """Say whether a time lies on full five minutes."""
    return not (at - _EPOCH) % QUANTUM
