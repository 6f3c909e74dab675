"""Topic + need -> mentors: rules, score, first free time, reasons."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

from domain.errors import InvalidInput
from domain.suggestions import Excluded, MentorSuggestion, Rule
from recommender.eligibility import mentor_rules
from recommender.exclusion_words import excluded_mentor
from recommender.mentor_features import availability, first_slot, mentor_features
from recommender.mentor_pool import MentorPool
from recommender.mentor_reasons import MentorReasons
from recommender.reasons import reasons_for
from recommender.requests import MentorRequest
from recommender.scoring import Features, averages, best_first, features_at, weighted_scores
from recommender.weeks import zone_of
from recommender.weights import DEFAULT_MENTOR_WEIGHTS, MentorWeights

EXCLUDED_AMONG = 20


@dataclass(frozen=True, slots=True)
class MentorRanking:
    """Mentors to show, best first, and the best of those whom a rule removed."""

    suggestions: tuple[MentorSuggestion, ...]
    excluded: tuple[Excluded, ...]


def rank_mentors(
    request: MentorRequest, pool: MentorPool, k: int = 3, weights: MentorWeights = DEFAULT_MENTOR_WEIGHTS
) -> MentorRanking:
    """Return up to `k` mentors, highest score first, ties by id.

    Candidates are those who offer the topic or have held sessions on it; of those whom a rule removed, the 20 that
    would have scored highest are named.

    Raises
    ------
    InvalidInput
        If `k` is below 1.
    """
    if k < 1:
        raise InvalidInput("k", "be at least 1", k)
    rows = _candidates(pool, request.topic.id)
    rules = mentor_rules(request, pool, rows)
    shares = weights.shares()
    allowed = rows[[rule is None for rule in rules]]
    suggestions = _suggestions(request, pool, allowed, k, shares)
    return MentorRanking(suggestions, _excluded(request, pool, rows, rules, shares))


def _candidates(pool: MentorPool, topic_id: str) -> np.ndarray:
    held = np.fromiter(pool.held.get(topic_id, Counter()), dtype=np.int64)
    return np.union1d(pool.offered.get(topic_id, held[:0]), held)


@dataclass(frozen=True, slots=True)
class _Placed:
    place: int
    score: float
    slot: datetime | None
    availability: float


def _suggestions(
    request: MentorRequest, pool: MentorPool, rows: np.ndarray, k: int, shares: dict[str, float]
) -> tuple[MentorSuggestion, ...]:
    features = mentor_features(request, pool, rows)
    placed = _best(request, pool, rows, features, k, shares)
    for found in placed:
        features["availability"][found.place] = found.availability
    average = averages(features) | {"availability": float(np.mean([found.availability for found in placed] or [0]))}
    return tuple(
        MentorSuggestion(
            mentor_id=pool.offers[rows[found.place]].mentor_id,
            rank=rank,
            score=found.score,
            features=features_at(features, found.place),
            reasons=reasons_for(
                features_at(features, found.place),
                average,
                shares,
                MentorReasons(request, pool, int(rows[found.place]), found.slot).by_feature(),
            ),
            next_slot=found.slot,
        )
        for rank, found in enumerate(placed[:k], start=1)
    )


def _best(
    request: MentorRequest, pool: MentorPool, rows: np.ndarray, features: Features, k: int, shares: dict[str, float]
) -> list[_Placed]:
    """Return every candidate whose free time was searched, highest score first, ties by id; the first k are the best.

    Searching a calendar costs more than all other features, so it goes from the highest possible score (free at once)
    down, and ends where no candidate left can reach the k-th score found.
    """
    possible = weighted_scores(features, shares)
    found: list[_Placed] = []
    for place in best_first(possible, pool.ids[rows]):
        if len(found) >= k and found[k - 1].score > possible[place]:
            break
        slot = first_slot(request, pool, int(rows[place]))
        soon = availability(slot, request)
        score = round(float(possible[place]) - shares["availability"] * (1 - soon), 9)
        found.append(_Placed(place, score, slot, soon))
        found.sort(key=lambda one: (-one.score, one.place))  # rows, and so places, are in the order of ids
    return found


def _excluded(
    request: MentorRequest,
    pool: MentorPool,
    rows: np.ndarray,
    rules: Sequence[Rule | None],
    shares: dict[str, float],
) -> tuple[Excluded, ...]:
    removed = [(row, rule) for row, rule in zip(rows.tolist(), rules, strict=True) if rule]
    removed_rows = np.array([row for row, _ in removed], dtype=np.int64)
    scores = weighted_scores(mentor_features(request, pool, removed_rows), shares)
    best = best_first(scores, pool.ids[removed_rows])[:EXCLUDED_AMONG]
    return tuple(_named(request, pool, *removed[place]) for place in best)


def _named(request: MentorRequest, pool: MentorPool, row: int, rule: Rule) -> Excluded:
    until = _day(pool.offers[row].paused_until, request)
    return excluded_mentor(pool.offers[row].mentor_id, rule, pool.people[row].name, request.language, until)


def _day(at: datetime | None, request: MentorRequest) -> date | None:
    return at.astimezone(zone_of(request.mentee_zone)).date() if at else None
