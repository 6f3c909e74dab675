"""What a person takes up next: what goes with, follows and resembles the last entries, weighed as the past teaches."""

from collections.abc import Mapping, Sequence

import numpy as np

from recommender.evaluate.learnt import Example, LearntRanker, learn_ranker
from recommender.evaluate.tasks import Encode, NextTopicTask, Visit
from recommender.evaluate.visit_space import History, VisitSpace, in_order
from recommender.fusion import min_max, weighted_sum

TAUGHT_BY = 500
POOL_SIZE = 200
FIRST_WEIGHTS = {
    "together": 1.0,
    "follows": 1.0,
    "together_last": 0.5,
    "follows_last": 0.5,
    "alike": 0.3,
    "popular": 0.3,
}
"""Which entries are worth a closer look, before anything is learnt."""


def rank_next_topics(task: NextTopicTask, encode: Encode) -> np.ndarray:
    """Return a score per person and entry, shape (persons, entries).

    The ranker is learnt from the visits alone: the last visit of some people is hidden and has to be found.
    """
    vectors = encode([entry.whole for entry in task.entries])
    row_of = {entry.id: row for row, entry in enumerate(task.entries)}
    ranker = _learn(task.visits, row_of, vectors)
    space = VisitSpace(task.visits, row_of, vectors)
    return np.stack([_scores(space, space.histories.get(person, []), ranker) for person in task.person_ids])


def _scores(space: VisitSpace, history: History, ranker: LearntRanker | None) -> np.ndarray:
    """Return 0..1 for the entries worth a closer look, less than 0 for the others."""
    features = space.features(history)
    scores = min_max(weighted_sum(features, FIRST_WEIGHTS)) - 1.0
    if ranker is not None:
        pool = _pool(features, history)
        scores[pool] = ranker.scores(_table(features, pool))
    return np.asarray(scores)


def _learn(visits: Sequence[Visit], row_of: Mapping[str, int], vectors: np.ndarray) -> LearntRanker | None:
    """Return a ranker taught by people spread evenly over all; None where nothing can be learnt."""
    hidden = _last_visits([visit for visit in visits if visit.entry_id in row_of])
    hidden_visits = frozenset(hidden.values())
    space = VisitSpace([visit for visit in visits if visit not in hidden_visits], row_of, vectors)
    found = ((space.histories.get(person, []), row_of[visit.entry_id]) for person, visit in sorted(hidden.items()))
    return learn_ranker([_example(space, known, wanted) for known, wanted in found if known and wanted not in known])


def _last_visits(visits: Sequence[Visit]) -> dict[str, Visit]:
    """Return the last visit of at most `TAUGHT_BY` people and at most every third, by person.

    Were it of everybody, the space that teaches would lack the last steps that the space in use has.
    """
    last = {visit.person_id: visit for visit in in_order(visits)}
    people = sorted(last)
    return {person: last[person] for person in people[:: max(3, -(-len(people) // TAUGHT_BY))]}


def _example(space: VisitSpace, known: History, wanted: int) -> Example:
    features = space.features(known)
    pool = _pool(features, known)
    return _table(features, pool), pool == wanted


def _pool(features: dict[str, np.ndarray], history: History) -> np.ndarray:
    """Return the rows with the best first scores that the person has not taken up, at most `POOL_SIZE`."""
    first = weighted_sum(features, FIRST_WEIGHTS)
    first[list(history)] = -np.inf
    best = np.argsort(-first, kind="stable")[:POOL_SIZE]
    return np.asarray(best[first[best] > -np.inf])


def _table(features: dict[str, np.ndarray], rows: np.ndarray) -> np.ndarray:
    return np.stack([features[name][rows] for name in sorted(features)], axis=1)
