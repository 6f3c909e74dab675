"""What mentees thought of a mentor, held back until enough of them have spoken."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from domain.feedback import Feedback
from domain.sessions import MentoringSession

ENOUGH_RATERS = 5  # below it a mean would point at people. Source: RELIABILITY.md R15
PRIOR_RATERS = 5  # how many raters the mean over all mentors stands for
NEUTRAL_RATING = 4.0  # where nobody has rated anybody yet


@dataclass(frozen=True, slots=True, eq=False)
class Ratings:
    """By row: the mean 1..5 over each rater's own mean, how many raters, and the mean smoothed towards all mentors'."""

    means: np.ndarray
    raters: np.ndarray
    smoothed: np.ndarray

    @property
    def may_be_shown(self) -> np.ndarray:
        return np.asarray(self.raters >= ENOUGH_RATERS)


def mentor_ratings(
    feedback: Sequence[Feedback], sessions: Sequence[MentoringSession], row_of: dict[str, int]
) -> Ratings:
    """Return the ratings by mentees of their mentors.

    Each rater counts once, by the mean of own ratings. The smoothed mean is (P prior + n mean) / (P + n) for n raters,
    with the mean over all raters as prior; it is the prior itself below `ENOUGH_RATERS`.
    Source: Bayesian average with P = PRIOR_RATERS.
    """
    by_rater = _means_by_rater(feedback, sessions, row_of)
    raters, sums = np.zeros(len(row_of)), np.zeros(len(row_of))
    for (row, _), mean in by_rater.items():
        raters[row] += 1
        sums[row] += mean
    prior = sums.sum() / raters.sum() if by_rater else NEUTRAL_RATING
    smoothed = np.where(raters >= ENOUGH_RATERS, (PRIOR_RATERS * prior + sums) / (PRIOR_RATERS + raters), prior)
    means = np.where(raters > 0, sums / np.maximum(raters, 1), prior)
    return Ratings(means, raters.astype(np.int64), smoothed)


def _means_by_rater(
    feedback: Sequence[Feedback], sessions: Sequence[MentoringSession], row_of: dict[str, int]
) -> dict[tuple[int, str], float]:
    of_session = {session.id: session for session in sessions if session.mentor_id in row_of}
    given: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
    for word in feedback:
        session = of_session.get(word.session_id)
        if session and word.author_id in session.mentee_ids:
            given[row_of[session.mentor_id], word.author_id].append(word.rating)
    return {key: sum(ratings) / len(ratings) for key, ratings in given.items()}
