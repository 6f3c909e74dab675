"""Topic + need -> mentors: rules, score, first free time, reasons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

from domain.errors import InvalidInput
from domain.suggestions import Excluded, MentorSuggestion, Reason, Rule
from recommender.eligibility import mentor_rules, without_blockers
from recommender.exclusion_words import excluded_mentor
from recommender.mentor_features import availability, first_slot, mentor_features
from recommender.mentor_fit import TopicFits, topic_fits
from recommender.mentor_missing import missing_of
from recommender.mentor_pool import MentorPool
from recommender.mentor_reasons import MentorReasons
from recommender.reasons import Say, reasons_for
from recommender.requests import MentorRequest
from recommender.scoring import Features, averages, best_first, features_at, weighted_scores
from recommender.weeks import zone_of
from recommender.weights import DEFAULT_MENTOR_WEIGHTS, MentorWeights

EXCLUDED_AMONG = 20
_NOBODY = np.empty(0, dtype=np.int64)


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
    rows = without_blockers(pool, pool.candidates.get(request.topic.id, _NOBODY), request.blocks)
    rules = mentor_rules(request, pool, rows)
    shares = weights.shares()
    considered = _considered(request, pool, rows)
    is_allowed = np.array([rule is None for rule in rules], dtype=bool)
    suggestions = _suggestions(considered, np.flatnonzero(is_allowed), k, shares)
    return MentorRanking(suggestions, _excluded(considered, rules, weighted_scores(considered.features, shares)))


def first_mentors(
    request: MentorRequest, pool: MentorPool, weightings: Sequence[MentorWeights], k: int = 3
) -> list[list[str]]:
    """Return for each of the weights the ids that `rank_mentors` would show, without its words: for comparisons."""
    rows = without_blockers(pool, pool.candidates.get(request.topic.id, _NOBODY), request.blocks)
    allowed = np.array([rule is None for rule in mentor_rules(request, pool, rows)], dtype=bool)
    considered = _considered(request, pool, rows[allowed])
    everyone, found = np.arange(len(considered.rows)), []
    for each in weightings:
        shares = each.shares()
        best = _best(considered, everyone, weighted_scores(considered.features, shares), k, shares)[:k]
        found.append([pool.offers[considered.rows[one.place]].mentor_id for one in best])
    return found


@dataclass(frozen=True, slots=True, eq=False)
class _Considered:
    """All candidates: their rows in the pool, their features, and where their words fit."""

    request: MentorRequest
    pool: MentorPool
    rows: np.ndarray
    features: Features
    fits: TopicFits


def _considered(request: MentorRequest, pool: MentorPool, rows: np.ndarray) -> _Considered:
    fits = topic_fits(request, pool, rows)
    return _Considered(request, pool, rows, mentor_features(request, pool, rows, fits), fits)


@dataclass(frozen=True, slots=True)
class _Placed:
    place: int
    score: float
    slot: datetime | None
    availability: float


def _suggestions(
    considered: _Considered, allowed: np.ndarray, k: int, shares: dict[str, float]
) -> tuple[MentorSuggestion, ...]:
    features = {name: values[allowed] for name, values in considered.features.items()}
    placed = _best(considered, allowed, weighted_scores(features, shares), k, shares)
    average = averages(features) | {"availability": float(np.mean([found.availability for found in placed] or [0]))}
    return tuple(
        _suggestion(considered, found, rank, average, shares) for rank, found in enumerate(placed[:k], start=1)
    )


def _suggestion(
    considered: _Considered, found: _Placed, rank: int, average: dict[str, float], shares: dict[str, float]
) -> MentorSuggestion:
    request, pool, row = considered.request, considered.pool, int(considered.rows[found.place])
    features = features_at(considered.features, found.place) | {"availability": found.availability}
    said = MentorReasons(request, pool, row, found.slot, considered.fits, found.place, features, average).by_feature()
    return MentorSuggestion(
        mentor_id=pool.offers[row].mentor_id,
        rank=rank,
        score=found.score,
        features=features,
        reasons=_reasons(features, average, shares, said),
        next_slot=found.slot,
        missing=missing_of(request, pool, row, found.slot),
    )


def _reasons(
    features: dict[str, float], average: dict[str, float], shares: dict[str, float], say: Mapping[str, Say]
) -> tuple[Reason, ...]:
    """Return the reasons; free time alone is no reason for a person, so the strongest other one is said beside it."""
    found = reasons_for(features, average, shares, say)
    if any(reason.feature != "availability" for reason in found):
        return found
    others = {name: value for name, value in features.items() if name != "availability"}
    both = (*found, *reasons_for(others, average, shares, say)[:1])
    return tuple(sorted(both, key=lambda reason: (-reason.contribution, reason.feature)))


def _best(
    considered: _Considered, allowed: np.ndarray, possible: np.ndarray, k: int, shares: dict[str, float]
) -> list[_Placed]:
    """Return every candidate whose free time was searched, highest score first, ties by id; the first k are the best.

    Searching a calendar costs more than all other features, so it goes from the highest possible score down, and ends
    where no candidate left can reach the k-th score found.
    """
    request, pool, bounds = considered.request, considered.pool, considered.features["availability"]
    found: list[_Placed] = []
    for order in best_first(possible, considered.rows[allowed]):
        if len(found) >= k and found[k - 1].score > possible[order]:
            break
        place = int(allowed[order])
        slot = first_slot(request, pool, int(considered.rows[place]))
        soon = availability(slot, request)
        score = round(float(possible[order]) - shares["availability"] * (float(bounds[place]) - soon), 9)
        found.append(_Placed(place, score, slot, soon))
        found.sort(key=lambda one: (-one.score, one.place))  # rows, and so places, are in the order of ids
    return found


def _excluded(considered: _Considered, rules: Sequence[Rule | None], scores: np.ndarray) -> tuple[Excluded, ...]:
    removed = [(place, rule) for place, rule in enumerate(rules) if rule]
    places = np.array([place for place, _ in removed], dtype=np.int64)
    rows = considered.rows[places]
    best = best_first(scores[places], rows)[:EXCLUDED_AMONG]
    return tuple(_named(considered.request, considered.pool, int(rows[one]), removed[one][1]) for one in best)


def _named(request: MentorRequest, pool: MentorPool, row: int, rule: Rule) -> Excluded:
    until = _day(pool.offers[row].paused_until, request)
    return excluded_mentor(pool.offers[row].mentor_id, rule, pool.people[row].name, request.language, until)


def _day(at: datetime | None, request: MentorRequest) -> date | None:
    return at.astimezone(zone_of(request.mentee_zone)).date() if at else None
