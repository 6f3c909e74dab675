"""People and the skills they hold."""

import unicodedata
from collections.abc import Iterable

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.engine import RowMapping

from domain.errors import InvalidInput, NotFound
from domain.language import Language
from domain.people import HeldSkill, Person, Role
from store.access_tables import api_tokens, logins
from store.rows import changed, chunks, lock_table, must_exist, rows_in, rows_of, upsert
from store.tables import held_skills, people, role_profiles, skills
from store.work import Work

# `People.list` hides the built-in name inside the class
Persons = list[Person]
PersonNames = list[str]
Levels = dict[str, int]

# no address can be this, because of the control character
_RELEASED = "\x7freleased "

# one order for everybody who locks; who only refers to the person need not wait
_LOCKED = (
    select(people)
    .where(people.c.id.in_(bindparam("wanted", expanding=True)))
    .order_by(people.c.id)
    .with_for_update(key_share=True)
)


class People:
    """Queries for people; e-mail addresses are compared folded, whatever their case or Unicode form."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def get(self, person_id: str) -> Person:
        """Return the person; raise NotFound when there is none."""
        return self._work.once(seen_as(person_id), lambda: self._get(person_id))

    def lock(self, person_ids: Iterable[str]) -> None:
        """Let nobody else book or change these people's time, nor the people, until this transaction ends."""
        ids = sorted(set(person_ids))
        for row in self._work.writing.execute(_LOCKED, {"wanted": ids}).mappings():
            self._work.remember(seen_as(row["id"]), _person(row))

    def by_ids(self, ids: Iterable[str]) -> dict[str, Person]:
        """Return people by id; an id that nobody has is absent."""
        return self._stored(ids)

    def by_email(self, email: str) -> Person | None:
        """Return the person with this e-mail address, active or not."""
        query = select(people).where(people.c.email_folded == fold_email(email))
        row = self._work.connection.execute(query).mappings().first()
        return _person(row) if row else None

    def list(self, active_only: bool = True) -> Persons:
        """Return people by id."""
        query = select(people).order_by(people.c.id)
        if active_only:
            query = query.where(people.c.is_active)
        return [_person(row) for row in self._work.connection.execute(query).mappings()]

    def names(self) -> PersonNames:
        """Return the names of all people, also of those who left, in no order."""
        return list(self._work.connection.execute(select(people.c.name)).scalars())

    def save(self, persons: Iterable[Person]) -> int:
        """Insert or replace people, in any order of managers; return how many really changed.

        Raises
        ------
        InvalidInput
            If an e-mail address is another person's, or a manager or target role is not stored.
        """
        # addresses are released before rows are written: two batches at once could block each other in between
        lock_table(self._work.writing, people)
        new = changed(persons, lambda person: person.id, self._stored)
        _check_emails_differ(new)
        self._check_emails_are_free(new)
        self._check_references(new)
        self._release_emails(new)
        self._end_access(new)
        upsert(self._work.writing, people, [_row(person) for person in new])
        for person in new:
            self._work.forget(seen_as(person.id))
        self._work.has_index_change |= bool(new)  # who is active, speaks what and reports to whom decides about mentors
        return len(new)

    def held(self, person_id: str) -> Levels:
        """Return level 0-4 by skill id; empty for a person who named none."""
        return self.held_of_many([person_id]).get(person_id, {})

    def held_of_many(self, person_ids: Iterable[str]) -> dict[str, Levels]:
        """Return level 0-4 by skill id, by person id, of these people; who named none is absent."""
        query = select(held_skills).order_by(held_skills.c.skill_id)
        return _levels(rows_in(self._work.connection, query, held_skills.c.person_id, person_ids))

    def all_held(self) -> dict[str, Levels]:
        """Return level 0-4 by skill id, by person id; who named none is absent."""
        query = select(held_skills).order_by(held_skills.c.person_id, held_skills.c.skill_id)
        return _levels(self._work.connection.execute(query).mappings())

    def save_held(self, held: Iterable[HeldSkill]) -> int:
        """Insert or replace held skills; return how many really changed."""
        new = changed(held, lambda one: (one.person_id, one.skill_id), self._stored_held)
        connection = self._work.writing
        must_exist(connection, people.c.id, (one.person_id for one in new), "person_id", "Import the person first.")
        must_exist(
            connection, skills.c.id, (one.skill_id for one in new), "skill_id", "Publish it in the catalog first."
        )
        rows = [{"person_id": one.person_id, "skill_id": one.skill_id, "level": one.level} for one in new]
        upsert(connection, held_skills, rows)
        self._work.has_index_change |= bool(new)
        return len(new)

    def remove_held(self, person_id: str, skill_id: str) -> bool:
        """Forget that the person holds the skill; return whether they did."""
        own = (held_skills.c.person_id == person_id) & (held_skills.c.skill_id == skill_id)
        is_gone = bool(self._work.writing.execute(delete(held_skills).where(own)).rowcount)
        self._work.has_index_change |= is_gone
        return is_gone

    def _get(self, person_id: str) -> Person:
        found = self._stored([person_id])
        if not found:
            raise NotFound("person", person_id)
        return found[person_id]

    def _stored(self, ids: Iterable[str]) -> dict[str, Person]:
        return {row["id"]: _person(row) for row in rows_of(self._work.connection, people.c.id, ids)}

    def _stored_held(self, keys: Iterable[tuple[str, str]]) -> dict[tuple[str, str], HeldSkill]:
        person_ids = {person_id for person_id, _ in keys}
        rows = rows_of(self._work.connection, held_skills.c.person_id, person_ids)
        return {(row["person_id"], row["skill_id"]): HeldSkill(**row) for row in rows}

    def _check_emails_are_free(self, new: Persons) -> None:
        ids = {person.id for person in new}
        query = select(people.c.id, people.c.email_folded)
        folded = (fold_email(person.email) for person in new)
        owners = (row["id"] for row in rows_in(self._work.connection, query, people.c.email_folded, folded))
        taken = sorted(owner for owner in owners if owner not in ids)
        if taken:
            raise _email_is_taken(taken[0])

    def _check_references(self, new: Persons) -> None:
        connection = self._work.connection
        ids = {person.id for person in new}
        managers = (person.manager_id for person in new if person.manager_id and person.manager_id not in ids)
        must_exist(connection, people.c.id, managers, "manager_id", "Import the manager too.")
        target_roles = (person.target_role_id for person in new if person.target_role_id)
        must_exist(connection, role_profiles.c.id, target_roles, "target_role_id", "Import the role first.")

    def _end_access(self, new: Persons) -> None:
        """End the logins of who leaves or loses a role, and the tokens of who leaves: no return opens them again."""
        before = self._stored(person.id for person in new)
        leaving = [person.id for person in new if person.id in before and not person.is_active]
        lowered = [person.id for person in new if person.id in before and before[person.id].roles - person.roles]
        for table, ids in ((logins, {*leaving, *lowered}), (api_tokens, leaving)):
            for some in chunks(sorted(ids)):
                self._work.writing.execute(delete(table).where(table.c.person_id.in_(some)))

    def _release_emails(self, new: Persons) -> None:
        """Make room for addresses that change hands within one batch: uniqueness is checked row by row."""
        wanted = {person.id: fold_email(person.email) for person in new}
        rows = rows_in(self._work.connection, select(people.c.id, people.c.email_folded), people.c.id, wanted)
        moving = [row["id"] for row in rows if row["email_folded"] != wanted[row["id"]]]
        for some in chunks(moving):
            released = update(people).where(people.c.id.in_(some)).values(email_folded=_RELEASED + people.c.id)
            self._work.writing.execute(released)


