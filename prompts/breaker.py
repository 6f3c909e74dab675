"""A circuit breaker: a model that is down is asked again only after a while, so that nobody waits for it in vain."""

from collections.abc import Callable
from threading import Lock

FAILURES_TO_OPEN = 5
OPEN_SECONDS = 60.0


class Breaker:
    """Opens after `FAILURES_TO_OPEN` outages in a row; after `OPEN_SECONDS` one call may try. Safe for many threads.

    Parameters
    ----------
    clock
        Monotonic seconds.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._lock = Lock()
        self._failures = 0
        self._opened_at: float | None = None

    def lets_through(self) -> bool:
        """Whether a call may be made now; of many that ask once the time is over, one may."""
        with self._lock:
            if self._opened_at is None:
                return True
            if self._clock() - self._opened_at < OPEN_SECONDS:
                return False
            self._opened_at = self._clock()  # the others wait for what becomes of this one
            return True

    def note_success(self) -> None:
        """The model has answered: the circuit closes."""
        with self._lock:
            self._failures, self._opened_at = 0, None

    def note_outage(self) -> None:
        """The model was out of reach or broken once more."""
        with self._lock:
            self._failures += 1
            if self._failures >= FAILURES_TO_OPEN:
                self._opened_at = self._clock()
