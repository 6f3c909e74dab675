"""HR's pages of people: who is here, in which roles, who mentors what; never goals, gaps or private words."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from domain.errors import InvalidInput, NotFound
from domain.language import LocalText
from domain.people import MentorOffer, Person, Role
from services.booking.desk import Desk
from services.booking.leave import leave_all
from services.booking.policy import booking_policy
from services.context import Context
from store import Store, unit_of_work

PAGE_SIZE = 50
GIVEN_BY_HR = (Role.MENTOR, Role.HR)


class Who(StrEnum):
    """Which people a list holds."""

    ACTIVE = "active"
    MENTORS = "mentors"
    HR = "hr"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person in the list."""

    id: str
    name: str
    department: str
    job_title: str
    roles: frozenset[Role]
    is_active: bool


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """One page of the list, by name; `count` is of all pages together."""

    rows: list[PersonRow]
    count: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class PersonPage:
    """What HR may see of a person.

    Parameters
    ----------
    topics
        Titles of what they offer as a mentor, as everybody sees them.
    ahead
        How many sessions are asked for or booked: they are called off when the person leaves.
    may_change
        Whether whoever looks may change this person; of an administrator only administrators may.
    roles_to_give, roles_to_take
        What whoever looks may give or take.
    """

    person: Person
    manager: str
    offer: MentorOffer | None
    topics: list[LocalText]
    ahead: int
    may_change: bool
    roles_to_give: list[Role]
    roles_to_take: list[Role]


def people_page(context: Context, words: str = "", who: Who = Who.ACTIVE, page: int = 1) -> PeoplePage:
    """Return the people whose name, department, title, address or id holds all of the words."""
    with unit_of_work(context.engine) as store:
        people = store.people.list(active_only=who is not Who.LEFT)
    wanted = words.casefold().split()
    found = [person for person in people if _is_among(person, who) and _holds(person, wanted)]
    found.sort(key=lambda person: (person.name.casefold(), person.id))
    pages = max(1, -(-len(found) // PAGE_SIZE))
    page = min(max(page, 1), pages)
    shown = found[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    return PeoplePage([_row(person) for person in shown], len(found), page, pages)


def all_people(context: Context) -> list[Person]:
    """Return everybody by id, also those who left: for a table that HR edits and imports again."""
    with unit_of_work(context.engine) as store:
        return store.people.list(active_only=False)


def person_page(context: Context, person_id: str, by: Person) -> PersonPage:
    """Return what HR or an administrator sees of the person; raise NotFound for nobody."""
    with unit_of_work(context.engine) as store:
        person = store.people.get(person_id)
        manager = store.people.get(person.manager_id).name if person.manager_id else ""
        offer = store.offers.get(person_id) if Role.MENTOR in person.roles else None
        titles = {topic.id: topic.title for topic in store.catalog.current().topics}
        ahead = len(store.sessions.live_of(person_id))
    giving = _may_give(by)
    return PersonPage(
        person=person,
        manager=manager,
        offer=offer,
        topics=[titles[id] for id in sorted(offer.topic_ids if offer else ()) if id in titles],
        ahead=ahead,
        may_change=_may_change(person, by),
        roles_to_give=[role for role in giving if role not in person.roles],
        roles_to_take=[role for role in giving if role in person.roles and (person.id != by.id or role is Role.MENTOR)],
    )


def deactivate(context: Context, person_id: str, by: Person) -> int:
    """Let the person not come in any more and call off their sessions ahead; return how many these were.

    Raises
    ------
    NotFound
        If there is no such person, or whoever asks may not change them.
    InvalidInput
        If somebody wants to shut themselves out.
    """
    if person_id == by.id:
        raise InvalidInput("person", "be somebody else", "yourself", "Ask a colleague to do this.")
    with unit_of_work(context.engine, write=True) as store:
        store.people.save([replace(_changeable(store, person_id, by), is_active=False)])
        return leave_all(Desk(store, context.clock(), booking_policy(store)), person_id)


def reactivate(context: Context, person_id: str, by: Person) -> None:
    """Let the person come in again; raise NotFound as `deactivate`. Sessions that were called off stay so."""
    with unit_of_work(context.engine, write=True) as store:
        store.people.save([replace(_changeable(store, person_id, by), is_active=True)])


def give_role(context: Context, person_id: str, role: str, by: Person) -> None:
    """Give a role; raise NotFound for one that whoever asks may not give, or a person they may not change."""
    with unit_of_work(context.engine, write=True) as store:
        person = _changeable(store, person_id, by)
        store.people.save([replace(person, roles=person.roles | {_given(role, by)})])


def take_role(context: Context, person_id: str, role: str, by: Person) -> None:
    """Take a role; raise NotFound as `give_role`, and InvalidInput for the own role of HR or administrator."""
    taken = _given(role, by)
    if person_id == by.id and taken is not Role.MENTOR:
        raise InvalidInput("person", "be somebody else", "yourself", "Ask a colleague to do this.")
    with unit_of_work(context.engine, write=True) as store:
        person = _changeable(store, person_id, by)
        store.people.save([replace(person, roles=person.roles - {taken})])


def _changeable(store: Store, person_id: str, by: Person) -> Person:
    person = store.people.get(person_id)
    if not _may_change(person, by):
        raise NotFound("person", person_id)
    return person


def _may_change(person: Person, by: Person) -> bool:
    return Role.ADMIN not in person.roles or Role.ADMIN in by.roles


def _may_give(by: Person) -> Sequence[Role]:
    return (*GIVEN_BY_HR, Role.ADMIN) if Role.ADMIN in by.roles else GIVEN_BY_HR


def _given(role: str, by: Person) -> Role:
    if role not in _may_give(by):
        raise NotFound("role", role)
    return Role(role)


def _is_among(person: Person, who: Who) -> bool:
    if who is Who.LEFT:
        return not person.is_active
    return who is Who.ACTIVE or {Who.MENTORS: Role.MENTOR, Who.HR: Role.HR}[who] in person.roles


def _holds(person: Person, words: list[str]) -> bool:
    text = " ".join((person.name, person.department, person.job_title, person.email, person.id)).casefold()
    return all(word in text for word in words)


def _row(person: Person) -> PersonRow:
    return PersonRow(person.id, person.name, person.department, person.job_title, person.roles, person.is_active)
