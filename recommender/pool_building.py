"""People, offers, sessions and feedback -> the pool of mentors: made once per state of the store."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, time
from functools import lru_cache
from math import inf
from typing import Any

import numpy as np

from domain.availability import Timetable
from domain.feedback import Feedback
from domain.language import Language
from domain.people import MentorOffer, Person
from domain.sessions import MentoringSession
from embeddings import VectorIndex, detect_language
from recommender.evidence import EvidenceTexts, agreements, wordings_of
from recommender.mentor_pool import MentorPool, format_bits, language_bits
from recommender.mentor_sessions import (
    busy_times,
    held_at,
    held_by_topic,
    held_sessions,
    mentored_times,
    replies,
    taken_minutes,
    workload,
)
from recommender.mentor_times import build_mentor_times
from recommender.own_words import CatalogEcho, telling_sentences
from recommender.passages import Passage
from recommender.ratings import mentor_ratings, topic_outcomes
from recommender.topic_space import TopicSpace
from recommender.weeks import month_of, zone_of

_DAY_MINUTES = 24 * 60


def build_mentor_pool(
    people: Sequence[Person],
    offers: Sequence[MentorOffer],
    sessions: Sequence[MentoringSession],
    feedback: Sequence[Feedback],
    index: VectorIndex | None = None,
    languages: frozenset[Language] = frozenset(Language),
    *,
    held_skills: Mapping[str, Mapping[str, int]] | None = None,
    space: TopicSpace | None = None,
    timetables: Mapping[str, Timetable] | None = None,
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
    held_skills
        Level 0-4 by skill id, by person id.
    space
        The catalog: it says which sentence of a biography may speak for which topic, and what words weigh. None lets
        every sentence speak for all topics that its mentor offers.
    timetables
        By person id, mentors and mentees: what they said about their time.
    """
    by_id = {person.id: person for person in people}
    rows = _known(offers, by_id)
    mentors = tuple(by_id[offer.mentor_id] for offer in rows)
    row_of = {offer.mentor_id: row for row, offer in enumerate(rows)}
    held = sorted(held_sessions(sessions, row_of), key=lambda session: row_of[session.mentor_id])
    offered, at = _offered(rows), held_at(held, row_of)
    return MentorPool(
        people=mentors,
        offers=rows,
        row_of=row_of,
        candidates=_candidates(offered, at),
        offered=offered,
        skills=_skill_levels(held_skills or {}, row_of),
        ratings=mentor_ratings(feedback, sessions, row_of),
        outcomes=topic_outcomes(feedback, sessions, row_of),
        replies=replies(sessions, row_of),
        workload=workload(sessions, row_of),
        held=held_by_topic(held, row_of),
        held_at=at,
        taken_minutes=taken_minutes(sessions, mentors, row_of),
        taken_by_month=taken_minutes(sessions, mentors, row_of, month_of),
        busy=busy_times(sessions),
        mentored=mentored_times(sessions),
        times=build_mentor_times(rows, timetables or {}),
        **_evidence(rows, held, offered, index, languages, space),
        **_facts_of_people(mentors),
        **_facts_of_offers(rows),
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
    passages = [*_own_words(rows, None), *_past_needs(held_sessions(sessions, row_of), row_of)]
    return list(dict.fromkeys(passage.text for passage in passages if passage.language in languages))


def _known(offers: Sequence[MentorOffer], person_ids: Collection[str]) -> tuple[MentorOffer, ...]:
    """Return the offers of these people by mentor id."""
    return tuple(sorted((o for o in offers if o.mentor_id in person_ids), key=lambda offer: offer.mentor_id))


@lru_cache(maxsize=1)
def _echo_of(space: TopicSpace) -> CatalogEcho:
    """Return what hears the catalog in a sentence, once per catalog: the pool is renewed far more often."""
    return CatalogEcho(space.topics)


def _evidence(
    rows: Sequence[MentorOffer],
    held: Sequence[MentoringSession],
    offered: Mapping[str, np.ndarray],
    index: VectorIndex | None,
    languages: frozenset[Language],
    space: TopicSpace | None,
) -> dict[str, Any]:
    row_of = {offer.mentor_id: row for row, offer in enumerate(rows)}
    own = list(_own_words(rows, _echo_of(space) if space else None))
    asked = [session for session in held if session.need.strip()]
    passages = [*own, *_past_needs(asked, row_of)]
    texts = EvidenceTexts(passages, space.phrases.wordings() if space else wordings_of(passages), index, languages)
    own_of, near_of = _speaking_for(texts, len(own), offered, space)
    asked_of = _with_those_on_topic(near_of, asked, len(own))
    asked_at = np.array([0.0] * len(own) + [(s.starts_at or s.created_at).timestamp() for s in asked])
    order, places = _by_topic(own_of, asked_of)
    return {"evidence": texts.laid_out(order), "places": places, "asked_at": asked_at[order]}


def _by_topic(
    own_of: Mapping[str, np.ndarray], asked_of: Mapping[str, np.ndarray]
) -> tuple[np.ndarray, dict[str, tuple[int, int, int]]]:
    """Return the texts in the order of topics, own sentences before past needs, and where those of each topic stand."""
    none = np.empty(0, dtype=np.int64)
    order, places, end = [none], {}, 0
    for topic_id in sorted(own_of.keys() | asked_of.keys()):
        own, asked = own_of.get(topic_id, none), asked_of.get(topic_id, none)
        order += [own, asked]
        places[topic_id] = (end, end + len(own), end + len(own) + len(asked))
        end += len(own) + len(asked)
    return np.concatenate(order), places


def _facts_of_people(mentors: Sequence[Person]) -> dict[str, Any]:
    zones = tuple(zone_of(name) for name in sorted({mentor.zone for mentor in mentors}))
    departments = tuple(sorted({mentor.department for mentor in mentors}))
    zone_code = {zone.key: code for code, zone in enumerate(zones)}
    department_code = {name: code for code, name in enumerate(departments)}
    return {
        "ids": np.array([mentor.id for mentor in mentors], dtype=object),
        "reports": _reports(mentors),
        "is_active": np.array([mentor.is_active for mentor in mentors], dtype=bool),
        "speaks": np.array([language_bits(mentor.languages) for mentor in mentors], dtype=np.int64),
        "zones": zones,
        "zone_codes": np.array([zone_code[mentor.zone] for mentor in mentors], dtype=np.int64),
        "departments": departments,
        "department_codes": np.array([department_code[mentor.department] for mentor in mentors], dtype=np.int64),
    }


def _facts_of_offers(offers: Sequence[MentorOffer]) -> dict[str, Any]:
    return {
        "paused_until": np.array([_seconds(offer.paused_until) for offer in offers], dtype=np.float64),
        "capacity": np.array([offer.capacity_minutes_per_week for offer in offers], dtype=np.int64),
        "formats": np.array([format_bits(offer.formats) for offer in offers], dtype=np.int64),
        "hours": _hours(offers),
    }


def _hours(offers: Sequence[MentorOffer]) -> np.ndarray:
    found = np.full((len(offers), max((len(offer.weekly_hours) for offer in offers), default=0), 2), -1, dtype=np.int64)
    for row, offer in enumerate(offers):
        for number, hours in enumerate(offer.weekly_hours):
            found[row, number] = [_minute_of_week(hours.weekday, at) for at in (hours.start, hours.end)]
    return found


def _reports(mentors: Sequence[Person]) -> dict[str, np.ndarray]:
    rows: defaultdict[str, list[int]] = defaultdict(list)
    for row, mentor in enumerate(mentors):
        if mentor.manager_id:
            rows[mentor.manager_id].append(row)
    return {manager_id: np.array(found, dtype=np.int64) for manager_id, found in rows.items()}


def _minute_of_week(weekday: int, at: time) -> int:
    return weekday * _DAY_MINUTES + at.hour * 60 + at.minute


def _own_words(offers: Sequence[MentorOffer], echo: CatalogEcho | None) -> Iterator[Passage]:
    for row, offer in enumerate(offers):
        for sentence in telling_sentences(offer.biography, echo):
            yield Passage(row, sentence, offer.language)


_Places = dict[str, np.ndarray]


def _speaking_for(
    texts: EvidenceTexts, own: int, offered: Mapping[str, np.ndarray], space: TopicSpace | None
) -> tuple[_Places, _Places]:
    """Return by topic id which own sentences and which past needs, of those who offer it, may speak for it.

    All of them, where nothing else is known. A topic that is no longer in the catalog is spoken for by none.

    Parameters
    ----------
    own
        How many of the texts are own sentences: they come first; both kinds stand in the order of their owners.
    """
    told = {topic_id: _places_of(texts.owners[:own], rows) for topic_id, rows in offered.items()}
    asked = {topic_id: own + _places_of(texts.owners[own:], rows) for topic_id, rows in offered.items()}
    if space is None:
        return told, asked
    near = agreements(texts, space)
    known = {topic_id: column for topic_id, column in space.row_of.items() if topic_id in offered}
    return (
        {topic_id: told[topic_id][near[told[topic_id], column]] for topic_id, column in known.items()},
        {topic_id: asked[topic_id][near[asked[topic_id], column]] for topic_id, column in known.items()},
    )


def _places_of(owners: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """Return where the texts of these owners stand; both ascend."""
    return _ranges(np.searchsorted(owners, rows), np.searchsorted(owners, rows + 1))


def _ranges(starts: np.ndarray, stops: np.ndarray) -> np.ndarray:
    """Return all numbers from each start to before its stop, one range after the other."""
    counts = stops - starts
    return np.asarray(np.arange(counts.sum()) + np.repeat(starts - np.cumsum(counts) + counts, counts))


def _with_those_on_topic(near_of: Mapping[str, np.ndarray], asked: Sequence[MentoringSession], start: int) -> _Places:
    """Return by topic id where needs stand that are near it or were asked in a session on it, the first at `start`."""
    on_topic: defaultdict[str, list[int]] = defaultdict(list)
    for place, session in enumerate(asked, start):
        on_topic[session.topic_id].append(place)
    none = np.empty(0, dtype=np.int64)
    return {
        topic_id: np.union1d(near_of.get(topic_id, none), np.array(on_topic.get(topic_id, []), dtype=np.int64))
        for topic_id in near_of.keys() | on_topic.keys()
    }


def _skill_levels(held: Mapping[str, Mapping[str, int]], row_of: Mapping[str, int]) -> dict[str, np.ndarray]:
    levels: defaultdict[str, np.ndarray] = defaultdict(lambda: np.zeros(len(row_of), dtype=np.int8))
    for person_id, skills in held.items():
        if person_id in row_of:
            for skill_id, level in skills.items():
                levels[skill_id][row_of[person_id]] = level
    return dict(levels)


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


def _candidates(
    offered: Mapping[str, np.ndarray], held: Mapping[str, tuple[np.ndarray, np.ndarray]]
) -> dict[str, np.ndarray]:
    none = np.empty(0, dtype=np.int64)
    return {
        topic_id: np.union1d(offered.get(topic_id, none), held.get(topic_id, (none, none))[0])
        for topic_id in offered.keys() | held.keys()
    }


def _seconds(at: datetime | None) -> float:
    return at.timestamp() if at else -inf
