"""Hard rules: which candidates may not be suggested, and which rule says so.

The first rule that applies is named. Topics: RETIRED, ALREADY_BOOKED, DONE_LATELY, NO_MENTOR. Mentors: SELF,
OWN_MANAGER, OWN_REPORT, INACTIVE, PAUSED, NO_COMMON_LANGUAGE, NO_CAPACITY, NOT_OFFERED, NO_COMMON_FORMAT.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from domain.language import Language
from domain.people import Format, Person
from domain.sessions import ALLOWED_MINUTES, MentoringSession, SessionStatus
from domain.suggestions import Rule
from domain.topics import Topic, TopicStatus
from recommender.mentor_pool import MentorPool, format_bits, language_bits, minutes_left
from recommender.mentor_sessions import LIVE
from recommender.requests import MentorRequest, TopicRequest

REST = timedelta(days=30)  # how long a topic rests after it was talked about
WEEKS_AHEAD = 3  # the calendar weeks that the two weeks of the slot search can touch


def last_held(sessions: Sequence[MentoringSession]) -> dict[str, datetime]:
    """Return by topic id when it was last talked about; a session without a time counts by when it was asked for."""
    held: dict[str, datetime] = {}
    for session in sessions:
        if session.status is SessionStatus.HELD:
            at = session.starts_at or session.created_at
            held[session.topic_id] = max(at, held.get(session.topic_id, at))
    return held


def topic_rules(request: TopicRequest, topics: Sequence[Topic]) -> list[Rule | None]:
    """Return for each topic the first rule that removes it, None where it may be suggested."""
    arranged = {session.topic_id for session in request.sessions if session.status in LIVE}
    held = last_held(request.sessions)

    def rule_for(topic: Topic) -> Rule | None:
        if topic.status is TopicStatus.RETIRED:
            return Rule.RETIRED
        if topic.id in arranged:
            return Rule.ALREADY_BOOKED
        if topic.id in held and request.now - held[topic.id] < REST:
            return Rule.DONE_LATELY
        has_no_mentor = request.supply is not None and request.supply.get(topic.id, 0) == 0
        return Rule.NO_MENTOR if has_no_mentor else None

    return [rule_for(topic) for topic in topics]


@dataclass(frozen=True, slots=True)
class Seeker:
    """Who looks for a mentor. `languages` is the page's language alone where nobody in particular asks."""

    person_id: str | None
    manager_id: str | None
    languages: frozenset[Language]
    now: datetime
    minutes: int


def seeker_of(person: Person | None, language: Language, now: datetime, minutes: int) -> Seeker:
    """Return the person as one who looks for a mentor."""
    if person is None:
        return Seeker(None, None, frozenset({language}), now, minutes)
    return Seeker(person.id, person.manager_id, person.languages, now, minutes)


PersonRule = Callable[[MentorPool, np.ndarray, Seeker], np.ndarray]


def _is_self(pool: MentorPool, rows: np.ndarray, seeker: Seeker) -> np.ndarray:
    return _equals(pool.ids[rows], seeker.person_id)


def _is_own_manager(pool: MentorPool, rows: np.ndarray, seeker: Seeker) -> np.ndarray:
    return _equals(pool.ids[rows], seeker.manager_id)


def _is_own_report(pool: MentorPool, rows: np.ndarray, seeker: Seeker) -> np.ndarray:
    return _equals(pool.managers[rows], seeker.person_id)


def _is_inactive(pool: MentorPool, rows: np.ndarray, seeker: Seeker) -> np.ndarray:
    return np.asarray(~pool.is_active[rows])


def _is_paused(pool: MentorPool, rows: np.ndarray, seeker: Seeker) -> np.ndarray:
    return np.asarray(pool.paused_until[rows] > seeker.now.timestamp())


def _has_no_common_language(pool: MentorPool, rows: np.ndarray, seeker: Seeker) -> np.ndarray:
    return np.asarray((pool.speaks[rows] & language_bits(seeker.languages)) == 0)


def _has_no_capacity(pool: MentorPool, rows: np.ndarray, seeker: Seeker) -> np.ndarray:
    left = minutes_left(pool, rows, seeker.now, WEEKS_AHEAD)
    return np.asarray(left.max(axis=1, initial=0) < seeker.minutes)


PERSON_RULES: tuple[tuple[Rule, PersonRule], ...] = (
    (Rule.SELF, _is_self),
    (Rule.OWN_MANAGER, _is_own_manager),
    (Rule.OWN_REPORT, _is_own_report),
    (Rule.INACTIVE, _is_inactive),
    (Rule.PAUSED, _is_paused),
    (Rule.NO_COMMON_LANGUAGE, _has_no_common_language),
    (Rule.NO_CAPACITY, _has_no_capacity),
)


def mentor_rules(request: MentorRequest, pool: MentorPool, rows: np.ndarray) -> list[Rule | None]:
    """Return for each mentor row the first rule that removes it, None where the mentor may be suggested."""
    seeker = seeker_of(request.mentee, request.language, request.now, request.minutes)
    offered = pool.offered.get(request.topic.id, np.empty(0, dtype=np.int64))
    removed = [(rule, removes(pool, rows, seeker)) for rule, removes in PERSON_RULES]
    removed.append((Rule.NOT_OFFERED, ~np.isin(rows, offered)))
    removed.append((Rule.NO_COMMON_FORMAT, ~_has_format(pool, rows, request.topic, request.format)))
    return [next((rule for rule, mask in removed if mask[place]), None) for place in range(len(rows))]


def count_mentors(
    pool: MentorPool, topics: Sequence[Topic], person: Person | None, now: datetime, language: Language
) -> dict[str, int]:
    """Return by topic id how many mentors this person may choose from for the shortest session.

    Parameters
    ----------
    person
        None where nobody in particular asks: everyone who speaks `language` counts.
    """
    everyone = np.arange(len(pool.offers))
    seeker = seeker_of(person, language, now, min(ALLOWED_MINUTES))
    may = ~np.any([removes(pool, everyone, seeker) for _, removes in PERSON_RULES], axis=0)
    counts = {}
    for topic in topics:
        rows = pool.offered.get(topic.id, everyone[:0])
        counts[topic.id] = int((may[rows] & _has_format(pool, rows, topic, None)).sum())
    return counts


def _has_format(pool: MentorPool, rows: np.ndarray, topic: Topic, wanted: Format | None) -> np.ndarray:
    fitting = topic.formats & {wanted} if wanted else topic.formats
    return np.asarray((pool.formats[rows] & format_bits(fitting)) != 0)


def _equals(ids: np.ndarray, person_id: str | None) -> np.ndarray:
    """Say for each id whether it is the person's; nobody is None."""
    return np.full(len(ids), False) if person_id is None else np.asarray(ids == person_id, dtype=bool)
