"""What speaks for a mentor of a topic: named features of 0..1, one array over the candidates each.

| feature | 0 | 1 | read from |
|---|---|---|---|
| topic_fit | nothing said or done like the need | all of it says the same | biography sentences near the topic, needs of sessions held on the topic or near it, halved with every 180 days: 3/4 the best, 1/4 the mean of the best three |
| skill | none of the topic's skills held at level 3 or 4 | teaches all of them | `HeldSkill` of the mentor, `Topic.skill_ids` |
| experience | no session held on this topic | very many, lately | sessions held, halved with every 180 days |
| rating | 1 | 5 | smoothed mean of the raters, the prior below five of them |
| topic_rating | 1 | 5 | the same over sessions on this topic, the rating above below five raters (`topic_outcomes`) |
| growth | no level gained | two levels gained | levels named after sessions on this topic less those before, smoothed, the prior below five people |
| availability | no free time in two weeks | now | first free slot, searched only for the best |
| capacity_week | no minutes left this week | all of them | sessions that take capacity |
| capacity_month | no minutes left in four weeks from this Monday | all of them | the same |
| load | far more asked for than others | nothing in 28 days | minutes asked for, booked and held, for the capacity: 1/2 at the mean of all mentors |
| reply | answers never | answers at once | hours from a request to the answer, smoothed: 1/2 at a day |
| language | another language than the page's | speaks it | `Person.languages` |
| zone | no hour of the working days in common | the same hours | zones of both |
| format | none of the topic's formats, or not the one asked for | all of them | `MentorOffer.formats` |
"""  # noqa: E501 - a table

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from domain.people import MAX_LEVEL, Format
from recommender.diaries import Diary, search_between
from recommender.mentor_fit import TopicFits, faded_since, topic_fits
from recommender.mentor_pool import FORMATS, MOST_WEEKS, MentorPool, language_bits, minutes_left, months_left
from recommender.mentor_sessions import LOAD_DAYS
from recommender.mentor_times import fitting_minutes
from recommender.ratings import NEUTRAL_LIFT, PRIOR_RATERS
from recommender.requests import MentorRequest
from recommender.scoring import Features
from recommender.slots import DAY_ENDS, DAY_STARTS, HORIZON, next_free_slot
from recommender.weeks import monday_of, zone_of

EXPERIENCE_HALF = 3  # so many sessions on the topic, held just now, give half of the feature
SKILLED_LEVEL = 3  # of 4: confident
REPLY_HALF_HOURS = 24
MOST_LIFT = 2  # levels
_SECOND_LANGUAGE = 0.5
WORKDAY_HOURS = DAY_ENDS.hour - DAY_STARTS.hour
_DAY_HOURS = 24
_WEEK, _MINUTE = timedelta(weeks=1), timedelta(minutes=1)
_WEEK_MINUTES = 7 * 24 * 60
_CLOCK_CHANGE_MINUTES = 60  # by so much a turned clock may bring hours nearer


def mentor_features(
    request: MentorRequest,
    pool: MentorPool,
    rows: np.ndarray,
    fits: TopicFits | None = None,
) -> Features:
    """Return every feature by name, each of shape (len(rows),); `availability` stands at its upper bound.

    Parameters
    ----------
    rows
        Ascending.
    fits
        What `topic_fits` gave for the same; None works it out here.
    """
    left = minutes_left(pool, rows, request.now, MOST_WEEKS)
    capacity = np.maximum(pool.capacity[rows], 1)
    rating = pool.ratings.smoothed[rows]
    return {
        "topic_fit": (fits or topic_fits(request, pool, rows)).fit,
        "skill": skill_share(pool, request.topic.skill_ids, rows),
        "experience": _experience(request, pool, rows),
        "rating": (rating - 1) / 4,
        "topic_rating": (_topic_rating(request, pool, rows, rating) - 1) / 4,
        "growth": _growth(request, pool, rows),
        "availability": soonest_possible(request, pool, rows),
        "capacity_week": left[:, 0] / capacity,
        "capacity_month": left.sum(axis=1) / (capacity * MOST_WEEKS),
        "load": spare(pool, request.now)[rows],
        "reply": REPLY_HALF_HOURS / (REPLY_HALF_HOURS + pool.replies.hours[rows]),
        "language": np.where(pool.speaks[rows] & language_bits([request.language]), 1.0, _SECOND_LANGUAGE),
        "zone": _zone(request, pool)[pool.zone_codes[rows]],
        "format": format_share(request, pool, rows),
    }


