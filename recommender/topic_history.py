"""What a person's own sessions say about a topic: how long ago it was, and how far they have come."""

from collections.abc import Sequence
from datetime import datetime

import numpy as np

from domain.feedback import Feedback
from domain.people import MAX_LEVEL
from recommender.eligibility import last_held
from recommender.requests import TopicRequest

FRESH_DAYS = 180
NOT_BEGUN = 0.5  # neither a reason for nor against
CAPABLE = 3  # from this level on what is left open is detail


def freshness(request: TopicRequest, topic_ids: Sequence[str]) -> np.ndarray:
    """Return 0 for talked about today, up to 1 after half a year or for never, shape (len(topic_ids),)."""
    held = last_held(request.sessions)
    return np.array([_rested(held.get(topic_id), request.now) for topic_id in topic_ids], dtype=np.float64)


def progress(request: TopicRequest, topic_ids: Sequence[str]) -> np.ndarray:
    """Return how much is still to gain by the person's own last word on each topic, shape (len(topic_ids),).

    1 - level / 4 for the level after the last session, 1 where something is left open below level 3, and 1/2 for a
    topic without such a word.
    """
    words = last_words(request)
    return np.array([_to_gain(words.get(topic_id)) for topic_id in topic_ids], dtype=np.float64)


def last_words(request: TopicRequest) -> dict[str, Feedback]:
    """Return by topic id the person's latest feedback on it."""
    topic_of = {session.id: session.topic_id for session in request.sessions}
    ordered = sorted(request.own_feedback, key=lambda word: (word.created_at, word.id))
    return {topic_of[word.session_id]: word for word in ordered if word.session_id in topic_of}


def _rested(at: datetime | None, now: datetime) -> float:
    return 1.0 if at is None else min(max((now - at).days / FRESH_DAYS, 0.0), 1.0)


def _to_gain(word: Feedback | None) -> float:
    if word is None:
        return NOT_BEGUN
    if word.still_open.strip() and (word.level_after is None or word.level_after < CAPABLE):
        return 1.0
    return NOT_BEGUN if word.level_after is None else 1 - min(max(word.level_after, 0), MAX_LEVEL) / MAX_LEVEL
