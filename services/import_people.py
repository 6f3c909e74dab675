"""People from a table: who they are, what they can, want and offer; all rows or none."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from domain.errors import ImportRejected
from domain.language import Language
from domain.people import Format, Goal, HeldSkill, MentorOffer, Person, Role
from embeddings import detect_language
from services.booking.desk import Desk
from services.booking.leave import leave_all
from services.booking.policy import booking_policy
from services.cells import (
    Cells,
    parse_choice,
    parse_choices,
    parse_email,
    parse_hours,
    parse_levels,
    parse_minutes,
    parse_yes,
    parse_zone,
    split_list,
    split_texts,
)
from services.sheets import Row, Table, read_table
from store import Engine, Store, unit_of_work
from store.people import fold_email

REQUIRED = ("id", "name", "email")
PERSON = ("locale", "languages", "zone", "department", "job_title", "manager", "target_role", "active")
WANTS = ("skills", "goals")
OFFERS = ("mentor_topics", "mentor_minutes_per_week", "mentor_formats", "mentor_hours", "mentor_biography")
FIELDS = {"manager": "manager_id", "target_role": "target_role_id", "active": "is_active"}
MAX_LEAVERS_SHARE = 0.2
DEFAULT_MINUTES_PER_WEEK = 60
DEFAULT_HOURS = parse_hours("mon-fri 10:00-17:00")


@dataclass(slots=True)
class PeopleBatch:
    """What one file says, ready to be saved."""

    people: list[Person] = field(default_factory=list)
    held: list[HeldSkill] = field(default_factory=list)
    goals: list[Goal] = field(default_factory=list)
    offers: list[MentorOffer] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Known:
    """What the rows may refer to."""

    people: Mapping[str, Person]
    skill_ids: frozenset[str]
    role_ids: frozenset[str]
    topic_ids: frozenset[str]


def import_people(engine: Engine, path: Path, now: datetime, *, confirm_leavers: bool = False) -> int:
    """Import the people of a CSV or XLSX file; return how many rows of the store changed.

    Roles other than mentee and mentor, and credentials, are never touched, nor hours, minutes and pauses that mentors
    have set on their own page. The same file twice changes nothing.

    Raises
    ------
    ImportRejected
        Any row is wrong (each is named), or more than 20 % of the staff would leave without `confirm_leavers`.
    """
    table = read_table(path)
    with unit_of_work(engine, write=True) as store:
        known = known_of(store)
        batch = parse_people(table, known, now)
        check_leavers(table, batch, known.people, confirm_leavers)
        return save_people(store, batch, known.people, now)


def save_people(store: Store, batch: PeopleBatch, known: Mapping[str, Person], now: datetime) -> int:
    """Keep what the file says and return how many rows changed; sessions of those who leave are called off."""
    changed = store.people.save(batch.people) + store.people.save_held(batch.held)
    changed += store.goals.add_new(batch.goals) + store.offers.save(with_own_wishes(store, batch.offers))
    desk = Desk(store, now, booking_policy(store))
    for person_id in sorted(leavers_of(batch, known)):
        leave_all(desk, person_id)
    return changed


def leavers_of(batch: PeopleBatch, known: Mapping[str, Person]) -> set[str]:
    """Return the ids of those who are active now and would no longer be."""
    return {person.id for person in batch.people if not person.is_active and known_active(known, person.id)}


def known_active(known: Mapping[str, Person], person_id: str) -> bool:
    """Whether the person is there and active."""
    return person_id in known and known[person_id].is_active


def asks_to_confirm(leavers: int, staff: int) -> bool:
    """Whether so many leavers of all active people look like a mistake."""
    return leavers > MAX_LEAVERS_SHARE * staff


def parse_people(table: Table, known: Known, now: datetime) -> PeopleBatch:
    """Return what the table says; raise ImportRejected with every problem of every row."""
    cells = Cells(table)
    cells.check_columns(REQUIRED, (*PERSON, *WANTS, *OFFERS))
    batch = PeopleBatch()
    if not cells.problems:
        for row in table.rows:
            _parse_row(cells, row, known, batch, now)
        _check_unique(cells, batch.people, known.people)
        _check_managers(cells, batch.people, known.people)
    if cells.problems:
        raise ImportRejected(table.filename, sorted(cells.problems, key=lambda problem: problem.row))
    return batch


def with_own_wishes(store: Store, offers: list[MentorOffer]) -> list[MentorOffer]:
    """Return the offers of the file with the pauses that are kept, and the times of mentors who have set their own."""
    before = {offer.mentor_id: offer for offer in store.offers.list()}
    said = store.availability.said_by(before.keys())
    return [
        _with_own_times(offer, before.get(offer.mentor_id), has_set_them=offer.mentor_id in said) for offer in offers
    ]


def _with_own_times(offer: MentorOffer, before: MentorOffer | None, *, has_set_them: bool) -> MentorOffer:
    if before is None:
        return offer
    kept: dict[str, Any] = {"paused_until": before.paused_until}
    if has_set_them:
        minutes = before.capacity_minutes_per_week
        kept |= {"weekly_hours": before.weekly_hours, "capacity_minutes_per_week": minutes}
    return replace(offer, **kept)


def known_of(store: Store) -> Known:
    """Return what the rows of a file may refer to."""
    catalog = store.catalog.current()
    return Known(
        people={person.id: person for person in store.people.list(active_only=False)},
        skill_ids=frozenset({skill.id for skill in catalog.skills} | store.imported_skills.ids()),
        role_ids=frozenset(role.id for role in store.roles.list()),
        topic_ids=frozenset(topic.id for topic in catalog.topics),
    )


def _parse_row(cells: Cells, row: Row, known: Known, batch: PeopleBatch, now: datetime) -> None:
    person = _parse_person(cells, row, known)
    batch.people.append(person)
    levels: dict[str, int] = cells.parsed(row, "skills", parse_levels(0), {})
    _check_known(cells, row, "skills", levels, known.skill_ids)
    batch.held += [HeldSkill(person.id, skill, level) for skill, level in levels.items()]
    batch.goals += [_goal(person.id, text, now) for text in split_texts(cells.text(row, "goals", longest=8_000))]
    if offer := _parse_offer(cells, row, known, person):
        batch.offers.append(offer)


def _parse_person(cells: Cells, row: Row, known: Known) -> Person:
    """Return the person as the row says; a column that the file does not have leaves its field as it was."""
    person_id = cells.text(row, "id", required=True, longest=60)
    before = known.people.get(person_id) or Person(person_id, "", "", Language.EN, frozenset(), "UTC", "")
    locale = cells.parsed(row, "locale", parse_choice(Language), before.locale)
    said: dict[str, Any] = {
        "department": cells.text(row, "department"),
        "job_title": cells.text(row, "job_title"),
        "manager": cells.text(row, "manager", longest=60) or None,
        "target_role": cells.one_of(row, "target_role", known.role_ids, "role"),
        "active": cells.parsed(row, "active", parse_yes, True),
    }
    kept = {FIELDS.get(column, column): value for column, value in said.items() if column in cells.table.columns}
    return replace(
        before,
        name=cells.text(row, "name", required=True),
        email=cells.parsed(row, "email", parse_email, "") or cells.text(row, "email", required=True),
        locale=locale,
        languages=cells.parsed(row, "languages", parse_choices(Language), before.languages or frozenset({locale})),
        zone=cells.parsed(row, "zone", parse_zone, before.zone),
        roles=before.roles | ({Role.MENTOR} if row.cells.get("mentor_topics") else frozenset()),
        **kept,
    )


def _parse_offer(cells: Cells, row: Row, known: Known, person: Person) -> MentorOffer | None:
    topic_ids = frozenset(split_list(row.cells.get("mentor_topics", "")))
    if not topic_ids:
        return None
    _check_known(cells, row, "mentor_topics", topic_ids, known.topic_ids)
    biography = cells.text(row, "mentor_biography", longest=2_000)
    return MentorOffer(
        mentor_id=person.id,
        topic_ids=topic_ids,
        capacity_minutes_per_week=cells.parsed(row, "mentor_minutes_per_week", parse_minutes, DEFAULT_MINUTES_PER_WEEK),
        formats=cells.parsed(row, "mentor_formats", parse_choices(Format), frozenset({Format.ONE_TO_ONE})),
        biography=biography,
        language=detect_language(biography) if biography else person.locale,
        weekly_hours=cells.parsed(row, "mentor_hours", parse_hours, DEFAULT_HOURS),
    )


def _goal(person_id: str, text: str, now: datetime) -> Goal:
    # the id follows from the text, so that the same file twice brings no second goal
    digest = hashlib.sha256(f"{person_id}\n{text}".encode()).hexdigest()
    return Goal(f"g-{digest[:24]}", person_id, text, detect_language(text), now)


def _check_known(cells: Cells, row: Row, column: str, ids: Iterable[str], known: frozenset[str]) -> None:
    unknown = sorted(set(ids) - known)
    if unknown:
        cells.note(row.number, column, f"must name ids of the catalog, got {', '.join(unknown)[:80]}")


def _check_unique(cells: Cells, people: list[Person], known: Mapping[str, Person]) -> None:
    ids: dict[str, int] = {}
    emails = {fold_email(person.email): person.id for person in known.values()}
    for row, person in zip(cells.table.rows, people, strict=True):
        if person.id in ids:
            cells.note(row.number, "id", f"stands in row {ids[person.id]} already")
        elif emails.get(fold_email(person.email), person.id) != person.id:
            cells.note(row.number, "email", f"belongs to {emails[fold_email(person.email)]} already")
        ids.setdefault(person.id, row.number)
        emails[fold_email(person.email)] = person.id


def _check_managers(cells: Cells, people: list[Person], known: Mapping[str, Person]) -> None:
    manager_of = {person.id: person.manager_id for person in (*known.values(), *people)}
    own_superiors = _in_circles(manager_of)
    for row, person in zip(cells.table.rows, people, strict=True):
        if person.manager_id and person.manager_id not in manager_of:
            cells.note(row.number, "manager", f"must be the id of a person, got {person.manager_id[:40]}")
        elif person.id in own_superiors:
            cells.note(row.number, "manager", "must not lead back to the person")


def _in_circles(manager_of: Mapping[str, str | None]) -> set[str]:
    """Return who is above themselves; each person is looked at once, however long the line of managers."""
    circles: set[str] = set()
    done: set[str] = set()
    for start in manager_of:
        line: dict[str, int] = {}
        above: str | None = start
        while above and above not in done and above not in line:
            line[above] = len(line)
            above = manager_of.get(above)
        if above in line:
            circles.update(id for id, place in line.items() if place >= line[above])
        done.update(line)
    return circles


def check_leavers(table: Table, batch: PeopleBatch, known: Mapping[str, Person], confirmed: bool) -> None:
    """Raise ImportRejected when many would leave and nobody confirmed it."""
    staff = sum(person.is_active for person in known.values())
    leavers = len(leavers_of(batch, known))
    if not confirmed and asks_to_confirm(leavers, staff):
        cells = Cells(table)
        cells.note(0, "active", f"{leavers} of {staff} people would leave; add --confirm-leavers if this is right")
        cells.raise_problems()
