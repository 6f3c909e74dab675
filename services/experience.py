"""What the company's past says about topics, for all alike: what helped whom, how often each was suggested."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from recommender import HelpedTopics, build_helped_topics
from store import Store

RENEWED_AFTER = timedelta(hours=1)  # sums over everybody change slowly, and reading every session takes long


@dataclass(frozen=True, slots=True, eq=False)
class Experience:
    """`helped` over all sessions; `shown` by topic id, in how many kept suggestions it stood."""

    helped: HelpedTopics
    shown: Mapping[str, int]


class Experiences:
    """The experience as it was read last, at most an hour ago; safe for several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._read_at: datetime | None = None
        self._experience: Experience | None = None

    def at(self, store: Store, now: datetime) -> Experience:
        """Return the experience; while one thread renews it the others go on with the one before."""
        before = self._experience
        if before and self._is_fresh(now):
            return before
        if not self._lock.acquire(blocking=before is None) and before:
            return before
        try:
            if self._experience is None or self._experience is before:  # else somebody was faster
                self._experience, self._read_at = read_experience(store), now
            return self._experience
        finally:
            self._lock.release()

    def _is_fresh(self, now: datetime) -> bool:
        return self._read_at is not None and abs(now - self._read_at) < RENEWED_AFTER


def read_experience(store: Store) -> Experience:
    """Return the experience as it is now."""
    helped = build_helped_topics(store.sessions.list(), store.feedback.list())
    return Experience(helped, store.suggestions.times_shown())
