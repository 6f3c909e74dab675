"""What the sessions of all mentors add up to: experience by topic, minutes given away by week, busy times."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date

import numpy as np

from domain.people import Person
from domain.sessions import MentoringSession, SessionStatus
from recommender.slots import Interval
from recommender.weeks import monday_of, zone_of

LIVE = frozenset({SessionStatus.REQUESTED, SessionStatus.BOOKED})
TAKES_CAPACITY = LIVE | {SessionStatus.HELD}


def held_sessions(sessions: Sequence[MentoringSession], row_of: dict[str, int]) -> list[MentoringSession]:
    """Return the sessions that took place with one of these mentors."""
    return [s for s in sessions if s.status is SessionStatus.HELD and s.mentor_id in row_of]


def held_by_topic(held: Sequence[MentoringSession], row_of: dict[str, int]) -> dict[str, Counter[int]]:
    """Return by topic id how many sessions each mentor row has held on it."""
    counts: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for session in held:
        counts[session.topic_id][row_of[session.mentor_id]] += 1
    return dict(counts)


def taken_minutes(
    sessions: Sequence[MentoringSession], mentors: Sequence[Person], row_of: dict[str, int]
) -> dict[date, np.ndarray]:
    """Return by Monday the minutes of that week given away, shape (len(mentors),).

    Weeks are those of the mentor's calendar; a session without a time counts in the week in which it was asked for.
    """
    taken: defaultdict[date, np.ndarray] = defaultdict(lambda: np.zeros(len(mentors), dtype=np.int64))
    for session in sessions:
        row = row_of.get(session.mentor_id)
        if row is not None and session.status in TAKES_CAPACITY:
            monday = monday_of(session.starts_at or session.created_at, zone_of(mentors[row].zone))
            taken[monday][row] += session.minutes
    return dict(taken)


def busy_times(sessions: Sequence[MentoringSession]) -> dict[str, tuple[Interval, ...]]:
    """Return by person id, mentor or mentee, the times of sessions requested or booked, earliest first."""
    times: defaultdict[str, list[Interval]] = defaultdict(list)
    for session in sessions:
        if session.status in LIVE and session.starts_at and session.ends_at:
            for person_id in (session.mentor_id, *session.mentee_ids):
                times[person_id].append((session.starts_at, session.ends_at))
    return {person_id: tuple(sorted(intervals)) for person_id, intervals in times.items()}
