"""How many requests a mentee may make: so that mentors are not flooded, and nobody reserves what they do not use."""

from datetime import datetime, timedelta

from domain.booking import BookingPolicy
from domain.errors import LimitReached
from domain.transitions import Action
from store import Store

WEEK = timedelta(days=7)


def check_limits(store: Store, person_id: str, policy: BookingPolicy, now: datetime) -> None:
    """Raise LimitReached when the person waits for too many answers, or has asked too often these seven days."""
    if store.sessions.count_asked(person_id) >= policy.max_open_requests:
        action = "Wait for an answer, or take one of them back."
        raise LimitReached("requests without an answer at a time", policy.max_open_requests, 3600, action)
    since = now - WEEK
    if store.session_events.count_by(person_id, Action.REQUEST, since) >= policy.max_requests_per_week:
        first = store.session_events.first_by(person_id, Action.REQUEST, since) or now
        retry_seconds = max(1, int((first + WEEK - now).total_seconds()))
        action = "Ask again when the first of them is a week old."
        raise LimitReached("requests in seven days", policy.max_requests_per_week, retry_seconds, action)
