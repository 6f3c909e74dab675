"""A person's skills with levels, the target role, and the gaps between the two; each change of a level is kept."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta

from domain.errors import NotFound
from domain.language import Language
from domain.origins import Origin
from domain.people import HeldSkill, LevelChange, Person, RoleProfile, Skill
from services.context import Context
from services.skills import known_skills
from store import Store, unit_of_work

FOUND = 12
_JUST_BEFORE = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class LevelRow:
    """A skill that the target role requires: level held and level wanted, 0-4."""

    skill: Skill
    held: int
    wanted: int


@dataclass(frozen=True, slots=True)
class OwnSkills:
    """Skills held with their level, by name; the roles to choose from; the chosen one, and what it requires."""

    held: tuple[tuple[Skill, int], ...]
    roles: tuple[RoleProfile, ...]
    target: RoleProfile | None
    required: tuple[LevelRow, ...]


def own_skills(context: Context, person: Person, language: Language) -> OwnSkills:
    """Return the person's own view; what is required comes with the largest gap first, ties by name."""
    with unit_of_work(context.engine) as store:
        held = store.people.held(person.id)
        target = store.roles.get(person.target_role_id) if person.target_role_id else None
        wanted = target.required_levels if target else {}
        skills = known_skills(store, {*held, *wanted})
        company = [role for role in context.spaces.role_spaces.space(store).roles if _may_choose(role, target)]
    names = {key: skill.name.get(language) for key, skill in skills.items()}
    own = tuple((skills[key], held[key]) for key in sorted(held.keys() & names, key=lambda key: names[key].casefold()))
    rows = [LevelRow(skills[key], held.get(key, 0), level) for key, level in wanted.items() if key in skills and level]
    required = sorted(rows, key=lambda row: (-max(row.wanted - row.held, 0), names[row.skill.id].casefold()))
    return OwnSkills(own, tuple(_by_title(company, language)), target, tuple(required))


def set_level(context: Context, person_id: str, skill_id: str, level: int) -> None:
    """Keep the level 0-4 at which the person holds the skill, and since when.

    Raises
    ------
    InvalidInput
        If the level is none.
    NotFound
        If neither the catalog nor an import knows the skill.
    """
    held = HeldSkill(person_id, skill_id, level)
    now = context.clock()
    with unit_of_work(context.engine, write=True) as store:
        if skill_id not in known_skills(store, [skill_id]):
            raise NotFound("skill", skill_id, "Choose one from the page.")
        before = store.people.held(person_id).get(skill_id)
        if before == level:
            return
        known = {change.skill_id for change in store.level_changes.of(person_id)}
        # the level an import brought has no day of its own: it was there until now
        first = [] if before is None or skill_id in known else [(now - _JUST_BEFORE, before)]
        changes = [LevelChange(person_id, skill_id, at, value) for at, value in [*first, (now, level)]]
        store.people.save_held([held])
        store.level_changes.add(changes)


def remove_skill(context: Context, person_id: str, skill_id: str) -> int | None:
    """Forget that the person holds the skill; return the level it had, None where it was not held."""
    with unit_of_work(context.engine, write=True) as store:
        level = store.people.held(person_id).get(skill_id)
        store.people.remove_held(person_id, skill_id)
    return level


def choose_role(context: Context, person: Person, role_id: str) -> None:
    """Keep the role that the person aims at, "" for none; raise NotFound for an unknown one."""
    with unit_of_work(context.engine, write=True) as store:
        target = store.roles.get(role_id).id if role_id else None
        store.people.save([replace(store.people.get(person.id), target_role_id=target)])


def find_skills(context: Context, words: str, without: Iterable[str] = ()) -> list[Skill]:
    """Return up to 12 skills whose name holds the words in either language; those that begin with them first."""
    wanted, taken = words.casefold().strip(), set(without)
    if not wanted:
        return []
    with unit_of_work(context.engine) as store:
        skills = [skill for skill in _all_skills(store) if skill.id not in taken]
    named = [(skill, [skill.name.en.casefold(), skill.name.ru.casefold()]) for skill in skills]
    found = [(skill, names) for skill, names in named if any(wanted in name for name in names)]
    first = sorted(found, key=lambda one: (not any(name.startswith(wanted) for name in one[1]), one[1][0]))
    return [skill for skill, _ in first[:FOUND]]


def skill_of(context: Context, skill_id: str) -> Skill | None:
    """Return the skill; None where neither the catalog nor an import knows it."""
    with unit_of_work(context.engine) as store:
        return known_skills(store, [skill_id]).get(skill_id)


def _all_skills(store: Store) -> list[Skill]:
    of_catalog = store.catalog.current().skills
    known = {skill.id for skill in of_catalog}
    return [*of_catalog, *store.imported_skills.get_many(store.imported_skills.ids() - known).values()]


def _may_choose(role: RoleProfile, target: RoleProfile | None) -> bool:
    """Whether the role is one of the company's own, or the one already chosen: published lists hold thousands."""
    return role.origin is Origin.COMPANY or (target is not None and role.id == target.id)


def _by_title(roles: Iterable[RoleProfile], language: Language) -> list[RoleProfile]:
    return sorted(roles, key=lambda role: (role.title.get(language).casefold(), role.id))
