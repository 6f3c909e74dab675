"""Hard rules: which candidates may not be suggested, and which rule says so.

The first rule that applies is named. Topics: RETIRED, ALREADY_BOOKED, PASSED, DONE_LATELY, NO_MENTOR. Mentors: SELF,
OWN_MANAGER, OWN_REPORT, BLOCKED, CONFLICT_OF_INTEREST, INACTIVE, PAUSED, NO_COMMON_LANGUAGE, NO_CAPACITY, NOT_OFFERED,
NO_COMMON_FORMAT. Who has blocked the person who asks is no candidate at all: no rule names them.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from domain.blocks import NO_BLOCKS, Blocks
from domain.language import Language
from domain.people import Format, Person
from domain.programme import NO_RULES, ProgrammeRules
from domain.sessions import ALLOWED_MINUTES, LIVE, MentoringSession
from domain.suggestions import Rule
from domain.topics import Topic, TopicStatus
from recommender.mentor_pool import MentorPool, format_bits, language_bits, minutes_left, months_left
from recommender.requests import MentorRequest, TopicRequest
from recommender.slots import HORIZON

REST = timedelta(days=30)  # how long a topic rests after it was talked about
PASS_REST = timedelta(days=90)  # how long a topic stays away after the person said that it is not for them
WEEKS_AHEAD = 3  # the calendar weeks that the two weeks of the slot search can touch


def last_held(sessions: Sequence[MentoringSession]) -> dict[str, datetime]:
    """Return by topic id when it was last talked about; a session without a time counts by when it was asked for."""
    held: dict[str, datetime] = {}
    for session in sessions:
        if session.was_held:
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
        if topic.id in request.passed and request.now - request.passed[topic.id] < PASS_REST:
            return Rule.PASSED
        if topic.id in held and request.now - held[topic.id] < REST:
            return Rule.DONE_LATELY
        has_no_mentor = request.supply is not None and request.supply.get(topic.id, 0) == 0
        return Rule.NO_MENTOR if has_no_mentor else None

    return [rule_for(topic) for topic in topics]


@dataclass(frozen=True, slots=True)
class Seeker:
    """Who looks for a mentor. `languages` is the page's language alone where nobody in particular asks.

    `barred` are the departments whose people may not mentor this person.
    """

    person_id: str | None
    manager_id: str | None
    languages: frozenset[Language]
    now: datetime
    minutes: int
    blocks: Blocks = NO_BLOCKS
    barred: frozenset[str] = frozenset()


def seeker_of(
    person: Person | None,
    language: Language,
    now: datetime,
    minutes: int,
    blocks: Blocks = NO_BLOCKS,
    programme: ProgrammeRules = NO_RULES,
) -> Seeker:
    """Return the person as one who looks for a mentor."""
    if person is None:
        return Seeker(None, None, frozenset({language}), now, minutes)
    barred = programme.barred_for(person.department)
    return Seeker(person.id, person.manager_id, person.languages, now, minutes, blocks, barred)


def without_blockers(pool: MentorPool, rows: np.ndarray, blocks: Blocks) -> np.ndarray:
    """Return the rows without those who have blocked the person who asks: they are not even named."""
    return np.asarray(rows[~_are(pool, rows, blocks.of_others)])


PersonRule = Callable[[MentorPool, np.ndarray, Seeker], np.ndarray]


def _is_self(pool: MentorPool, rows: np.ndarray, seeker: Seeker) -> np.ndarray:
    return _are(pool, rows, [seeker.person_id])


def _is_own_manager(pool: MentorPool, rows: np.ndarray, seeker: Seeker) -> np.ndarray:
    return _are(pool, rows, [seeker.manager_id])


def _is_own_report(pool: MentorPool, rows: np.ndarray, seeker: Seeker) -> np.ndarray:
    return _is_among(rows, pool.reports.get(seeker.person_id or "", []), len(pool.offers))


def _is_blocked(pool: MentorPool, rows: np.ndarray, seeker: Seeker) -> np.ndarray:
    return _are(pool, rows, seeker.blocks.own)


def _has_conflict(pool: MentorPool, rows: np.ndarray, seeker: Seeker) -> np.ndarray:
    is_barred = np.array([name in seeker.barred for name in pool.departments], dtype=bool)
    return np.asarray(is_barred[pool.department_codes[rows]])


def _is_inactive(pool: MentorPool, rows: np.ndarray, seeker: Seeker) -> np.ndarray:
    return np.asarray(~pool.is_active[rows])


def _is_paused(pool: MentorPool, rows: np.ndarray, seeker: Seeker) -> np.ndarray:
    return np.asarray(pool.paused_until[rows] > seeker.now.timestamp())


def _has_no_common_language(pool: MentorPool, rows: np.ndarray, seeker: Seeker) -> np.ndarray:
    return np.asarray((pool.speaks[rows] & language_bits(seeker.languages)) == 0)


def _has_no_capacity(pool: MentorPool, rows: np.ndarray, seeker: Seeker) -> np.ndarray:
    most = pool.at_a_time.get(("most_left", seeker.now), lambda: _most_left(pool, seeker.now))
    return np.asarray(most[rows] < seeker.minutes)


def _most_left(pool: MentorPool, now: datetime) -> np.ndarray:
    """Return the most minutes that each mentor has left in a week that the slot search can touch, and in its months."""
    most = minutes_left(pool, np.arange(len(pool.offers)), now, WEEKS_AHEAD).max(axis=1, initial=0).astype(np.float64)
    for row in np.flatnonzero(np.isfinite(pool.times.minutes_per_month)).tolist():
        most[row] = min(most[row], max(months_left(pool, row, now, now + HORIZON).values()))
    return np.asarray(most)


PERSON_RULES: tuple[tuple[Rule, PersonRule], ...] = (
    (Rule.SELF, _is_self),
    (Rule.OWN_MANAGER, _is_own_manager),
    (Rule.OWN_REPORT, _is_own_report),
    (Rule.BLOCKED, _is_blocked),
    (Rule.CONFLICT_OF_INTEREST, _has_conflict),
    (Rule.INACTIVE, _is_inactive),
    (Rule.PAUSED, _is_paused),
    (Rule.NO_COMMON_LANGUAGE, _has_no_common_language),
    (Rule.NO_CAPACITY, _has_no_capacity),
)


PARTING = {
    Rule.SELF,
    Rule.OWN_MANAGER,
    Rule.OWN_REPORT,
    Rule.BLOCKED,
    Rule.CONFLICT_OF_INTEREST,
    Rule.INACTIVE,
}  # whatever the topic and the time; of the others a pair may take another week, or bring an interpreter


def parting_rule(pool: MentorPool, mentor_id: str, seeker: Seeker) -> Rule | None:
    """Return the first rule by which the two may never talk, None where they may; who blocked the person is BLOCKED."""
    row = np.array([pool.row_of[mentor_id]])
    if not without_blockers(pool, row, seeker.blocks).size:
        return Rule.BLOCKED
    return next((rule for rule, removes in PERSON_RULES if rule in PARTING and removes(pool, row, seeker)[0]), None)


def mentor_rules(request: MentorRequest, pool: MentorPool, rows: np.ndarray) -> list[Rule | None]:
    """Return for each mentor row the first rule that removes it, None where the mentor may be suggested."""
    seeker = seeker_of(
        request.mentee, request.language, request.now, request.minutes, request.blocks, request.programme
    )
    offered = pool.offered.get(request.topic.id, np.empty(0, dtype=np.int64))
    removed = [(rule, removes(pool, rows, seeker)) for rule, removes in PERSON_RULES]
    removed.append((Rule.NOT_OFFERED, ~_is_among(rows, offered, len(pool.offers))))
    removed.append((Rule.NO_COMMON_FORMAT, ~_has_format(pool, rows, request.topic, request.format)))
    first = np.argmax([*(mask for _, mask in removed), np.ones(len(rows), dtype=bool)], axis=0)
    named = [*(rule for rule, _ in removed), None]
    return [named[place] for place in first.tolist()]


def count_mentors(
    pool: MentorPool,
    topics: Sequence[Topic],
    person: Person | None,
    now: datetime,
    language: Language,
    blocks: Blocks = NO_BLOCKS,
    programme: ProgrammeRules = NO_RULES,
) -> dict[str, int]:
    """Return by topic id how many mentors this person may choose from for the shortest session.

    Parameters
    ----------
    person
        None where nobody in particular asks: everyone who speaks `language` counts.
    """
    everyone = np.arange(len(pool.offers))
    seeker = seeker_of(person, language, now, min(ALLOWED_MINUTES), blocks, programme)
    removed = [removes(pool, everyone, seeker) for _, removes in PERSON_RULES]
    may = ~np.any([*removed, _are(pool, everyone, blocks.of_others)], axis=0)
    offering = [pool.offered.get(topic.id, everyone[:0]) for topic in topics]
    rows, lengths = np.concatenate([everyone[:0], *offering]), [len(some) for some in offering]
    wanted = np.repeat(np.array([format_bits(topic.formats) for topic in topics], dtype=pool.formats.dtype), lengths)
    before = np.append(0, np.cumsum(may[rows] & ((pool.formats[rows] & wanted) != 0)))
    counts = np.diff(before[np.append(0, np.cumsum(lengths, dtype=np.int64))]).tolist()
    return {topic.id: count for topic, count in zip(topics, counts, strict=True)}


def _has_format(pool: MentorPool, rows: np.ndarray, topic: Topic, wanted: Format | None) -> np.ndarray:
    fitting = frozenset(topic.formats & {wanted} if wanted else topic.formats)
    return np.asarray((pool.formats[rows] & format_bits(fitting)) != 0)


def _are(pool: MentorPool, rows: np.ndarray, person_ids: Iterable[str | None]) -> np.ndarray:
    """Say for each row whether the mentor is one of these people; nobody is None."""
    return _is_among(
        rows, [pool.row_of[person_id] for person_id in person_ids if person_id in pool.row_of], len(pool.offers)
    )


def _is_among(rows: np.ndarray, wanted: Sequence[int] | np.ndarray, count: int) -> np.ndarray:
    """Say for each row of `count` mentors whether it is wanted."""
    is_wanted = np.zeros(count, dtype=bool)
    is_wanted[wanted] = True
    return np.asarray(is_wanted[rows])
