"""Scores of all allowed pairs of a cohort: topic score x mentor score, by the best topic that both share.

Features and rules are those of one person's page (mentor_features.py, eligibility.py), asked once per topic for all
mentees who are alike to them: features once per language and zone, rules once per seeker without name. Who is whom
(self, own manager, own report, blocked) is told apart pair by pair. Availability stands at its upper bound: no calendar
is searched.
"""

from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

import numpy as np
from scipy.sparse import csr_array

from domain.blocks import NO_BLOCKS, Blocks
from domain.people import Person
from domain.programme import NO_RULES, ProgrammeRules
from domain.topics import Topic
from recommender.cohort_fits import Fits
from recommender.eligibility import PERSON_RULES, Seeker, seeker_of
from recommender.mentor_features import mentor_features
from recommender.mentor_pool import MentorPool, format_bits
from recommender.requests import MentorRequest
from recommender.scoring import weighted_scores
from recommender.weights import DEFAULT_MENTOR_WEIGHTS, MentorWeights

FIT = "topic_fit"
_CELLS = 40_000_000  # of the table of mentees x mentors that is filled at once: 240 MB


@dataclass(frozen=True, slots=True, eq=False)
class Cohort:
    """Mentees in rows, with their priority topics.

    Parameters
    ----------
    topics
        Those that are columns of `topic_scores`.
    topic_scores
        Shape (mentees, topics), 0..1, few stored per row.
    blocks
        By person id, of those mentees who have any.
    """

    mentees: Sequence[Person]
    topics: Sequence[Topic]
    topic_scores: csr_array
    now: datetime
    minutes: int
    blocks: Mapping[str, Blocks] = field(default_factory=dict)
    rules: ProgrammeRules = NO_RULES


@dataclass(frozen=True, slots=True, eq=False)
class PairScores:
    """Allowed pairs, shape (mentees, mentors), 0..1; `topics` is the column of the best topic of each stored pair."""

    scores: csr_array
    topics: np.ndarray

    def topic_of(self, row: int, column: int) -> int | None:
        """Return the best topic of a pair, None where the pair is not allowed."""
        place = self._place(row, column)
        return None if place is None else int(self.topics[place])

    def without(self, pairs: Collection[tuple[int, int]]) -> "PairScores":
        """Return the scores without these pairs."""
        kept = np.ones(len(self.topics), dtype=bool)
        kept[[place for pair in pairs if (place := self._place(*pair)) is not None]] = False
        bounds = np.concatenate([[0], np.cumsum(kept)])[self.scores.indptr]
        stored = (self.scores.data[kept], self.scores.indices[kept], bounds)
        return PairScores(csr_array(stored, shape=self.scores.shape), self.topics[kept])

    def _place(self, row: int, column: int) -> int | None:
        low, high = self.scores.indptr[row], self.scores.indptr[row + 1]
        place = int(low + np.searchsorted(self.scores.indices[low:high], column))
        return place if place < high and self.scores.indices[place] == column else None


