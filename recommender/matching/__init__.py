"""A whole cohort of mentees matched with mentors at once: `match_cohort(MatchProblem(...))` gives a `Matching`.

First as many mentees as can be, then as few poor pairs as can be, then the best total score; exact, or with the gap to
the optimum proven by prices. Equal answers are chosen by id.
"""

from recommender.matching.outcome import Matching, Pair
from recommender.matching.problem import MatchProblem
from recommender.matching.solve import match_cohort

__all__ = ["MatchProblem", "Matching", "Pair", "match_cohort"]
