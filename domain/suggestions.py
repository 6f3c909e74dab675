"""What a ranking is asked with, and what it answers: suggestions with reasons, and what was left out by which rule."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.errors import InvalidInput
from domain.language import Language
from domain.people import MAX_GOAL_CHARACTERS

MAX_NEED_CHARACTERS = 2_000
MAX_GOAL_ROLE_CHARACTERS = 300


class NeedKind(StrEnum):
    """Where a need comes from."""

    TYPED = "typed"
    GOAL = "goal"
    SKILL_GAP = "skill_gap"
    FEEDBACK = "feedback"


@dataclass(frozen=True, slots=True)
class Need:
    """What a ranking is asked with: a text of the person, or a skill gap (then `skill_id` and `gap_levels` 1-4)."""

    kind: NeedKind
    text: str
    language: Language
    weight: float = 1.0
    skill_id: str | None = None
    gap_levels: int = 0


class Rule(StrEnum):
    """Hard rules: each removes a candidate and is named beside it."""

    ALREADY_BOOKED = "already_booked"
    DONE_LATELY = "done_lately"
    PASSED = "passed"
    NO_MENTOR = "no_mentor"
    RETIRED = "retired"
    SELF = "self"
    OWN_MANAGER = "own_manager"
    OWN_REPORT = "own_report"
    INACTIVE = "inactive"
    PAUSED = "paused"
    NO_CAPACITY = "no_capacity"
    NO_COMMON_LANGUAGE = "no_common_language"
    NO_COMMON_FORMAT = "no_common_format"
    NOT_OFFERED = "not_offered"
    BLOCKED = "blocked"
    CONFLICT_OF_INTEREST = "conflict_of_interest"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a suggestion is shown: the feature that moved the score, by how much, in words of one language."""

    feature: str
    contribution: float
    text: str


@dataclass(frozen=True, slots=True)
class Missing:
    """What a suggestion lacks, in words of one language: said beside the reasons, so that nobody finds out too late."""

    feature: str
    text: str


@dataclass(frozen=True, slots=True)
class Excluded:
    """A candidate that a rule removed. `candidate_id` is a topic id or a mentor's person id."""

    candidate_id: str
    rule: Rule
    text: str


@dataclass(frozen=True, slots=True)
class MentorSuggestion:
    """A mentor for a topic; `next_slot` is UTC, None when no time is free within the horizon."""

    mentor_id: str
    rank: int
    score: float
    features: dict[str, float]
    reasons: tuple[Reason, ...]
    next_slot: datetime | None
    missing: tuple[Missing, ...] = ()


@dataclass(frozen=True, slots=True)
class TopicSuggestion:
    """A topic for a person, with the mentors who may help and those a rule removed."""

    topic_id: str
    rank: int
    score: float
    features: dict[str, float]
    reasons: tuple[Reason, ...]
    mentors: tuple[MentorSuggestion, ...] = ()
    excluded_mentors: tuple[Excluded, ...] = ()


@dataclass(frozen=True, slots=True)
class SuggestionSet:
    """One answer as shown: what was asked, what was suggested, what was excluded, under which versions."""

    id: str
    person_id: str | None
    need: str
    language: Language
    asked_at: datetime
    catalog_version: int
    encoder_id: str
    topics: tuple[TopicSuggestion, ...]
    excluded: tuple[Excluded, ...]


def check_need(text: str) -> str:
    """Return the need trimmed; raise InvalidInput when it is empty, too long, or holds control characters."""
    return _checked("need", text, MAX_NEED_CHARACTERS, "Say in a sentence what you want to get better at.")


def check_goal(text: str) -> str:
    """Return the goal trimmed; raise InvalidInput as `check_need` does."""
    return _checked("goal", text, MAX_GOAL_CHARACTERS, "Say in a sentence what you want to get better at.")


def check_goal_role(text: str) -> str:
    """Return the role that a person wants trimmed; raise InvalidInput as `check_need` does."""
    return _checked("goal role", text, MAX_GOAL_ROLE_CHARACTERS, "Say in a few words which role you want.")


def _checked(name: str, text: str, longest: int, begin: str) -> str:
    if "\x00" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise InvalidInput(name, "be plain text", "control characters", "Remove them and ask again.")
    trimmed = text.strip()
    if not any(character.isalnum() for character in trimmed):
        raise InvalidInput(name, "hold a few words", "nothing readable", begin)
    if len(trimmed) > longest:
        rule, got = f"be at most {longest} characters", f"{len(trimmed)} characters"
        raise InvalidInput(name, rule, got, "Shorten it to the one thing that matters most.")
    return trimmed
