"""What a person takes up next: what goes with, follows and resembles the last entries, weighed as the past teaches."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from recommender.evaluate.tasks import Encode, NextTopicTask, Visit
from recommender.evaluate.visit_space import History, VisitSpace, in_order
from recommender.fusion import min_max, weighted_sum
from recommender.learnt_ranker import Example, LearntRanker, learn_ranker

TAUGHT_BY = 1000
POOL_SIZE = 200
TIE_BREAK = 1e-3
FIRST_WEIGHTS = {
    "together": 1.0,
    "follows": 1.0,
    "together_last": 0.5,
    "follows_last": 0.5,
    "alike": 0.3,
    "popular": 0.3,
}
"""Which entries are worth a closer look, before anything is learnt."""
SIMPLE = "together_last"
"""Item-kNN on the last entry: what is learnt has to beat it on people whom it was not taught by."""
FEATURES = (*FIRST_WEIGHTS, "alike_last", "recent")


def rank_next_topics(task: NextTopicTask, encode: Encode, without: frozenset[str] = frozenset()) -> np.ndarray:
    """Return a score per person and entry, shape (persons, entries).

    The ranker is learnt from the visits alone: the last visit of some people is hidden and has to be found. Where that
    does no better than item-kNN on the last entry, item-kNN ranks.

    Parameters
    ----------
    without
        Names of `FEATURES` to leave out.
    """
    vectors = encode([entry.whole for entry in task.entries])
    row_of = {entry.id: row for row, entry in enumerate(task.entries)}
    ranker = _learn(task.visits, row_of, vectors, without)
    space = VisitSpace(task.visits, row_of, vectors)
    return np.stack([_scores(space, space.histories.get(person, []), ranker, without) for person in task.person_ids])


def _scores(space: VisitSpace, history: History, ranker: LearntRanker | None, without: frozenset[str]) -> np.ndarray:
    """Return 0..1 for the entries worth a closer look, less than 0 for the others."""
    features = space.features(history)
    first = min_max(weighted_sum(features, FIRST_WEIGHTS))
    if ranker is None:
        return np.asarray(min_max(features[SIMPLE]) + first * TIE_BREAK - 2.0)
    pool = _pool(features, history)
    scores = first - 1.0
    scores[pool] = ranker.scores(_table(features, pool, without))
    return np.asarray(scores)


@dataclass(frozen=True, slots=True, eq=False)
class _Lesson:
    """A hidden visit: what is known of the entries worth a closer look, and which of them it was."""

    example: Example
    simple: np.ndarray


def _learn(
    visits: Sequence[Visit], row_of: Mapping[str, int], vectors: np.ndarray, without: frozenset[str]
) -> LearntRanker | None:
    """Return a ranker taught by people spread evenly over all; None where nothing can be learnt that helps."""
    lessons = _lessons(visits, row_of, vectors, without)
    return learn_ranker([lesson.example for lesson in lessons]) if _is_worth_it(lessons) else None


def _lessons(
    visits: Sequence[Visit], row_of: Mapping[str, int], vectors: np.ndarray, without: frozenset[str] = frozenset()
) -> list[_Lesson]:
    """Return what hidden visits teach, seen from a space that does not know them."""
    hidden = _last_visits([visit for visit in visits if visit.entry_id in row_of])
    hidden_visits = frozenset(hidden.values())
    space = VisitSpace([visit for visit in visits if visit not in hidden_visits], row_of, vectors)
    found = ((space.histories.get(person, []), row_of[visit.entry_id]) for person, visit in sorted(hidden.items()))
    return [_lesson(space, known, wanted, without) for known, wanted in found if known and wanted not in known]


def _is_worth_it(lessons: Sequence[_Lesson]) -> bool:
    """Say whether half of the lessons teach to find the visits of the other half earlier than item-kNN does."""
    ranker = learn_ranker([lesson.example for lesson in lessons[::2]])
    if ranker is None:
        return False
    asked = lessons[1::2]
    learnt = sum(_found_at(ranker.scores(lesson.example[0]), lesson.example[1]) for lesson in asked)
    return learnt > sum(_found_at(lesson.simple, lesson.example[1]) for lesson in asked)


def _found_at(scores: np.ndarray, wanted: np.ndarray) -> float:
    """Return what nDCG gives for the place of the one that is wanted; 0 where it is not among the candidates."""
    if not wanted.any():
        return 0.0
    place = int((scores > scores[wanted].max()).sum()) + 1
    return float(1.0 / np.log2(1.0 + place))


def _last_visits(visits: Sequence[Visit]) -> dict[str, Visit]:
    """Return the last visit of at most `TAUGHT_BY` people and at most every third, by person.

    Were it of everybody, the space that teaches would lack the last steps that the space in use has.
    """
    last = {visit.person_id: visit for visit in in_order(visits)}
    people = sorted(last)
    return {person: last[person] for person in people[:: max(3, -(-len(people) // TAUGHT_BY))]}


def _lesson(space: VisitSpace, known: History, wanted: int, without: frozenset[str]) -> _Lesson:
    features = space.features(known)
    pool = _pool(features, known)
    return _Lesson((_table(features, pool, without), pool == wanted), features[SIMPLE][pool])


def _pool(features: dict[str, np.ndarray], history: History) -> np.ndarray:
    """Return the rows with the best first scores that the person has not taken up, at most `POOL_SIZE`."""
    first = weighted_sum(features, FIRST_WEIGHTS)
    first[list(history)] = -np.inf
    best = np.argsort(-first, kind="stable")[:POOL_SIZE]
    return np.asarray(best[first[best] > -np.inf])


def _table(features: dict[str, np.ndarray], rows: np.ndarray, without: frozenset[str]) -> np.ndarray:
    return np.stack([features[name][rows] for name in sorted(features) if name not in without], axis=1)
