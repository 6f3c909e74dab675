"""How many mentors could really talk about each topic soon, rather than merely offer it."""

from collections.abc import Sequence
from datetime import datetime

import numpy as np

from domain.blocks import NO_BLOCKS, Blocks
from domain.language import Language
from domain.people import Person
from domain.programme import NO_RULES, ProgrammeRules
from domain.sessions import ALLOWED_MINUTES
from domain.topics import Topic
from recommender.eligibility import PERSON_RULES, Seeker, seeker_of, without_blockers
from recommender.mentor_pool import MentorPool, format_bits, minutes_left

_WEEKS = 2  # the calendar weeks that the next seven days touch


def count_free_soon(
    pool: MentorPool,
    topics: Sequence[Topic],
    person: Person | None,
    now: datetime,
    language: Language,
    blocks: Blocks = NO_BLOCKS,
    programme: ProgrammeRules = NO_RULES,
) -> dict[str, int]:
    """Return by topic id how many mentors this person may choose from have minutes left within the next seven days.

    Minutes left in this week and the next stand for free times: searching ten thousand calendars would cost more than
    all else together.
    """
    seeker = seeker_of(person, language, now, min(ALLOWED_MINUTES), blocks, programme)
    may = _may_soon(pool, seeker, blocks)
    nobody = np.empty(0, dtype=np.int64)
    offering = [pool.offered.get(topic.id, nobody) for topic in topics]
    rows = np.concatenate([nobody, *offering])
    places = np.repeat(np.arange(len(topics)), [len(found) for found in offering])
    wanted = np.array([format_bits(topic.formats) for topic in topics], dtype=np.int64)
    counts = may[rows] & ((pool.formats[rows] & wanted[places]) != 0)
    totals = np.bincount(places, weights=counts, minlength=len(topics)).astype(np.int64).tolist()
    return {topic.id: total for topic, total in zip(topics, totals, strict=True)}


def _may_soon(pool: MentorPool, seeker: Seeker, blocks: Blocks) -> np.ndarray:
    everyone = np.arange(len(pool.offers))
    removed = np.any([removes(pool, everyone, seeker) for _, removes in PERSON_RULES], axis=0)
    unseen = np.isin(everyone, without_blockers(pool, everyone, blocks), invert=True)
    has_minutes = minutes_left(pool, everyone, seeker.now, _WEEKS).max(axis=1, initial=0) >= seeker.minutes
    has_hours = np.array([bool(offer.weekly_hours) for offer in pool.offers], dtype=bool)
    return np.asarray(~removed & ~unseen & has_minutes & (has_hours | pool.times.has_own_days))
