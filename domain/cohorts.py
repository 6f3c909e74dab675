"""Cohorts: many mentees whom HR matches with mentors at once, and the proposals that came of it."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from domain.errors import InvalidInput
from domain.sessions import check_minutes

DEFAULT_FLOOR = 0.06  # every tenth pair with a topic in common scores less in the demo company
MAX_NAME_CHARACTERS = 80
_GOOD, _VERY_GOOD = 0.11, 0.15  # half and nine tenths of such pairs score less


class Why(StrEnum):
    """Why a mentee is matched with nobody; the first that is true."""

    NO_CANDIDATE = "no_candidate"  # the rules leave no mentor of a fitting topic
    FORBIDDEN = "forbidden"  # HR has forbidden every one of them
    NO_PLACES = "no_places"  # none of them takes anybody
    MENTORS_FULL = "mentors_full"  # others have all their places


class Fit(StrEnum):
    """How well a pair fits, in a word."""

    VERY_GOOD = "very_good"
    GOOD = "good"
    FAIR = "fair"
    POOR = "poor"


class ProposalStatus(StrEnum):
    """How far a proposal has come."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True)
class Cohort:
    """Whom to match, and how.

    Parameters
    ----------
    per_mentor
        How many mentees a mentor gets at most; None leaves it to the minutes that each offers.
    floor
        Score below which a match is poor, 0..1.
    pins, forbids
        Pairs (mentee id, mentor id) that HR wants in any case, and that HR does not want.
    """

    id: str
    name: str
    mentee_ids: tuple[str, ...]
    per_mentor: int | None
    minutes: int
    floor: float
    created_at: datetime
    pins: frozenset[tuple[str, str]] = field(default_factory=frozenset)
    forbids: frozenset[tuple[str, str]] = field(default_factory=frozenset)

    def __post_init__(self) -> None:
        check_minutes(self.minutes)
        if self.per_mentor is not None and self.per_mentor < 1:
            action = "Say how many mentees a mentor may get, or leave it out."
            raise InvalidInput("per-mentor", "be 1 or more", self.per_mentor, action)
        if not self.mentee_ids:
            raise InvalidInput("cohort", "hold at least one mentee", "nobody", "Choose other people or import them.")
        if not self.name.strip() or len(self.name) > MAX_NAME_CHARACTERS:
            raise InvalidInput("name", f"have 1 to {MAX_NAME_CHARACTERS} characters", len(self.name))


@dataclass(frozen=True, slots=True)
class ProposedPair:
    """A mentee with a mentor about a topic."""

    mentee_id: str
    mentor_id: str
    topic_id: str
    score: float
    is_pinned: bool = False


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A mentee with nobody; `mentor_ids` are up to five who would fit best, best first."""

    mentee_id: str
    why: Why
    mentor_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """Who could talk with whom; nothing is arranged before HR approves it.

    Parameters
    ----------
    objective, bound
        Sum of the scores, and what it could be at most with as many pairs.
    """

    cohort_id: str
    number: int
    pairs: tuple[ProposedPair, ...]
    unmatched: tuple[Unmatched, ...]
    objective: float
    bound: float
    made_at: datetime
    status: ProposalStatus = ProposalStatus.PROPOSED

    @property
    def key(self) -> str:
        """How HR names it: the cohort and the number."""
        return f"{self.cohort_id}-{self.number}"

    @property
    def share_of_bound(self) -> float:
        return self.objective / self.bound if self.bound > 0 else 1.0


def fit_of(score: float, floor: float) -> Fit:
    """Return the word for a score; below the floor it is poor whatever else."""
    if score < floor:
        return Fit.POOR
    if score >= _VERY_GOOD:
        return Fit.VERY_GOOD
    return Fit.GOOD if score >= _GOOD else Fit.FAIR


def read_key(key: str) -> tuple[str, int]:
    """Return (cohort id, number) of a proposal's key; raise InvalidInput when it is none."""
    cohort_id, _, number = key.rpartition("-")
    if not cohort_id or not number.isdecimal():
        raise InvalidInput("proposal", "be named as `halfhour match` printed it", key, "For example 4f1a09c2-1.")
    return cohort_id, int(number)
