"""What demo mentors give: topics of their biography, minutes a week, formats, hours; some pause or have no minutes."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta
from random import Random

from domain.people import Format, MentorOffer, WeeklyHours
from services.demo.staff import Member

CAPACITIES = (30, 30, 40, 45, 60, 60, 60, 60, 75, 90, 90, 120)
PAUSED_SHARE = 0.06
NO_CAPACITY_SHARE = 0.04
NEIGHBOURS = 5
_STARTS = (time(8), time(8, 30), time(9), time(10), time(11, 30), time(13), time(14), time(15, 30), time(16), time(17))
_LENGTHS = (60, 60, 90, 90, 120, 180)


def open_offers(members: list[Member], topic_ids: frozenset[str], now: datetime, rng: Random) -> list[MentorOffer]:
    """Return the offers of all mentors, ordered by mentor id; topics that are not in the catalog are left out."""
    mentors = [member for member in members if member.biography and member.biography.topic_ids & topic_ids]
    resting = rng.sample(mentors, round(len(mentors) * (PAUSED_SHARE + NO_CAPACITY_SHARE)))
    paused = {member.person.id for member in resting[: round(len(mentors) * PAUSED_SHARE)]}
    empty = {member.person.id for member in resting} - paused
    return [
        MentorOffer(
            mentor_id=member.person.id,
            topic_ids=member.biography.topic_ids & topic_ids,
            capacity_minutes_per_week=0 if member.person.id in empty else rng.choice(CAPACITIES),
            formats=_formats(rng),
            biography=member.biography.text,
            language=member.biography.language,
            weekly_hours=_weekly_hours(rng),
            paused_until=now + timedelta(days=rng.randint(9, 50)) if member.person.id in paused else None,
        )
        for member in mentors
        if member.biography
    ]


def offer_neighbours(offers: list[MentorOffer], related: Mapping[str, Collection[str]]) -> list[MentorOffer]:
    """Return the offers, each with up to five topics related to its own: whoever knows one often knows the next.

    The topics that the fewest mentors offer so far are taken first, ties by id.

    Parameters
    ----------
    related
        Ids of related topics by topic id.
    """
    counts = Counter(topic_id for offer in offers for topic_id in offer.topic_ids)
    widened = []
    for offer in offers:
        near = {other for topic_id in offer.topic_ids for other in related.get(topic_id, ())} - offer.topic_ids
        added = sorted(near, key=lambda topic_id: (counts[topic_id], topic_id))[:NEIGHBOURS]
        counts.update(added)
        widened.append(replace(offer, topic_ids=offer.topic_ids | frozenset(added)))
    return widened


def _formats(rng: Random) -> frozenset[Format]:
    formats = {Format.ONE_TO_ONE}
    if rng.random() < 0.6:
        formats.add(Format.CHAT)
    if rng.random() < 0.4:
        formats.add(Format.GROUP)
    if rng.random() < 0.05:
        formats = {Format.CHAT}
    return frozenset(formats)


def _weekly_hours(rng: Random) -> tuple[WeeklyHours, ...]:
    weekdays = sorted(rng.sample(range(5), rng.choice((1, 2, 2, 2, 3))))
    if rng.random() < 0.06:
        weekdays.append(5)
    return tuple(_stretch(weekday, rng) for weekday in weekdays)


def _stretch(weekday: int, rng: Random) -> WeeklyHours:
    start = rng.choice(_STARTS)
    end_minutes = start.hour * 60 + start.minute + rng.choice(_LENGTHS)
    return WeeklyHours(weekday, start, time(*divmod(end_minutes, 60)))
