"""What the sessions of all mentors add up to: experience, minutes given away, busy times, load, time to an answer."""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from domain.availability import Interval
from domain.people import Person
from domain.sessions import LIVE, WAS_HELD, MentoringSession
from recommender.weeks import monday_of, zone_of

TAKES_CAPACITY = LIVE | WAS_HELD

LOAD_DAYS = 28
REPLY_PRIOR = 3  # how many answers the median of all mentors stands for
NEUTRAL_REPLY_HOURS = 24.0  # where no mentor has answered anybody yet


@dataclass(frozen=True, slots=True, eq=False)
class Workload:
    """Sessions requested, booked and held, by time: mentor rows, POSIX seconds ascending, minutes."""

    rows: np.ndarray
    seconds: np.ndarray
    minutes: np.ndarray

    def since(self, start: datetime, count: int) -> np.ndarray:
        """Return the minutes of each of `count` mentors from then on, what lies ahead included."""
        first = int(np.searchsorted(self.seconds, start.timestamp()))
        return np.bincount(self.rows[first:], weights=self.minutes[first:], minlength=count)


@dataclass(frozen=True, slots=True, eq=False)
class Replies:
    """By mentor row: expected hours from a request to the answer, and how many answers stand behind it."""

    hours: np.ndarray
    answers: np.ndarray


def held_sessions(sessions: Sequence[MentoringSession], row_of: dict[str, int]) -> list[MentoringSession]:
    """Return the sessions that took place with one of these mentors."""
    return [s for s in sessions if s.was_held and s.mentor_id in row_of]


def held_by_topic(held: Sequence[MentoringSession], row_of: dict[str, int]) -> dict[str, Counter[int]]:
    """Return by topic id how many sessions each mentor row has held on it."""
    counts: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for session in held:
        counts[session.topic_id][row_of[session.mentor_id]] += 1
    return dict(counts)


def taken_minutes(
    sessions: Sequence[MentoringSession],
    mentors: Sequence[Person],
    row_of: dict[str, int],
    first_day_of: Callable[[datetime, ZoneInfo], date] = monday_of,
) -> dict[date, np.ndarray]:
    """Return by Monday the minutes of that week given away, shape (len(mentors),); by first day, for `month_of`.

    Weeks are those of the mentor's calendar; a session without a time counts in the week in which it was asked for.
    """
    taken: defaultdict[date, np.ndarray] = defaultdict(lambda: np.zeros(len(mentors), dtype=np.int64))
    for session in sessions:
        row = row_of.get(session.mentor_id)
        if row is not None and session.status in TAKES_CAPACITY:
            first_day = first_day_of(session.starts_at or session.created_at, zone_of(mentors[row].zone))
            taken[first_day][row] += session.minutes
    return dict(taken)


def busy_times(sessions: Sequence[MentoringSession]) -> dict[str, tuple[Interval, ...]]:
    """Return by person id, mentor or mentee, the times of sessions requested or booked, earliest first."""
    times: defaultdict[str, list[Interval]] = defaultdict(list)
    for session in sessions:
        if session.status in LIVE and session.starts_at and session.ends_at:
            for person_id in (session.mentor_id, *session.mentee_ids):
                times[person_id].append((session.starts_at, session.ends_at))
    return {person_id: tuple(sorted(intervals)) for person_id, intervals in times.items()}


def mentored_times(sessions: Sequence[MentoringSession]) -> dict[str, tuple[Interval, ...]]:
    """Return by mentor id the times of the sessions that they give, requested or booked."""
    times: defaultdict[str, list[Interval]] = defaultdict(list)
    for session in sessions:
        if session.status in LIVE and session.starts_at and session.ends_at:
            times[session.mentor_id].append((session.starts_at, session.ends_at))
    return {mentor_id: tuple(sorted(intervals)) for mentor_id, intervals in times.items()}


def held_at(held: Sequence[MentoringSession], row_of: dict[str, int]) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Return by topic id the mentor rows of the sessions held on it, and when, in POSIX seconds."""
    found: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    for session in held:
        found[session.topic_id].append((row_of[session.mentor_id], _when(session).timestamp()))
    return {
        topic_id: (np.array([row for row, _ in pairs], dtype=np.int64), np.array([at for _, at in pairs]))
        for topic_id, pairs in found.items()
    }


def workload(sessions: Sequence[MentoringSession], row_of: dict[str, int]) -> Workload:
    """Return what takes the time of these mentors; a session without a time counts when it was asked for."""
    taking = [s for s in sessions if s.status in TAKES_CAPACITY and s.mentor_id in row_of]
    taking.sort(key=_when)
    return Workload(
        rows=np.array([row_of[session.mentor_id] for session in taking], dtype=np.int64),
        seconds=np.array([_when(session).timestamp() for session in taking], dtype=np.float64),
        minutes=np.array([session.minutes for session in taking], dtype=np.float64),
    )


def replies(sessions: Sequence[MentoringSession], row_of: dict[str, int]) -> Replies:
    """Return how fast the mentors answer: (n own median + P median of all) / (n + P) for n answers, P = REPLY_PRIOR."""
    hours: list[list[float]] = [[] for _ in row_of]
    for session in sessions:
        if session.answered_at and session.mentor_id in row_of:
            waited = (session.answered_at - session.created_at) / timedelta(hours=1)
            hours[row_of[session.mentor_id]].append(max(waited, 0.0))
    answered = [waited for some in hours for waited in some]
    prior = float(np.median(answered)) if answered else NEUTRAL_REPLY_HOURS
    answers = np.array([len(some) for some in hours], dtype=np.int64)
    medians = np.array([np.median(some) if some else prior for some in hours], dtype=np.float64)
    return Replies((answers * medians + REPLY_PRIOR * prior) / (answers + REPLY_PRIOR), answers)


def _when(session: MentoringSession) -> datetime:
    return session.starts_at or session.created_at