def score_pairs(
    cohort: Cohort, pool: MentorPool, fits: Fits, weights: MentorWeights = DEFAULT_MENTOR_WEIGHTS
) -> PairScores:
    """Return the scores of all pairs that no rule forbids and that share a topic."""
    at_once = min(len(cohort.mentees), _CELLS // max(1, len(pool.offers))) or 1
    scorer = _Scorer(cohort, pool, fits, weights, at_once)
    # as many as there can be: what is not written to takes no memory, and joining parts would take it twice
    most = scorer.most_pairs()
    columns, scores, topics = (np.empty(most, dtype=kind) for kind in (np.int32, np.float32, np.int16))
    bounds = np.zeros(len(cohort.mentees) + 1, dtype=np.int64)
    for low in range(0, len(cohort.mentees), at_once):
        found = scorer.rows(low, low + at_once)
        start, stop = bounds[low], bounds[low] + len(found.columns)
        columns[start:stop], scores[start:stop], topics[start:stop] = found.columns, found.scores, found.topics
        bounds[low + 1 : low + at_once + 1] = start + np.cumsum(found.counts)
    stored = (scores[: bounds[-1]], columns[: bounds[-1]], bounds)
    return PairScores(csr_array(stored, shape=(len(cohort.mentees), len(pool.offers))), topics[: bounds[-1]])


@dataclass(frozen=True, slots=True, eq=False)
class _Rows:
    """The stored pairs of some mentees: how many each has, then one entry per pair."""

    counts: np.ndarray
    columns: np.ndarray
    scores: np.ndarray
    topics: np.ndarray


class _Scorer:
    def __init__(self, cohort: Cohort, pool: MentorPool, fits: Fits, weights: MentorWeights, at_once: int) -> None:
        shape = (at_once, len(pool.offers))
        self._tables = np.empty(shape, dtype=np.float32), np.empty(shape, dtype=np.int16)  # of one block of mentees
        self._cohort, self._pool, self._fits = cohort, pool, fits
        self._shares = weights.shares()
        self._looks, self._look_of = _alike(cohort.mentees, lambda mentee: (mentee.locale, mentee.zone))
        self._seekers, self._seeker_of = _alike(cohort.mentees, self._nameless)
        self._may = [self._allowed(seeker) for seeker in self._seekers]
        self._bases: dict[int, np.ndarray] = {}
        self._by_topic = cohort.topic_scores.tocsc()

    def most_pairs(self) -> int:
        """Return how many pairs there are if nobody shares two topics and no rule applies."""
        wanted = np.diff(self._by_topic.indptr).tolist()
        offering = (len(self._offering(topic)) for topic in self._cohort.topics)
        return sum(mentees * mentors for mentees, mentors in zip(wanted, offering, strict=True))

    def rows(self, low: int, high: int) -> _Rows:
        """Return the stored pairs of these mentees."""
        high = min(high, len(self._cohort.mentees))
        best, topics = (table[: high - low] for table in self._tables)
        best.fill(-1)
        for topic, mentees, wanted, mentors in self._shared_topics(low, high):
            scores = wanted[:, None] * self._mentor_scores(topic, mentees, mentors)
            where = np.ix_(mentees - low, mentors)
            before = best[where]
            is_better = scores > before
            best[where] = np.where(is_better, scores, before)
            topics[where] = np.where(is_better, np.int16(topic), topics[where])
        for row in range(low, high):
            best[row - low, ~self._may[self._seeker_of[row]]] = -1
        for row, mentor in self._personal(low, high):
            best[row - low, mentor] = -1
        return _stored(best, topics)

    def _shared_topics(self, low: int, high: int) -> Iterator[tuple[int, np.ndarray, np.ndarray, np.ndarray]]:
        """Yield per topic: its column, the mentees between who want it, how much each does, who offers it."""
        table = self._by_topic
        for column, topic in enumerate(self._cohort.topics):
            start, stop = table.indptr[column], table.indptr[column + 1]
            first, last = start + np.searchsorted(table.indices[start:stop], [low, high])
            mentors = self._offering(topic)
            if first < last and len(mentors):
                yield column, table.indices[first:last], table.data[first:last].astype(np.float32), mentors

    def _offering(self, topic: Topic) -> np.ndarray:
        mentors = self._pool.offered.get(topic.id, np.empty(0, dtype=np.int64))
        return np.asarray(mentors[(self._pool.formats[mentors] & format_bits(topic.formats)) != 0])

    def _mentor_scores(self, topic: int, mentees: np.ndarray, mentors: np.ndarray) -> np.ndarray:
        if topic not in self._bases:
            self._bases[topic] = self._without_fit(self._cohort.topics[topic], mentors)
        base = self._bases[topic][self._look_of[mentees]]
        fits = self._fits.block(self._cohort.topics[topic], mentees, mentors)
        return np.asarray(base + np.float32(self._shares[FIT]) * fits)

    def _without_fit(self, topic: Topic, mentors: np.ndarray) -> np.ndarray:
        """Return by look of a mentee (language of pages, zone) what speaks for the mentors beside their own words."""
        rows = []
        for look in self._looks:
            request = MentorRequest(look, topic, (), self._cohort.now, look.locale, minutes=self._cohort.minutes)
            rows.append(weighted_scores(mentor_features(request, self._pool, mentors), self._shares))
        return np.array(rows, dtype=np.float32)

    def _allowed(self, mentee: Person) -> np.ndarray:
        everyone = np.arange(len(self._pool.offers))
        seeker = self._nameless(mentee)
        return np.asarray(~np.any([removes(self._pool, everyone, seeker) for _, removes in PERSON_RULES], axis=0))

    def _nameless(self, mentee: Person) -> Seeker:
        cohort = self._cohort
        seeker = seeker_of(mentee, mentee.locale, cohort.now, cohort.minutes, NO_BLOCKS, cohort.rules)
        return replace(seeker, person_id=None, manager_id=None)

    def _personal(self, low: int, high: int) -> Iterator[tuple[int, int]]:
        """Yield (mentee, mentor) where one is the other, manages the other, or has blocked the other."""
        row_of, nobody = self._pool.row_of, np.empty(0, dtype=np.int64)
        for row in range(low, high):
            mentee = self._cohort.mentees[row]
            blocks = self._cohort.blocks.get(mentee.id, NO_BLOCKS)
            known = (mentee.id, mentee.manager_id or "", *blocks.own, *blocks.of_others)
            reports = self._pool.reports.get(mentee.id, nobody).tolist()
            yield from ((row, mentor) for mentor in (*map(row_of.get, known), *reports) if mentor is not None)


def _alike(mentees: Sequence[Person], look: Callable[[Person], Hashable]) -> tuple[list[Person], np.ndarray]:
    """Return one mentee of each kind, and by mentee which kind it is."""
    kinds: dict[Hashable, int] = {}
    examples: list[Person] = []
    found = np.zeros(len(mentees), dtype=np.int64)
    for row, mentee in enumerate(mentees):
        key = look(mentee)
        if key not in kinds:
            kinds[key] = len(examples)
            examples.append(mentee)
        found[row] = kinds[key]
    return examples, found


def _stored(best: np.ndarray, topics: np.ndarray) -> _Rows:
    mentors = best.shape[1]
    places = np.flatnonzero(best.ravel() >= 0)
    counts = np.diff(np.searchsorted(places, np.arange(len(best) + 1) * mentors))
    columns = (places - np.repeat(np.arange(len(best)) * mentors, counts)).astype(np.int32)
    scores = np.minimum(best.ravel()[places], 1)
    return _Rows(counts, columns, scores, topics.ravel()[places])
