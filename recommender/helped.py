"""What helped people whose sessions were about the same topics: item-item likeness over all that was held.

Source: Sarwar et al., Item-based collaborative filtering recommendation algorithms, WWW 2001; shrinkage as in
Bell and Koren, Scalable collaborative filtering with jointly derived neighborhood interpolation weights, ICDM 2007.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix

from domain.feedback import Feedback
from domain.sessions import MentoringSession

ENOUGH_PEOPLE = 5  # below it a likeness would point at people. Source: RELIABILITY.md R15
GOOD_RATING = 4.0  # from this mean of a person's own ratings on, the topic helped that person
_SHRUNK_BY = 10  # so many people behind a likeness give half of it
_Pairs = dict[tuple[str, str], list[int]]  # (person id, topic id) -> ratings by the person


@dataclass(frozen=True, slots=True, eq=False)
class HelpedTopics:
    """How far people of one topic were helped by another; make it with `build_helped_topics`.

    Parameters
    ----------
    likeness
        Shape (n, n), 0..1: row the topic that people had talked about, column the one that helped them too.
    """

    row_of: dict[str, int]
    likeness: np.ndarray

    def of(self, own_ids: Sequence[str]) -> dict[str, float]:
        """Return by topic id 1 - product of (1 - likeness) over the person's own topics; these are left out."""
        own = self._rows(own_ids)
        values = 1 - np.prod(1 - self.likeness[own], axis=0)
        return {topic: float(values[row]) for topic, row in self.row_of.items() if row not in own and values[row] > 0}

    def strongest(self, own_ids: Sequence[str], topic_id: str) -> str | None:
        """Return which own topic says most for another one, ties by id; None where none does."""
        row = self.row_of.get(topic_id)
        known = sorted(id for id in own_ids if id in self.row_of)
        if row is None or not known:
            return None
        best = max(known, key=lambda id: self.likeness[self.row_of[id], row])
        return best if self.likeness[self.row_of[best], row] > 0 else None

    def _rows(self, topic_ids: Sequence[str]) -> list[int]:
        return sorted({self.row_of[topic_id] for topic_id in topic_ids if topic_id in self.row_of})


def build_helped_topics(sessions: Sequence[MentoringSession], feedback: Sequence[Feedback]) -> HelpedTopics:
    """Return the likeness of every two topics that were talked about.

    For topics i and j it is b / sqrt(n_i n_j) * b / (b + 10), with n the people who talked about a topic and b those
    who talked about i and whom j helped; it is 0 while b is below `ENOUGH_PEOPLE`.
    """
    ratings = _ratings(sessions, feedback)
    row_of = {topic_id: row for row, topic_id in enumerate(sorted({topic_id for _, topic_id in ratings}))}
    held = _matrix(ratings, row_of, lambda given: True)
    helped = _matrix(ratings, row_of, lambda given: bool(given) and sum(given) / len(given) >= GOOD_RATING)
    both = np.asarray((held.T @ helped).todense(), dtype=np.float64)
    both[both < ENOUGH_PEOPLE] = 0
    people = np.asarray(held.sum(axis=0)).ravel()
    cosine = both / np.sqrt(np.outer(people, people))
    return HelpedTopics(row_of, cosine * both / (both + _SHRUNK_BY))


def _ratings(sessions: Sequence[MentoringSession], feedback: Sequence[Feedback]) -> _Pairs:
    """Return every person who talked about a topic as a mentee, with the ratings that person gave."""
    by_session: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for word in feedback:
        by_session[word.session_id, word.author_id].append(word.rating)
    ratings: _Pairs = {}
    for session in sessions:
        if session.was_held:
            for person_id in session.mentee_ids:
                given = by_session.get((session.id, person_id), [])
                ratings.setdefault((person_id, session.topic_id), []).extend(given)
    return ratings


def _matrix(ratings: _Pairs, row_of: dict[str, int], counts: Callable[[list[int]], bool]) -> csr_matrix:
    """Return people by topics, 1 where the ratings of a person on a topic count."""
    people = {person_id: place for place, person_id in enumerate(sorted({person_id for person_id, _ in ratings}))}
    places = [(people[person], row_of[topic]) for (person, topic), given in ratings.items() if counts(given)]
    rows, columns = np.array(places, dtype=np.int64).reshape(-1, 2).T
    return csr_matrix((np.ones(len(places)), (rows, columns)), shape=(len(people), len(row_of)))
