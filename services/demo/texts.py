"""What is hand-written for the demo company, as read from `catalog/demo/`: nothing here is drawn by chance."""

from dataclasses import dataclass
from enum import StrEnum

from domain.language import Language, LocalText
from domain.people import Format, Role

ANY_FIELD = "any"


class Gender(StrEnum):
    """What a Russian sentence or surname agrees with."""

    WOMAN = "f"
    MAN = "m"


class Place(StrEnum):
    """Where a person sits in the tree of a department."""

    HEAD = "head"
    LEAD = "lead"
    SPECIALIST = "specialist"


@dataclass(frozen=True, slots=True)
class Job:
    """A job in a department: its role profile, title, weight in the headcount, and the roles people there aim at."""

    role_id: str
    title: LocalText
    title_ru_woman: str
    next_role_ids: tuple[str, ...]
    share: int = 1
    field: str = ANY_FIELD
    grants: Role | None = None

    def title_for(self, language: Language, gender: Gender) -> str:
        """Return the title as it stands on the door."""
        if language is Language.RU and gender is Gender.WOMAN:
            return self.title_ru_woman
        return self.title.get(language)


@dataclass(frozen=True, slots=True)
class Department:
    """A department as it exists once per language. `topic_ids` are what its people write goals about."""

    id: str
    field: str
    name: LocalText
    share: int
    topic_ids: frozenset[str]
    head: Job
    lead: Job
    jobs: tuple[Job, ...]


@dataclass(frozen=True, slots=True)
class Circle:
    """First names and surnames that go together; a surname is (man's form, woman's form)."""

    women: tuple[str, ...]
    men: tuple[str, ...]
    surnames: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class GoalText:
    """A goal in somebody's own words. `about` is the topic a good mentor hears in it; empty `role_ids` fit all jobs."""

    text: str
    language: Language
    field: str
    is_lead: bool
    about: str
    role_ids: frozenset[str]
    by: Gender | None


@dataclass(frozen=True, slots=True)
class Biography:
    """A mentor's introduction; `role_id` and `title` are empty where the department's head or lead job applies."""

    text: str
    language: Language
    department_id: str
    place: Place
    role_id: str
    title: str
    topic_ids: frozenset[str]
    by: Gender | None


@dataclass(frozen=True, slots=True)
class FeedbackText:
    """What is still open after a session; `about` None fits every topic, `format` None every format."""

    text: str
    language: Language
    about: str | None
    rating: int
    by: Gender | None
    format: Format | None


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked for in past sessions on a topic, and the next steps agreed."""

    need: LocalText
    steps: dict[Language, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class DemoTexts:
    """All hand-written parts. `zones` weigh IANA names by language; `management` are the jobs above departments."""

    name: LocalText
    mail_domain: str
    zones: dict[Language, dict[str, int]]
    management: Department
    departments: tuple[Department, ...]
    circles: dict[Language, tuple[Circle, ...]]
    goals: tuple[GoalText, ...]
    biographies: tuple[Biography, ...]
    feedback: tuple[FeedbackText, ...]
    requests: dict[str, Request]
