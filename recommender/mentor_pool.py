"""All mentors as the recommender reads them, kept in memory; made by `build_mentor_pool`."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np

from domain.availability import Interval, Timetable
from domain.errors import InvalidInput
from domain.language import Language
from domain.people import Format, MentorOffer, Person
from recommender.evidence import EvidenceTexts
from recommender.mentor_sessions import Replies, Workload
from recommender.mentor_times import MentorTimes, build_mentor_times
from recommender.ratings import Outcomes, Ratings
from recommender.remembered import Remembered
from recommender.weeks import monday_of, month_of

MOST_WEEKS = 4  # how far ahead minutes are looked at
_MOMENTS_REMEMBERED = 32
LANGUAGES, FORMATS = tuple(Language), tuple(Format)


@dataclass(frozen=True, slots=True, eq=False)
class MentorPool:
    """Mentors in rows by id, with one array per fact that a rule or a feature reads. Make it with `build_mentor_pool`.

    Parameters
    ----------
    evidence
        By topic: sentences of biographies that may speak for it, of mentors who offer it, by row; then what mentees
        asked in sessions held on it or near it (never shown to others).
    places
        By topic id: where its sentences begin in `evidence`, where past needs do, where they end.
    asked_at
        When each past need was asked, in POSIX seconds; 0 for sentences.
    hours
        Weekly hours as first and last minute of the week on the mentor's clock, -1 for none: (n, most stretches, 2).
    reports
        By a manager's person id: rows of the mentors who report to them.
    skills
        By skill id: level 0-4 of each mentor, shape (n,).
    candidates, offered
        By topic id: rows of mentors who offer it or have held sessions on it; of those who offer it.
    held, held_at
        By topic id: sessions held on it by row; rows and POSIX seconds of those sessions.
    outcomes
        By topic id and row, how sessions on it went, where that may be told.
    taken_minutes
        By Monday on the mentor's calendar: minutes of that week already given away, shape (n,).
    taken_by_month
        The same by the first day of a month.
    busy
        By person id, mentor or mentee: times of sessions requested or booked.
    mentored
        Those of them that a mentor gives.
    times
        What people said about their time besides, and when their calendars say busy.
    speaks, formats
        One bit per language (LANGUAGES) and format (FORMATS).
    paused_until
        POSIX seconds, -inf where not paused.
    at_a_time
        What was worked out for all mentors at one moment: the rankings of one request share it.
    """

    people: tuple[Person, ...]
    offers: tuple[MentorOffer, ...]
    row_of: dict[str, int]
    evidence: EvidenceTexts
    places: dict[str, tuple[int, int, int]]
    asked_at: np.ndarray
    skills: dict[str, np.ndarray]
    ratings: Ratings
    outcomes: Outcomes
    replies: Replies
    workload: Workload
    candidates: dict[str, np.ndarray]
    offered: dict[str, np.ndarray]
    held: dict[str, Counter[int]]
    held_at: dict[str, tuple[np.ndarray, np.ndarray]]
    taken_minutes: dict[date, np.ndarray]
    taken_by_month: dict[date, np.ndarray]
    busy: dict[str, tuple[Interval, ...]]
    mentored: dict[str, tuple[Interval, ...]]
    times: MentorTimes
    ids: np.ndarray
    reports: dict[str, np.ndarray]
    is_active: np.ndarray
    paused_until: np.ndarray
    capacity: np.ndarray
    speaks: np.ndarray
    formats: np.ndarray
    hours: np.ndarray
    zones: tuple[ZoneInfo, ...]
    zone_codes: np.ndarray
    departments: tuple[str, ...]
    department_codes: np.ndarray
    at_a_time: Remembered[np.ndarray] = field(default_factory=lambda: Remembered(_MOMENTS_REMEMBERED), init=False)


def with_timetables(pool: MentorPool, timetables: Mapping[str, Timetable]) -> MentorPool:
    """Return the pool with other timetables by person id: cheap, so that a calendar may change every minute."""
    return replace(pool, times=build_mentor_times(pool.offers, timetables))


def language_bits(languages: Iterable[Language]) -> int:
    """Return one bit per language."""
    return sum(1 << LANGUAGES.index(language) for language in languages)


@lru_cache(maxsize=64)
def format_bits(formats: frozenset[Format]) -> int:
    """Return one bit per format."""
    return sum(1 << FORMATS.index(format_) for format_ in formats)


def minutes_left(pool: MentorPool, rows: np.ndarray, now: datetime, weeks: int) -> np.ndarray:
    """Return the minutes that mentors can still give in this week and up to three more, shape (len(rows), weeks)."""
    if not 1 <= weeks <= MOST_WEEKS:
        raise InvalidInput("weeks", f"be 1 to {MOST_WEEKS}", weeks)
    left = pool.at_a_time.get(("minutes_left", now), lambda: _minutes_left_of_all(pool, now))
    return np.asarray(left[rows, :weeks])


def _minutes_left_of_all(pool: MentorPool, now: datetime) -> np.ndarray:
    mondays = [monday_of(now, zone) for zone in pool.zones]
    left = np.repeat(pool.capacity[:, None], MOST_WEEKS, axis=1)
    for monday in set(mondays):
        here = np.array([own == monday for own in mondays])[pool.zone_codes]
        for week in range(MOST_WEEKS):
            taken = pool.taken_minutes.get(date.fromordinal(monday.toordinal() + 7 * week))
            if taken is not None:
                left[here, week] -= taken[here]
    return np.asarray(np.maximum(left, 0))


def months_left(pool: MentorPool, row: int, now: datetime, until: datetime) -> dict[date, float]:
    """Return by first day the minutes that a mentor can still give in the months of the two moments; none unlimited."""
    if np.isinf(pool.times.minutes_per_month[row]):
        return {}
    zone = pool.zones[pool.zone_codes[row]]
    none = np.zeros(len(pool.offers))
    return {
        first_day: float(pool.times.minutes_per_month[row] - pool.taken_by_month.get(first_day, none)[row])
        for first_day in (month_of(now, zone), month_of(until, zone))
    }
