"""The way around: one line of sections for everybody, below it the pages of the section that one is in."""

from dataclasses import dataclass

from domain.people import Person, Role
from web.language import later


@dataclass(frozen=True, slots=True)
class Place:
    """A link of the navigation; `label` is still to be translated, `is_here` says that the page belongs to it."""

    label: str
    address: str
    is_here: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the product: its first page, and who may enter; the pages below are those of its own line."""

    label: str
    address: str
    roles: frozenset[Role] = frozenset(Role)
    pages: tuple[tuple[str, str], ...] = ()
    beside: tuple[str, ...] = ()

    def holds(self, path: str) -> bool:
        """Say whether a page belongs to this section."""
        inside = (self.address, *(address for _, address in self.pages), *self.beside)
        return any(_is_within(path, address) for address in inside)


SECTIONS = (
    Section(later("Topics"), "/", beside=("/needs", "/topics", "/search")),
    Section(later("Sessions"), "/sessions", pages=((later("Sessions"), "/sessions"), (later("Groups"), "/groups"))),
    Section(
        later("Mentoring"),
        "/mentoring",
        frozenset({Role.MENTOR}),
        pages=(
            (later("Requests and week"), "/mentoring"),
            (later("Your times"), "/availability"),
        ),
    ),
    Section(
        later("You"),
        "/goals",
        pages=(
            (later("Goals and skills"), "/goals"),
            (later("Progress"), "/progress"),
            (later("The role you want"), "/role"),
            (later("Calendar"), "/calendar"),
            (later("Your data"), "/privacy"),
        ),
        beside=("/language-model", "/tokens"),
    ),
    Section(
        later("Programme"),
        "/hr",
        frozenset({Role.HR}),
        pages=(
            (later("This week"), "/hr"),
            (later("Catalog"), "/catalog"),
            (later("What is missing"), "/hr/unmet"),
            (later("People"), "/hr/people"),
            (later("Cohorts"), "/cohorts"),
            (later("Is it working?"), "/hr/insights"),
            (later("Rules and weights"), "/hr/programme"),
            (later("Preparation"), "/hr/preparation"),
            (later("Jobs"), "/hr/jobs"),
        ),
    ),
    Section(
        later("Server"),
        "/hr/jobs",
        frozenset({Role.ADMIN}),
        pages=((later("Jobs"), "/hr/jobs"), (later("People"), "/hr/people")),
    ),
)


@dataclass(frozen=True, slots=True)
class Navigation:
    """The sections that a person may enter, and the pages of the one they are in; none where there is but one."""

    sections: list[Place]
    pages: list[Place]


def navigation(person: Person | None, path: str) -> Navigation:
    """Return the way around for a person on a page; nothing for who is not signed in."""
    open_to = [section for section in SECTIONS if person and section.roles & _roles_of(person)]
    here = next((section for section in reversed(open_to) if section.holds(path)), None)
    sections = [Place(section.label, section.address, section is here) for section in open_to]
    pages = here.pages if here else ()
    closest = max((address for _, address in pages if _is_within(path, address)), key=len, default="")
    return Navigation(sections, [Place(label, address, address == closest) for label, address in pages])


def _roles_of(person: Person) -> frozenset[Role]:
    # HR sees the jobs in a section of its own already
    return person.roles - {Role.ADMIN} if Role.HR in person.roles else person.roles


def _is_within(path: str, address: str) -> bool:
    return path == address or (address != "/" and path.startswith(f"{address}/"))
