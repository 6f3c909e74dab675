"""How far what mentors said and did is like a need: their own words, and what they were asked before."""

from dataclasses import dataclass
from datetime import datetime

import numpy as np

from recommender.mentor_pool import MentorPool
from recommender.requests import MentorRequest
from recommender.topic_reasons import LIKE_ENOUGH

HALF_LIFE_DAYS = 180  # what was done half a year ago says half as much
BEST_TEXTS = 3
BEST_SHARE = 0.75  # of the very best text; the rest is the mean of the best three, where those that are not there are 0
_DAY_SECONDS = 86_400


@dataclass(frozen=True, slots=True, eq=False)
class TopicFits:
    """By candidate: the fit 0..1, the best similarity of own words and of past needs, and where own words are best.

    Parameters
    ----------
    own_text
        Place of that sentence in `MentorPool.evidence`, -1 for none.
    own_need
        Place of the need it is like, in the request.
    """

    fit: np.ndarray
    own: np.ndarray
    past: np.ndarray
    own_text: np.ndarray
    own_need: np.ndarray


def topic_fits(request: MentorRequest, pool: MentorPool, rows: np.ndarray) -> TopicFits:
    """Return how like the needs the evidence of these mentors is; `rows` ascend.

    A biography counts by its one sentence that fits best, however long it is; a past need counts by itself and fades.
    Among the mentor's similarities the best and the mean of the best three are combined: more evidence never harms.
    """
    count, (start, middle, end) = len(rows), pool.places.get(request.topic.id, (0, 0, 0))
    by_need = _by_need(request, pool, slice(start, end))
    place_of = np.full(len(pool.offers), -1)
    place_of[rows] = np.arange(count)
    own, askers = place_of[pool.evidence.owners[start:middle]], place_of[pool.evidence.owners[middle:end]]
    similar, faded = by_need[:, : middle - start].max(axis=0), by_need[:, middle - start :].max(axis=0)
    faded = faded * faded_since(pool.asked_at[middle:end], request.now)
    best = _best_places(own, similar, count)
    own_best = np.append(similar, 0.0)[best]
    candidates, values = np.append(np.arange(count), askers[askers >= 0]), np.append(own_best, faded[askers >= 0])
    return TopicFits(
        fit=_combined(candidates, values, count),
        own=own_best,
        past=_highest(askers, faded, count),
        own_text=np.where(best < 0, -1, start + best),
        own_need=np.append(by_need[:, : middle - start].argmax(axis=0), 0)[best],
    )


def faded_since(seconds: np.ndarray, now: datetime) -> np.ndarray:
    """Return 1 for now and later, halved with every 180 days before."""
    return np.asarray(0.5 ** (np.maximum(now.timestamp() - seconds, 0) / _DAY_SECONDS / HALF_LIFE_DAYS))


def _by_need(request: MentorRequest, pool: MentorPool, places: slice) -> np.ndarray:
    """Return the similarity of each need, times its weight, to each text: shape (needs, places); zeros for no need.

    A likeness too faint to be said as a reason counts as none: a sentence about nothing in particular gains nothing.
    """
    if not request.needs:
        return np.zeros((1, places.stop - places.start))
    weights = np.clip([need.need.weight for need in request.needs], 0.0, 1.0)
    found = pool.evidence.similarities(request.needs, places)
    return np.asarray(np.where(found >= LIKE_ENOUGH, found, 0.0) * weights[:, None])


def _best_places(candidates: np.ndarray, values: np.ndarray, count: int) -> np.ndarray:
    """Return for each candidate where its highest value stands, the first of equals; -1, the last place, for none.

    Parameters
    ----------
    candidates
        Whose each value is; -1 for nobody's.
    """
    best = np.full(count + 1, -1, dtype=np.int64)
    order = np.lexsort((-np.arange(len(values)), values))
    best[candidates[order]] = order  # of several writes to one place the last, and so the highest, stays
    return best[:count]


def _highest(candidates: np.ndarray, values: np.ndarray, count: int) -> np.ndarray:
    highest = np.zeros(count + 1)  # the last is nobody's
    np.maximum.at(highest, candidates, values)
    return highest[:count]


def _combined(candidates: np.ndarray, values: np.ndarray, count: int) -> np.ndarray:
    """Return by candidate 3/4 of the highest value and 1/4 of the mean of the three highest, missing ones being 0."""
    order = np.lexsort((-values, candidates))
    owners, ordered = candidates[order], values[order]
    is_among = np.arange(len(order)) - np.searchsorted(owners, owners) < BEST_TEXTS
    means = np.bincount(owners[is_among], weights=ordered[is_among], minlength=count) / BEST_TEXTS
    return np.asarray(BEST_SHARE * _highest(candidates, values, count) + (1 - BEST_SHARE) * means)
