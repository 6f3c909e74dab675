"""Employees: who they are, what they can, what they want, what they offer as mentors."""

from dataclasses import dataclass, field
from datetime import datetime, time
from enum import StrEnum

from domain.errors import InvalidInput
from domain.language import Language, LocalText
from domain.origins import Origin

MAX_LEVEL = 4
MAX_GOAL_CHARACTERS = 4_000
LIKELY_COUNTS = 0.5


class Role(StrEnum):
    """What a person may do in the product; one person may have several."""

    MENTEE = "mentee"
    MENTOR = "mentor"
    HR = "hr"
    ADMIN = "admin"


class Format(StrEnum):
    """How a mentoring session is held."""

    ONE_TO_ONE = "one-to-one"
    CHAT = "chat"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class Person:
    """An employee, whatever the role.

    `zone` is an IANA name, `locale` the language of pages and mails, `languages` those the person can talk in.
    """

    id: str
    name: str
    email: str
    locale: Language
    languages: frozenset[Language]
    zone: str
    department: str
    job_title: str = ""
    manager_id: str | None = None
    target_role_id: str | None = None
    roles: frozenset[Role] = frozenset({Role.MENTEE})
    is_active: bool = True


@dataclass(frozen=True, slots=True)
class Skill:
    """A named ability, held at level 0 (none) to 4 (teaches it)."""

    id: str
    name: LocalText


@dataclass(frozen=True, slots=True)
class HeldSkill:
    """The level 0-4 at which a person says to hold a skill."""

    person_id: str
    skill_id: str
    level: int

    def __post_init__(self) -> None:
        check_level(self.level)


@dataclass(frozen=True, slots=True)
class LevelChange:
    """From `at` on a person holds a skill at this level 0-4."""

    person_id: str
    skill_id: str
    at: datetime
    level: int

    def __post_init__(self) -> None:
        check_level(self.level)


@dataclass(frozen=True, slots=True)
class RoleProfile:
    """A job role and the skill levels 1-4 that it requires."""

    id: str
    title: LocalText
    summary: LocalText
    required_levels: dict[str, int]
    origin: Origin = Origin.COMPANY

    def __post_init__(self) -> None:
        for level in self.required_levels.values():
            check_level(level)


@dataclass(frozen=True, slots=True)
class SkillGap:
    """Level wanted minus level held, for one skill; always positive.

    `is_likely`: wanted by roles like the one the person described, not by a target role that was chosen.
    """

    skill_id: str
    held_level: int
    wanted_level: int
    is_likely: bool = False

    @property
    def size(self) -> int:
        return self.wanted_level - self.held_level

    @property
    def severity(self) -> float:
        """Return the size as a share of four levels; half of it where role and level are a guess."""
        return self.size / MAX_LEVEL * (LIKELY_COUNTS if self.is_likely else 1.0)


@dataclass(frozen=True, slots=True)
class Goal:
    """What a mentee wrote, in own words."""

    id: str
    person_id: str
    text: str
    language: Language
    created_at: datetime
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class GoalRole:
    """The role that a person wants, in own words; as private as a goal."""

    person_id: str
    text: str
    language: Language


@dataclass(frozen=True, slots=True)
class WeeklyHours:
    """A stretch of a weekday (0 = Monday) in the mentor's own zone when sessions may be held."""

    weekday: int
    start: time
    end: time

    def __post_init__(self) -> None:
        if not 0 <= self.weekday <= 6:
            raise InvalidInput("weekday", "be 0 (Monday) to 6 (Sunday)", self.weekday)
        if self.start >= self.end:
            raise InvalidInput("weekly hours", "end after they start", f"{self.start:%H:%M}-{self.end:%H:%M}")


@dataclass(frozen=True, slots=True)
class MentorOffer:
    """What a mentor gives: topics, minutes a week, formats, hours, and a biography in own words."""

    mentor_id: str
    topic_ids: frozenset[str]
    capacity_minutes_per_week: int
    formats: frozenset[Format]
    biography: str
    language: Language
    weekly_hours: tuple[WeeklyHours, ...] = field(default=())
    paused_until: datetime | None = None

    def __post_init__(self) -> None:
        if self.capacity_minutes_per_week < 0:
            raise InvalidInput("capacity_minutes_per_week", "be 0 or more", self.capacity_minutes_per_week)


def check_level(level: int) -> None:
    """Raise InvalidInput unless `level` is a whole number 0-4."""
    if not 0 <= level <= MAX_LEVEL:
        raise InvalidInput("level", f"be 0 to {MAX_LEVEL}", level)


def skill_gaps(held: dict[str, int], target: RoleProfile | None) -> list[SkillGap]:
    """Return the gaps towards the target role, largest first, ties by skill id; none without a target.

    Parameters
    ----------
    held
        Level 0-4 by skill id; a skill that is not named counts as level 0.
    """
    if target is None:
        return []
    gaps = [SkillGap(skill, held.get(skill, 0), wanted) for skill, wanted in target.required_levels.items()]
    return sorted((gap for gap in gaps if gap.size > 0), key=lambda gap: (-gap.size, gap.skill_id))
