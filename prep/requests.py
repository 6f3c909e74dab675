"""What an agenda is made of: the allow-list. Nothing that does not stand here can reach a draft."""

from dataclasses import dataclass

from domain.agendas import FactKind
from domain.errors import InvalidInput
from domain.language import Language
from domain.people import Format
from domain.sessions import MAX_GROUP_SEATS, check_minutes
from domain.topics import Topic

MIN_GROUP_SEATS = 3


@dataclass(frozen=True, slots=True)
class OwnWords:
    """A text that a mentee wrote: the need of this session (`FactKind.NEED`) or a goal (`FactKind.GOAL`)."""

    kind: FactKind
    text: str

    def __post_init__(self) -> None:
        if self.kind not in (FactKind.NEED, FactKind.GOAL):
            raise InvalidInput("kind", "be need or goal", self.kind)


@dataclass(frozen=True, slots=True)
class NamedGap:
    """A skill gap with the skill's name in the agenda's language.

    `people` counts the mentees who have it: in a group only a gap of two or more is told, and never whose it is.
    """

    skill: str
    held_level: int
    wanted_level: int
    people: int = 1


@dataclass(frozen=True, slots=True)
class AgendaRequest:
    """Everything that one draft may rest on; texts as people wrote them, they are cleaned here.

    Parameters
    ----------
    language
        Language of the agenda; texts of people may be in the other one.
    mentee_roles
        Job titles, never names, in the agenda's language: one, or 3-8 for a group. "" when unknown.
    mentor
        Who the mentor is in one short line (job title, experience), no name.
    words
        Need of the session first, then goals, the most relevant first. Goals are private, so unused in a group.
    gaps
        Gaps that this topic works on, largest first.
    last_still_open
        "What is still open" of the mentee's last feedback. Private, so unused in a group.
    last_next_step
        The step agreed at the last session of the same people.
    last_questions
        Questions of that session's agenda, not to be asked again.
    allowed_kinds
        What the programme lets an agenda rest on: facts of other kinds never appear. The topic itself always may.
    mentee_names, mentor_names, colleague_names
        Names (full, first, last) that may stand in the texts; each becomes a role word.
    """

    topic: Topic
    language: Language
    format: Format
    minutes: int
    mentee_roles: tuple[str, ...] = ("",)
    mentor: str = ""
    words: tuple[OwnWords, ...] = ()
    gaps: tuple[NamedGap, ...] = ()
    last_still_open: str = ""
    last_next_step: str = ""
    last_questions: tuple[str, ...] = ()
    allowed_kinds: frozenset[FactKind] = frozenset(FactKind)
    mentee_names: tuple[str, ...] = ()
    mentor_names: tuple[str, ...] = ()
    colleague_names: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        check_minutes(self.minutes)
        low, high = (MIN_GROUP_SEATS, MAX_GROUP_SEATS) if self.is_group else (1, 1)
        if not low <= self.people <= high:
            rule = f"hold {low} to {high} people for a group" if self.is_group else "hold one person"
            raise InvalidInput("mentee_roles", rule, self.people, "Give one job title per mentee, empty when unknown.")
        if FactKind.TOPIC not in self.allowed_kinds:
            raise InvalidInput("allowed_kinds", "hold topic", sorted(self.allowed_kinds), "Allow the topic itself.")

    @property
    def is_group(self) -> bool:
        return self.format is Format.GROUP

    @property
    def people(self) -> int:
        """How many mentees take part."""
        return len(self.mentee_roles)
