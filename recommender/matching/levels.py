"""Three aims in one integer: more matches before fewer poor ones before more score, and equal scores by id.

The difference between two matchings falls into exchange paths, and a path passes each mentor at most once, so it
changes at most min(mentees, mentors) + 1 pairs. An aim that outweighs so many of the next lower one can never be traded
for it (the exchange argument of min-cost flow).
"""

from dataclasses import dataclass

import numpy as np

STEPS = 100_000  # a score counts in steps of 0.00001
_LARGEST = 1 << 61  # worths times nodes stay below: the flow solver multiplies costs by the number of nodes


@dataclass(frozen=True, slots=True)
class Levels:
    """What one step of score, one match that is not poor, and one match are worth; make it with `levels_for`."""

    mentees: int
    mentors: int
    ties: int
    step: int
    not_poor: int
    match: int

    def worths(self, rows: np.ndarray, columns: np.ndarray, scores: np.ndarray, floor: float) -> np.ndarray:
        """Return what each pair is worth to the matching as int64; always above 0, which is being left out.

        Among equal scores, low rows with low columns are worth a little more.
        """
        worths = np.rint(scores.astype(np.float64) * STEPS).astype(np.int64) * self.step
        worths += self.match - STEPS * self.step
        worths -= np.where(scores < floor, self.not_poor, 0)
        if self.ties > 1:
            low = (self.mentees - rows.astype(np.int64)) * (self.mentors - columns)
            worths += low * (self.ties - 1) // (self.mentees * self.mentors)
        return worths

    def score(self, worth: int) -> float:
        """Return the score that a difference of worths is, where it is one of score alone."""
        return worth / self.step / STEPS


def levels_for(mentees: int, mentors: int) -> Levels:
    """Return the levels of a problem of this size; the larger it is, the fewer ties can be told apart (1: none)."""
    longest = min(mentees, mentors) + 2
    nodes = mentees + mentors + 2
    room = _LARGEST // (longest * (longest + 1) * (STEPS + 1) * nodes)
    ties = max(1, min(room // longest, mentees * mentors))
    step = longest * ties if ties > 1 else 1
    not_poor = longest * (STEPS * step + ties)
    return Levels(mentees, mentors, ties, step, not_poor, longest * (not_poor + STEPS * step + ties))