def availability(slot: datetime | None, request: MentorRequest) -> float:
    """Return 1 for now, down to 0 at the horizon or for no free slot; a chat consult needs no common time: 1."""
    if request.format is Format.CHAT:
        return 1.0
    return max(0.0, 1 - (slot - request.now) / HORIZON) if slot else 0.0


def soonest_possible(request: MentorRequest, pool: MentorPool, rows: np.ndarray) -> np.ndarray:
    """Return the highest that `availability` can be, by weekly hours and notice: no calendar is searched for it."""
    if request.format is Format.CHAT:
        return np.ones(len(rows))
    notices, zones = pool.times.notice_codes[rows], pool.zone_codes[rows]
    clocks = pool.at_a_time.get(("clocks", request.now), lambda: _clocks_after_notice(request.now, pool))
    at, starts, ends = clocks[notices, zones][:, None], pool.hours[rows, :, 0], pool.hours[rows, :, 1]
    waits = np.where((starts <= at) & (at < ends), 0, (starts - at) % _WEEK_MINUTES)
    soonest = np.where(starts < 0, np.inf, waits).min(axis=1, initial=np.inf)
    soonest[pool.times.has_own_days[rows]] = 0
    notice_minutes = np.array([notice / _MINUTE for notice in pool.times.notices])[notices]
    minutes = np.maximum(soonest - _CLOCK_CHANGE_MINUTES, 0) + notice_minutes
    return np.asarray(np.clip(1 - minutes / (HORIZON / _MINUTE), 0.0, 1.0))


def _clocks_after_notice(now: datetime, pool: MentorPool) -> np.ndarray:
    """Return the minute of the week when each notice is over, on the clock of each zone: (notices, zones)."""
    ends = [now + notice for notice in pool.times.notices]
    clocks = [[_minute_of_week(end.astimezone(zone)) for zone in pool.zones] for end in ends]
    return np.array(clocks, dtype=np.int64).reshape(len(ends), len(pool.zones))


def first_slot(request: MentorRequest, pool: MentorPool, row: int) -> datetime | None:
    """Return the mentor's first free slot for the mentee in UTC; None for a chat consult.

    It has the length that is asked for, or what this mentor offers instead.
    """
    if request.format is Format.CHAT:
        return None
    offer, mentor = pool.offers[row], _mentor_diary(pool, row)
    minutes = fitting_minutes(mentor.timetable.availability, request.minutes)
    search = search_between(
        offer,
        mentor,
        [_mentee_diary(request, pool)],
        request.now,
        minutes,
        full_weeks=_full_weeks(request, pool, row, minutes),
        full_months=_full_months(request, pool, row, minutes),
    )
    return next_free_slot(search)


def _mentor_diary(pool: MentorPool, row: int) -> Diary:
    mentor = pool.people[row]
    sessions, mentored = pool.busy.get(mentor.id, ()), pool.mentored.get(mentor.id, ())
    return Diary(mentor.zone, pool.times.of(mentor.id), sessions, mentored)


def _mentee_diary(request: MentorRequest, pool: MentorPool) -> Diary:
    if request.mentee is None:
        return Diary(request.zone)
    return Diary(request.mentee.zone, pool.times.of(request.mentee.id), pool.busy.get(request.mentee.id, ()))


def shared_hours(first: ZoneInfo, second: ZoneInfo, now: datetime) -> float:
    """Return how many hours the days from 08:00 to 19:00 in two zones have in common, 0 to 11."""
    offsets = [now.astimezone(zone).utcoffset() or timedelta() for zone in (first, second)]
    apart = abs(offsets[0] - offsets[1]) / timedelta(hours=1)
    return max(0.0, WORKDAY_HOURS - min(apart, _DAY_HOURS - apart))


def skill_share(pool: MentorPool, skill_ids: Sequence[str], rows: np.ndarray) -> np.ndarray:
    """Return the mean over the skills of level / 4, where a level below 3 counts as none."""
    total = np.zeros(len(rows))
    for levels in (pool.skills[skill_id][rows] for skill_id in skill_ids if skill_id in pool.skills):
        total += np.where(levels >= SKILLED_LEVEL, levels, 0)
    return np.asarray(total / (MAX_LEVEL * max(len(skill_ids), 1)))


def spare(pool: MentorPool, now: datetime) -> np.ndarray:
    """Return mean / (mean + own) by mentor: how little is asked of each, for what each gives, beside all mentors.

    Own is the minutes asked for, booked and held since 28 days ago, what lies ahead included, divided by the minutes
    offered in four weeks; the mean is over those who give any. Where nothing is asked of anybody all have 1.
    """
    return pool.at_a_time.get(("spare", now), lambda: _spare(pool, now))


