"""What speaks for a mentor of a topic: named features of 0..1, one array over the candidates each.

| feature | 0 | 1 | read from |
|---|---|---|---|
| topic_fit | nothing said or done like the need | says the same | biography sentences, needs of sessions held |
| experience | no session held on this topic | very many | sessions held |
| rating | 1 | 5 | smoothed mean of the raters, the prior below five of them |
| availability | no free time in two weeks | now | first free slot, searched only for the best |
| capacity | no minutes left this week and next | all of them | sessions that take capacity |
| language | another language than the page's | speaks it | `Person.languages` |
| zone | no hour of the working days in common | the same hours | zones of both |
"""

from collections import Counter
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from domain.people import Format
from recommender.eligibility import WEEKS_AHEAD
from recommender.mentor_pool import MentorPool, language_bits, minutes_left
from recommender.requests import MentorRequest
from recommender.scoring import Features
from recommender.slots import DAY_ENDS, DAY_STARTS, HORIZON, SlotSearch, next_free_slot
from recommender.topic_features import weighted_similarity
from recommender.weeks import monday_of, zone_of

EXPERIENCE_HALF = 3  # so many sessions on the topic give half of the feature
CAPACITY_WEEKS = 2
_SECOND_LANGUAGE = 0.5
WORKDAY_HOURS = DAY_ENDS.hour - DAY_STARTS.hour
_DAY_HOURS = 24
_WEEK = timedelta(weeks=1)


def mentor_features(request: MentorRequest, pool: MentorPool, rows: np.ndarray) -> Features:
    """Return every feature by name, each of shape (len(rows),); `availability` stands at its upper bound of 1."""
    return {
        "topic_fit": _topic_fit(request, pool)[rows],
        "experience": _experience(pool.held.get(request.topic.id, Counter()), rows),
        "rating": (pool.ratings.smoothed[rows] - 1) / 4,
        "availability": np.ones(len(rows)),
        "capacity": _capacity(request, pool, rows),
        "language": np.where(pool.speaks[rows] & language_bits([request.language]), 1.0, _SECOND_LANGUAGE),
        "zone": _zone(request, pool)[pool.zone_codes[rows]],
    }


def availability(slot: datetime | None, request: MentorRequest) -> float:
    """Return 1 for now, down to 0 at the horizon or for no free slot; a chat consult needs no common time: 1."""
    if request.format is Format.CHAT:
        return 1.0
    return max(0.0, 1 - (slot - request.now) / HORIZON) if slot else 0.0


def first_slot(request: MentorRequest, pool: MentorPool, row: int) -> datetime | None:
    """Return the mentor's first free slot for the mentee in UTC; None for a chat consult."""
    if request.format is Format.CHAT:
        return None
    mentor = pool.people[row]
    mentee_busy = pool.busy.get(request.mentee.id, ()) if request.mentee else ()
    search = SlotSearch(
        hours=pool.offers[row].weekly_hours,
        mentor_zone=mentor.zone,
        mentee_zone=request.mentee_zone,
        now=request.now,
        minutes=request.minutes,
        busy=(*pool.busy.get(mentor.id, ()), *mentee_busy),
        full_weeks=_full_weeks(request, pool, row),
    )
    return next_free_slot(search)


def shared_hours(first: ZoneInfo, second: ZoneInfo, now: datetime) -> float:
    """Return how many hours the days from 08:00 to 19:00 in two zones have in common, 0 to 11."""
    offsets = [now.astimezone(zone).utcoffset() or timedelta() for zone in (first, second)]
    apart = abs(offsets[0] - offsets[1]) / timedelta(hours=1)
    return max(0.0, WORKDAY_HOURS - min(apart, _DAY_HOURS - apart))


def _topic_fit(request: MentorRequest, pool: MentorPool) -> np.ndarray:
    fits = [np.zeros(len(pool.offers))]
    for need in request.needs:
        fits += [weighted_similarity(need, pool.own_words), weighted_similarity(need, pool.past_needs)]
    return np.asarray(np.max(fits, axis=0))


def _experience(held: Counter[int], rows: np.ndarray) -> np.ndarray:
    """Return n / (n + 3) for n sessions held on the topic: the first ones say most."""
    counts = np.array([held[row] for row in rows.tolist()], dtype=np.float64)
    return np.asarray(counts / (counts + EXPERIENCE_HALF))


def _capacity(request: MentorRequest, pool: MentorPool, rows: np.ndarray) -> np.ndarray:
    left = minutes_left(pool, rows, request.now, CAPACITY_WEEKS).sum(axis=1)
    return np.asarray(left / np.maximum(pool.capacity[rows] * CAPACITY_WEEKS, 1))


def _zone(request: MentorRequest, pool: MentorPool) -> np.ndarray:
    """Return the share of the working day in common, by zone code of the pool."""
    mentee_zone = zone_of(request.mentee_zone)
    return np.array([shared_hours(mentee_zone, zone, request.now) / WORKDAY_HOURS for zone in pool.zones])


def _full_weeks(request: MentorRequest, pool: MentorPool, row: int) -> frozenset[date]:
    left = minutes_left(pool, np.array([row]), request.now, WEEKS_AHEAD)[0]
    monday = monday_of(request.now, zone_of(pool.people[row].zone))
    return frozenset(monday + week * _WEEK for week, minutes in enumerate(left) if minutes < request.minutes)
