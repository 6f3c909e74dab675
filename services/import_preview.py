"""What an import of a file would change, row by row; and the import itself, once HR has seen that."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from domain.errors import CatalogChanged
from domain.people import Person, RoleProfile
from services.catalog_diff import ChangeKind, TopicChange, diff_topics
from services.catalog_draft import digest_of
from services.context import Context
from services.import_people import (
    PeopleBatch,
    asks_to_confirm,
    check_leavers,
    known_of,
    leavers_of,
    parse_people,
    save_people,
    with_own_wishes,
)
from services.import_roles import read_roles, save_roles
from services.import_topics import add_topics, check_topics, read_topics
from services.index import REFRESH_INDEX
from services.sheets import read_table
from store import Store, unit_of_work

Item = TypeVar("Item", Person, RoleProfile)


class ImportKind(StrEnum):
    """What a file holds."""

    PEOPLE = "people"
    TOPICS = "topics"
    ROLES = "roles"


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """Somebody or something that is new, or whose fields change; never what stands in a field."""

    id: str
    name: str
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What would happen.

    Parameters
    ----------
    leavers
        People who are active now and would no longer be; they do not stand among `changed`.
    staff
        How many people are active now.
    """

    kind: ImportKind
    new: tuple[ChangedRow, ...]
    changed: tuple[ChangedRow, ...]
    leavers: tuple[ChangedRow, ...] = ()
    unchanged: int = 0
    staff: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing would change."""
        return not (self.new or self.changed or self.leavers)

    @property
    def asks_to_confirm(self) -> bool:
        """Whether so many people would leave that it looks like a mistake."""
        return asks_to_confirm(len(self.leavers), self.staff)

    @property
    def digest(self) -> str:
        """A short name of exactly this preview."""
        return digest_of(asdict(self))


@dataclass(frozen=True, slots=True)
class _Plan:
    preview: ImportPreview
    save: Callable[[bool], object]


def preview_import(context: Context, kind: ImportKind, path: Path) -> ImportPreview:
    """Return what the file would change; nothing is changed. Raise ImportRejected with every problem of every row."""
    with unit_of_work(context.engine) as store:
        return PLANS[kind](context, store, path, "").preview


def run_import(
    context: Context, kind: ImportKind, path: Path, seen: str, by: str, *, confirm_leavers: bool = False
) -> ImportPreview:
    """Import the file in one transaction, and return what that changed.

    Parameters
    ----------
    seen
        The digest of the preview that HR looked at.

    Raises
    ------
    CatalogChanged
        If the import would do something else by now.
    ImportRejected
        If a row is wrong by now, or many would leave and nobody confirmed it.
    """
    now = context.clock()
    with unit_of_work(context.engine, write=True) as store:
        plan = PLANS[kind](context, store, path, by)
        if plan.preview.digest != seen:
            raise CatalogChanged("company", "what the file would change")
        plan.save(confirm_leavers)
        store.jobs.add(REFRESH_INDEX, f"{REFRESH_INDEX}:{seen}:{now.isoformat()}", {}, now)
    return plan.preview


def _plan_people(context: Context, store: Store, path: Path, by: str) -> _Plan:
    table, now = read_table(path), context.clock()
    known = known_of(store)
    batch = parse_people(table, known, now)
    rows = list(_people_rows(store, batch, known.people))
    leaving = leavers_of(batch, known.people)
    preview = ImportPreview(
        ImportKind.PEOPLE,
        new=tuple(row for row in rows if row.id not in known.people),
        changed=tuple(row for row in rows if row.id in known.people and row.fields and row.id not in leaving),
        leavers=tuple(row for row in rows if row.id in leaving),
        unchanged=sum(row.id in known.people and not row.fields for row in rows),
        staff=sum(person.is_active for person in known.people.values()),
    )

    def save(confirmed: bool) -> int:
        check_leavers(table, batch, known.people, confirmed)
        return save_people(store, batch, known.people, now)

    return _Plan(preview, save)


def _people_rows(store: Store, batch: PeopleBatch, known: Mapping[str, Person]) -> Iterable[ChangedRow]:
    """Yield everybody in the file with the fields that differ."""
    more: dict[str, set[str]] = {}
    levels = store.people.held_of_many(person.id for person in batch.people)
    for held in batch.held:
        if levels.get(held.person_id, {}).get(held.skill_id) != held.level:
            more.setdefault(held.person_id, set()).add("skills")
    for goal in store.goals.unknown(batch.goals):
        more.setdefault(goal.person_id, set()).add("goals")
    offers = {offer.mentor_id: offer for offer in store.offers.list()}
    for offer in with_own_wishes(store, batch.offers):
        if offers.get(offer.mentor_id) != offer:
            more.setdefault(offer.mentor_id, set()).add("offer")
    for person in batch.people:
        own = _differing(known[person.id], person) if person.id in known else ()
        yield ChangedRow(person.id, person.name, (*own, *sorted(more.get(person.id, ()))))


def _plan_topics(context: Context, store: Store, path: Path, by: str) -> _Plan:
    catalog = store.catalog.current()
    areas, topics, lines = read_topics(path, catalog)
    check_topics(path.name, topics, lines, catalog)
    merged = {topic.id: topic for topic in (*catalog.topics, *topics)}
    changes = diff_topics(catalog.topics, merged.values())
    new = [change for change in changes if change.kind is ChangeKind.ADDED]
    preview = ImportPreview(
        ImportKind.TOPICS,
        new=tuple(ChangedRow(change.topic.id, change.topic.title.en) for change in new),
        changed=tuple(
            ChangedRow(
                c.topic.id, c.topic.title.en, tuple(dict.fromkeys(field.name for field in c.fields)) or ("status",)
            )
            for c in changes
            if c.kind is not ChangeKind.ADDED
        ),
        unchanged=len(topics) - len(changes),
    )

    def save(confirmed: bool) -> object:
        note = f"Import of {path.name}"
        return add_topics(store, path.name, topics, note, context.clock(), areas=areas, lines=lines, by=by or None)

    return _Plan(preview, save)


def _names(change: TopicChange) -> tuple[str, ...]:
    return tuple(dict.fromkeys(field.name for field in change.fields)) or ("status",)


def _plan_roles(context: Context, store: Store, path: Path, by: str) -> _Plan:
    batches = read_roles(store, [path])
    known = {role.id: role for role in store.roles.list()}
    rows = [_role_row(role, known.get(role.id)) for batch in batches for role in batch.roles]
    preview = ImportPreview(
        ImportKind.ROLES,
        new=tuple(row for row in rows if row.id not in known),
        changed=tuple(row for row in rows if row.id in known and row.fields),
        unchanged=sum(row.id in known and not row.fields for row in rows),
    )
    return _Plan(preview, lambda confirmed: save_roles(store, batches))


def _role_row(role: RoleProfile, before: RoleProfile | None) -> ChangedRow:
    return ChangedRow(role.id, role.title.en, _differing(before, role) if before else ())


def _differing(before: Item, after: Item) -> tuple[str, ...]:
    """Return the names of the fields that differ."""
    return tuple(field.name for field in fields(before) if getattr(before, field.name) != getattr(after, field.name))


Planner = Callable[[Context, Store, Path, str], _Plan]
PLANS: Mapping[ImportKind, Planner] = {
    ImportKind.PEOPLE: _plan_people,
    ImportKind.TOPICS: _plan_topics,
    ImportKind.ROLES: _plan_roles,
}
