"""What people asked for before a day, read without looking at any text: popularity and item-kNN."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from scipy.sparse import csr_matrix

from recommender.incidence import incidence, unit_columns


class Habits:
    """Who asked for what, candidates being topics or mentors.

    Parameters
    ----------
    taken
        (person id, candidate id) for each time that somebody asked; candidates outside `candidate_ids` are left out.
    """

    def __init__(self, candidate_ids: Sequence[str], taken: Iterable[tuple[str, str]]) -> None:
        row_of = {key: row for row, key in enumerate(candidate_ids)}
        by_person: defaultdict[str, list[int]] = defaultdict(list)
        for person_id, key in taken:
            if key in row_of:
                by_person[person_id].append(row_of[key])
        self._row_of = row_of
        self._by_person: Mapping[str, list[int]] = by_person
        self.popularity = np.bincount(
            [row for rows in by_person.values() for row in rows], minlength=len(candidate_ids)
        ).astype(np.float64)
        self._unit: csr_matrix = unit_columns(incidence(by_person.values(), len(candidate_ids)))

    def times(self, candidate_id: str) -> int:
        """Return how often somebody asked for the candidate; 0 for one that is not known."""
        row = self._row_of.get(candidate_id)
        return 0 if row is None else int(self.popularity[row])

    def together(self, person_id: str) -> np.ndarray:
        """Return for each candidate the summed cosine of its takers with those of all that the person took."""
        chosen = np.zeros(len(self.popularity))
        chosen[self._by_person.get(person_id, [])] = 1.0
        return np.asarray(self._unit.T @ (self._unit @ chosen))