def seen_as(person_id: str) -> tuple[str, str]:
    """Return the name under which `Work.once` knows the person."""
    return "person", person_id


def _levels(rows: Iterable[RowMapping]) -> dict[str, Levels]:
    levels: dict[str, Levels] = {}
    for row in rows:
        levels.setdefault(row["person_id"], {})[row["skill_id"]] = row["level"]
    return levels


def fold_email(email: str) -> str:
    """Return the form in which two spellings of one address are equal."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", email).casefold()).strip()


def _check_emails_differ(persons: Persons) -> None:
    owners: dict[str, str] = {}
    for person in persons:
        owner = owners.setdefault(fold_email(person.email), person.id)
        if owner != person.id:
            raise _email_is_taken(owner)


def _email_is_taken(owner: str) -> InvalidInput:
    return InvalidInput("email", "belong to one person only", f"the one of {owner}", "Correct one of the two.")


def _person(row: RowMapping) -> Person:
    fields = {name: value for name, value in row.items() if name != "email_folded"}
    fields["locale"] = Language(row["locale"])
    fields["languages"] = frozenset(Language(language) for language in row["languages"])
    fields["roles"] = frozenset(Role(role) for role in row["roles"])
    return Person(**fields)


def _row(person: Person) -> dict[str, object]:
    row: dict[str, object] = {name: getattr(person, name) for name in Person.__slots__}
    row |= {"languages": sorted(person.languages), "roles": sorted(person.roles), "locale": str(person.locale)}
    return row | {"email_folded": fold_email(person.email)}
