"""All mentors as the recommender reads them: built once per state of the store and kept in memory."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import inf
from zoneinfo import ZoneInfo

import numpy as np

from domain.feedback import Feedback
from domain.language import Language
from domain.people import Format, MentorOffer, Person
from domain.sessions import MentoringSession
from embeddings import VectorIndex, detect_language
from recommender.mentor_sessions import busy_times, held_by_topic, held_sessions, taken_minutes
from recommender.passages import Passage, Passages
from recommender.ratings import Ratings, mentor_ratings
from recommender.sentences import sentences
from recommender.slots import Interval
from recommender.weeks import monday_of, zone_of

LANGUAGES, FORMATS = tuple(Language), tuple(Format)


@dataclass(frozen=True, slots=True, eq=False)
class MentorPool:
    """Mentors in rows by id, with one array per fact that a rule or a feature reads. Make it with `build_mentor_pool`.

    Parameters
    ----------
    own_words, past_needs
        Sentences of the biographies; what mentees asked in sessions that were held (never shown to others).
    offered, held
        By topic id: rows of mentors who offer it; sessions held on it by row.
    taken_minutes
        By Monday on the mentor's calendar: minutes of that week already given away, shape (n,).
    busy
        By person id, mentor or mentee: times of sessions requested or booked.
    speaks, formats
        One bit per language (LANGUAGES) and format (FORMATS).
    paused_until
        POSIX seconds, -inf where not paused.
    """

    people: tuple[Person, ...]
    offers: tuple[MentorOffer, ...]
    row_of: dict[str, int]
    own_words: Passages
    past_needs: Passages
    ratings: Ratings
    offered: dict[str, np.ndarray]
    held: dict[str, Counter[int]]
    taken_minutes: dict[date, np.ndarray]
    busy: dict[str, tuple[Interval, ...]]
    ids: np.ndarray
    managers: np.ndarray
    is_active: np.ndarray
    paused_until: np.ndarray
    capacity: np.ndarray
    speaks: np.ndarray
    formats: np.ndarray
    zones: tuple[ZoneInfo, ...]
    zone_codes: np.ndarray


def build_mentor_pool(
    people: Sequence[Person],
    offers: Sequence[MentorOffer],
    sessions: Sequence[MentoringSession],
    feedback: Sequence[Feedback],
    index: VectorIndex | None = None,
    languages: frozenset[Language] = frozenset(Language),
) -> MentorPool:
    """Return the pool of everyone with an offer; an offer of a person who is not among `people` is left out.

    Parameters
    ----------
    sessions, feedback
        All there are, of every person and status.
    index
        Embeddings of `mentor_texts` by text hash; None gives a pool that knows words and characters only.
    languages
        Those that the encoder of the index speaks.
    """
    by_id = {person.id: person for person in people}
    rows = _known(offers, by_id)
    mentors = tuple(by_id[offer.mentor_id] for offer in rows)
    row_of = {offer.mentor_id: row for row, offer in enumerate(rows)}
    zones = tuple(zone_of(name) for name in sorted({mentor.zone for mentor in mentors}))
    zone_code = {zone.key: code for code, zone in enumerate(zones)}
    held = held_sessions(sessions, row_of)
    return MentorPool(
        people=mentors,
        offers=rows,
        row_of=row_of,
        own_words=Passages(len(rows), list(_own_words(rows)), index, languages),
        past_needs=Passages(len(rows), list(_past_needs(held, row_of)), index, languages),
        ratings=mentor_ratings(feedback, sessions, row_of),
        offered=_offered(rows),
        held=held_by_topic(held, row_of),
        taken_minutes=taken_minutes(sessions, mentors, row_of),
        busy=busy_times(sessions),
        ids=np.array([offer.mentor_id for offer in rows], dtype=object),
        managers=np.array([mentor.manager_id for mentor in mentors], dtype=object),
        is_active=np.array([mentor.is_active for mentor in mentors], dtype=bool),
        paused_until=np.array([_seconds(offer.paused_until) for offer in rows], dtype=np.float64),
        capacity=np.array([offer.capacity_minutes_per_week for offer in rows], dtype=np.int64),
        speaks=np.array([language_bits(mentor.languages) for mentor in mentors], dtype=np.int64),
        formats=np.array([format_bits(offer.formats) for offer in rows], dtype=np.int64),
        zones=zones,
        zone_codes=np.array([zone_code[mentor.zone] for mentor in mentors], dtype=np.int64),
    )


def mentor_texts(
    people: Sequence[Person],
    offers: Sequence[MentorOffer],
    sessions: Sequence[MentoringSession],
    languages: frozenset[Language],
) -> list[str]:
    """Return every text to embed for the mentors, each once: biography sentences and needs of sessions held."""
    rows = _known(offers, {person.id for person in people})
    row_of = {offer.mentor_id: row for row, offer in enumerate(rows)}
    passages = [*_own_words(rows), *_past_needs(held_sessions(sessions, row_of), row_of)]
    return list(dict.fromkeys(passage.text for passage in passages if passage.language in languages))


def language_bits(languages: Iterable[Language]) -> int:
    """Return one bit per language."""
    return sum(1 << LANGUAGES.index(language) for language in languages)


def format_bits(formats: Iterable[Format]) -> int:
    """Return one bit per format."""
    return sum(1 << FORMATS.index(format_) for format_ in formats)


def minutes_left(pool: MentorPool, rows: np.ndarray, now: datetime, weeks: int) -> np.ndarray:
    """Return the minutes that the mentors can still give in this week and the following, shape (len(rows), weeks)."""
    mondays = [monday_of(now, zone) for zone in pool.zones]
    left = np.repeat(pool.capacity[rows, None], weeks, axis=1)
    for monday in set(mondays):
        here = np.array([own == monday for own in mondays])[pool.zone_codes[rows]]
        for week in range(weeks):
            taken = pool.taken_minutes.get(date.fromordinal(monday.toordinal() + 7 * week))
            if taken is not None:
                left[here, week] -= taken[rows[here]]
    return np.asarray(np.maximum(left, 0))


def _known(offers: Sequence[MentorOffer], person_ids: Collection[str]) -> tuple[MentorOffer, ...]:
    """Return the offers of these people by mentor id."""
    return tuple(sorted((o for o in offers if o.mentor_id in person_ids), key=lambda offer: offer.mentor_id))


def _own_words(offers: Sequence[MentorOffer]) -> Iterator[Passage]:
    for row, offer in enumerate(offers):
        for sentence in sentences(offer.biography):
            yield Passage(row, sentence, offer.language)


def _past_needs(held: Sequence[MentoringSession], row_of: dict[str, int]) -> Iterator[Passage]:
    for session in held:
        if session.need.strip():
            yield Passage(row_of[session.mentor_id], session.need, detect_language(session.need))


def _offered(offers: Sequence[MentorOffer]) -> dict[str, np.ndarray]:
    rows: defaultdict[str, list[int]] = defaultdict(list)
    for row, offer in enumerate(offers):
        for topic_id in offer.topic_ids:
            rows[topic_id].append(row)
    return {topic_id: np.array(found, dtype=np.int64) for topic_id, found in rows.items()}


def _seconds(at: datetime | None) -> float:
    return at.timestamp() if at else -inf