def _spare(pool: MentorPool, now: datetime) -> np.ndarray:
    minutes = pool.workload.since(now - timedelta(days=LOAD_DAYS), len(pool.offers))
    own = minutes / np.maximum(pool.capacity * (LOAD_DAYS // 7), 1)
    gives = pool.is_active & (pool.capacity > 0)
    mean = float(own[gives].mean()) if gives.any() else 0.0
    return np.asarray(mean / (mean + own)) if mean else np.ones(len(own))


def format_share(request: MentorRequest, pool: MentorPool, rows: np.ndarray) -> np.ndarray:
    """Return the share of the wanted formats that each offers: of the one asked for, else of all of the topic's."""
    wanted = [request.format] if request.format else sorted(request.topic.formats)
    offered = [(pool.formats[rows] >> FORMATS.index(format_)) & 1 for format_ in wanted]
    return np.asarray(np.sum(offered, axis=0) / max(len(wanted), 1)) if wanted else np.zeros(len(rows))


def _minute_of_week(at: datetime) -> int:
    return at.weekday() * _DAY_HOURS * 60 + at.hour * 60 + at.minute


def _experience(request: MentorRequest, pool: MentorPool, rows: np.ndarray) -> np.ndarray:
    """Return n / (n + 3) for n sessions held on the topic, older ones counting less: the first ones say most."""
    if request.topic.id not in pool.held_at:
        return np.zeros(len(rows))
    held_by, seconds = pool.held_at[request.topic.id]
    counts = np.bincount(held_by, weights=faded_since(seconds, request.now), minlength=len(pool.offers))[rows]
    return np.asarray(counts / (counts + EXPERIENCE_HALF))


def _topic_rating(request: MentorRequest, pool: MentorPool, rows: np.ndarray, prior: np.ndarray) -> np.ndarray:
    """Return the rating of sessions on the topic, smoothed towards the mentor's rating overall."""
    outcomes = pool.outcomes.get(request.topic.id, {})
    found = {row: (outcome.rating, outcome.raters) for row, outcome in outcomes.items()}
    return _smoothed(found, rows, prior)


def _growth(request: MentorRequest, pool: MentorPool, rows: np.ndarray) -> np.ndarray:
    """Return the levels gained by sessions on the topic, smoothed towards `NEUTRAL_LIFT`, divided by two."""
    outcomes = pool.outcomes.get(request.topic.id, {})
    found = {row: (one.lift, one.lifted) for row, one in outcomes.items() if one.lift is not None}
    lifts = _smoothed(found, rows, np.full(len(rows), NEUTRAL_LIFT))
    return np.clip(lifts / MOST_LIFT, 0.0, 1.0)


def _smoothed(found: Mapping[int, tuple[float, int]], rows: np.ndarray, prior: np.ndarray) -> np.ndarray:
    """Return (P prior + n mean) / (P + n) for the (mean, n) that are found by row, the prior for others."""
    values = np.array(prior, dtype=np.float64)
    for place, row in enumerate(rows.tolist() if found else ()):
        if row in found:
            mean, count = found[row]
            values[place] = (PRIOR_RATERS * values[place] + count * mean) / (PRIOR_RATERS + count)
    return values


def _zone(request: MentorRequest, pool: MentorPool) -> np.ndarray:
    """Return the share of the working day in common, by zone code of the pool."""
    return pool.at_a_time.get(("zone", request.mentee_zone, request.now), lambda: _shared_shares(request, pool))


def _shared_shares(request: MentorRequest, pool: MentorPool) -> np.ndarray:
    mentee_zone = zone_of(request.mentee_zone)
    return np.array([shared_hours(mentee_zone, zone, request.now) / WORKDAY_HOURS for zone in pool.zones])


def _full_weeks(request: MentorRequest, pool: MentorPool, row: int, minutes: int) -> frozenset[date]:
    left = minutes_left(pool, np.array([row]), request.now, MOST_WEEKS)[0]
    monday = monday_of(request.now, zone_of(pool.people[row].zone))
    return frozenset(monday + week * _WEEK for week, still in enumerate(left.tolist()) if still < minutes)


def _full_months(request: MentorRequest, pool: MentorPool, row: int, minutes: int) -> frozenset[date]:
    left = months_left(pool, row, request.now, request.now + HORIZON)
    return frozenset(first_day for first_day, still in left.items() if still < minutes)
