"""What a cohort is matched from: its mentees, their topics, all mentors, and the scores of the pairs allowed now."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
from scipy.sparse import csr_array

from domain.blocks import NO_BLOCKS, Blocks
from domain.cohorts import Cohort
from domain.errors import InvalidInput
from domain.language import Language
from domain.people import Person
from domain.programme import ProgrammeRules
from domain.suggestions import Rule
from domain.topics import Topic
from recommender import (
    MentorPool,
    MentorRequest,
    TopicRequest,
    TopicSpace,
    count_free_soon,
    count_mentors,
    need_texts,
    whole_text,
)
from recommender.cohort_fits import ExactFits, Fits, QuickFits
from recommender.cohort_needs import cohort_needs
from recommender.cohort_scores import Cohort as Scored
from recommender.cohort_scores import PairScores, score_pairs
from recommender.cohort_topics import ByVectors, ByWords, exact_topics, quick_topics
from recommender.eligibility import mentor_rules, topic_rules
from recommender.mentor_pool import minutes_left
from recommender.scoring import weighted_scores
from recommender.topic_features import topic_features
from services.context import Context
from services.likely_skills import gaps_of_many
from services.needs import own_needs_of
from services.programme import Programme, read_programme
from services.programme_rules import programme_rules
from store import Store

EXACT_UP_TO = 30  # mentees whose needs are read as on their own pages, a tenth of a second each
PLACES_WEEKS = 2  # a cohort is expected to meet in this week and the next
_LEAST = 1e-6  # of a pinned topic: a score of 0 would not be stored
BY_WORDS_UP_TO = 3_000  # then ten milliseconds each; beyond, embeddings alone


@dataclass(frozen=True, slots=True, eq=False)
class Material:
    """A cohort as it is now.

    Parameters
    ----------
    requests
        One per active mentee, by id.
    places
        How many mentees each mentor can take, shape (mentors,).
    blocks
        By person id, of those mentees who have any.
    """

    cohort: Cohort
    requests: Sequence[TopicRequest]
    pool: MentorPool
    space: TopicSpace
    places: np.ndarray
    programme: Programme
    rules: ProgrammeRules
    blocks: Mapping[str, Blocks]

    @property
    def mentees(self) -> list[Person]:
        return [request.person for request in self.requests if request.person]

    def rule_against(self, mentee: Person, mentor_id: str, topic: Topic) -> Rule | None:
        """Return the first rule that forbids the pair to talk about the topic, None where they may."""
        if mentor_id not in self.pool.row_of:
            return Rule.NOT_OFFERED
        blocks = self.blocks.get(mentee.id, NO_BLOCKS)
        if mentor_id in blocks.of_others:
            return Rule.BLOCKED
        now = self.requests[0].now
        request = MentorRequest(
            mentee, topic, (), now, mentee.locale, None, self.cohort.minutes, blocks=blocks, programme=self.rules
        )
        return mentor_rules(request, self.pool, np.array([self.pool.row_of[mentor_id]]))[0]

    def topic_between(self, request: TopicRequest, mentor_id: str) -> int | None:
        """Return the column of the topic, of those the mentor offers, that the mentee needs most; None for none."""
        row = self.pool.row_of.get(mentor_id)
        may = [rule is None or rule is Rule.NO_MENTOR for rule in topic_rules(request, self.space.topics)]
        offered = self.pool.offers[row].topic_ids if row is not None else frozenset[str]()
        columns = [c for topic_id in sorted(offered) if (c := self.space.row_of.get(topic_id)) is not None and may[c]]
        if not columns:
            return None
        scores = weighted_scores(topic_features(request, self.space), self.programme.topic_weights.shares())
        return max(columns, key=lambda column: (scores[column], -column))


class _Counts:
    """How many mentors there are to choose from: counted once for all who are alike to the rules."""

    def __init__(self, pool: MentorPool, topics: Sequence[Topic], rules: ProgrammeRules, now: datetime) -> None:
        self._pool, self._topics, self._rules, self._now = pool, topics, rules, now
        self._counted: dict[object, tuple[dict[str, int], dict[str, int]]] = {}

    def added_to(self, request: TopicRequest) -> TopicRequest:
        """Return the request with the counts."""
        mentee = request.person
        if mentee is None:
            return request
        look = (mentee.languages, mentee.locale, mentee.department)
        if look not in self._counted:
            nameless = replace(mentee, id="", manager_id=None)
            seeking = (self._pool, self._topics, nameless, self._now, mentee.locale, NO_BLOCKS, self._rules)
            self._counted[look] = count_mentors(*seeking), count_free_soon(*seeking)
        supply, free_soon = self._counted[look]
        return replace(request, supply=supply, free_soon=free_soon)


def material_of(context: Context, store: Store, cohort: Cohort) -> Material:
    """Return the material; raise InvalidInput when nobody of the cohort is active any more."""
    now = context.clock()
    wanted = set(cohort.mentee_ids)
    mentees = [person for person in store.people.list() if person.id in wanted]
    if not mentees:
        raise InvalidInput("cohort", "hold somebody who still takes part", "nobody", "Make a new one.")
    pool, space = context.spaces.mentors(store), context.spaces.topics(store)
    programme, rules = read_programme(store), programme_rules(store)
    counts = _Counts(pool, space.topics, rules, now)
    requests = [counts.added_to(request) for request in _requests(context, store, mentees, programme, now)]
    everyone = np.arange(len(pool.offers))
    places = minutes_left(pool, everyone, now, PLACES_WEEKS).sum(axis=1) // cohort.minutes
    if cohort.per_mentor is not None:
        places = np.minimum(places, cohort.per_mentor)
    blocks = store.blocks.around_many(mentee.id for mentee in mentees)
    return Material(cohort, requests, pool, space, places, programme, rules, blocks)


def pair_scores(context: Context, material: Material) -> PairScores:
    """Return the scores of all allowed pairs; a pinned pair has the topic that suits it best."""
    topics, fits = _topics_and_fits(context, material)
    pinned = csr_array(topics.shape, dtype=np.float32).tolil()
    row_of = {mentee.id: row for row, mentee in enumerate(material.mentees)}
    for mentee_id, mentor_id in material.cohort.pins:
        row = row_of.get(mentee_id)
        column = material.topic_between(material.requests[row], mentor_id) if row is not None else None
        if row is not None and column is not None:
            shares = material.programme.topic_weights.shares()
            scores = weighted_scores(topic_features(material.requests[row], material.space), shares)
            pinned[row, column] = max(scores[column], _LEAST)
    wanted = csr_array(topics.maximum(csr_array(pinned.tocsr())))
    now = material.requests[0].now
    minutes, blocks, rules = material.cohort.minutes, material.blocks, material.rules
    scored = Scored(material.mentees, material.space.topics, wanted, now, minutes, blocks, rules)
    return score_pairs(scored, material.pool, fits, material.programme.mentor_weights)


def _topics_and_fits(context: Context, material: Material) -> tuple[csr_array, Fits]:
    requests, pool, space = material.requests, material.pool, material.space
    weights = material.programme.topic_weights
    if len(requests) <= EXACT_UP_TO:
        exact = ExactFits([_about_anything(request, space) for request in requests], pool)
        return exact_topics(requests, space, weights), exact
    needs_of = [request.needs for request in requests]
    needs = cohort_needs(needs_of, space.vectors.shape[1])
    is_middling = len(requests) <= BY_WORDS_UP_TO
    similarities = ByWords(needs_of, space) if is_middling else ByVectors(needs, space)
    fits = QuickFits(needs, pool, len(requests), requests[0].now)
    return quick_topics(requests, similarities, space, weights), fits


def _about_anything(request: TopicRequest, space: TopicSpace) -> MentorRequest:
    """Return the request for mentors whose words are read: how they fit the needs is the same for every topic."""
    return MentorRequest(request.person, space.topics[0], request.needs, request.now, request.language)


def _requests(
    context: Context, store: Store, mentees: Sequence[Person], programme: Programme, now: datetime
) -> Iterator[TopicRequest]:
    """Yield what each mentee's topics are asked with, but for counts of mentors; in a few queries for all."""
    ids = [mentee.id for mentee in mentees]
    needs = own_needs_of(context, store, ids, now, need_texts if len(ids) <= EXACT_UP_TO else whole_text)
    gaps = gaps_of_many(context, store, mentees)
    sessions, feedback = store.sessions.of_many(ids), store.feedback.of_mentees(ids)
    experience = context.spaces.experiences.at(store, now)
    for mentee in mentees:
        yield TopicRequest(
            person=mentee,
            needs=needs[mentee.id],
            now=now,
            language=Language(mentee.locale),
            gaps=gaps[mentee.id],
            sessions=sessions.get(mentee.id, []),
            own_feedback=feedback.get(mentee.id, []),
            priorities=programme.priorities,
            helped=experience.helped,
            shown=experience.shown,
        )
