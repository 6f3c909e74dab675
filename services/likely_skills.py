"""Which skills a person lacks: for the target role that was chosen, or likely ones for a role in own words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from domain.origins import ACKNOWLEDGEMENTS
from domain.people import Person, RoleProfile, Skill, SkillGap, skill_gaps
from domain.suggestions import check_goal_role
from recommender import LikelySkills, NeedVectors, likely_skills
from services.context import Context
from services.needs import embedded_need, goal_role_needs
from services.skills import known_skills
from store import Store, unit_of_work

SKILLS_SHOWN = 8


@dataclass(frozen=True, slots=True)
class NamedSkills:
    """Likely skills, with the skills and roles that they name by id."""

    likely: LikelySkills
    skills: dict[str, Skill]
    roles: dict[str, RoleProfile]


def gaps_of(context: Context, store: Store, person: Person) -> list[SkillGap]:
    """Return the person's gaps: towards the target role where one was chosen, else the likely ones."""
    return gaps_of_many(context, store, [person])[person.id]


def gaps_of_many(context: Context, store: Store, people: Sequence[Person]) -> dict[str, list[SkillGap]]:
    """Return the gaps of each of these people, by person id, in a few queries for all."""
    held = store.people.held_of_many([person.id for person in people])
    roles = store.roles.get_many({person.target_role_id for person in people if person.target_role_id})
    likely = _likely_of_many(context, store, [person.id for person in people if not person.target_role_id])

    def gaps(person: Person) -> list[SkillGap]:
        own = held.get(person.id, {})
        if person.target_role_id:
            return skill_gaps(own, roles[person.target_role_id])
        return likely.get(person.id, LikelySkills()).gaps(own)

    return {person.id: gaps(person) for person in people}


def likely_for_person(context: Context, store: Store, person_id: str) -> LikelySkills:
    """Return the likely skills for the role the person wrote about, without those struck out; nothing is embedded."""
    return _likely_of_many(context, store, [person_id]).get(person_id, LikelySkills())


def _likely_of_many(context: Context, store: Store, person_ids: Sequence[str]) -> dict[str, LikelySkills]:
    """Return the likely skills by person id; who wrote about no role is absent."""
    needs = goal_role_needs(context, store, person_ids)
    if not needs:
        return {}
    held, struck = store.people.held_of_many(needs), store.goal_roles.struck_of_many(needs)
    space, ranker = context.spaces.role_spaces.space_and_ranker(store)

    def likely(person_id: str, need: NeedVectors) -> LikelySkills:
        own = held.get(person_id, {}), SKILLS_SHOWN, struck.get(person_id, set())
        return likely_skills(space, need.read_text, need.vectors, *own, ranker)

    return {person_id: likely(person_id, need) for person_id, need in needs.items()}


def likely_for_text(context: Context, text: str, *, person_id: str | None = None, k: int = SKILLS_SHOWN) -> NamedSkills:
    """Return the likely skills for a role typed now, minus what the person holds or struck out; nothing is kept.

    Raises
    ------
    InvalidInput
        If the text is empty, too long or not text, or `k` is below 1.
    NotFound
        If there is no such person.
    """
    need = embedded_need(context, check_goal_role(text))
    with unit_of_work(context.engine) as store:
        held = store.people.held(store.people.get(person_id).id) if person_id else {}
        struck = store.goal_roles.struck(person_id) if person_id else set()
        space, ranker = context.spaces.role_spaces.space_and_ranker(store)
        found = likely_skills(space, need.read_text, need.vectors, held, k, struck, ranker)
        return named_skills(context, store, found)


def named_skills(context: Context, store: Store, likely: LikelySkills) -> NamedSkills:
    """Return the likely skills with names; a skill that is no longer known is left out."""
    skills = known_skills(store, [skill.skill_id for skill in likely.skills])
    named = tuple(skill for skill in likely.skills if skill.skill_id in skills)
    wanted = {*likely.role_ids, *(role_id for skill in named for role_id in skill.role_ids)}
    roles = {role.id: role for role in context.spaces.role_spaces.space(store).roles if role.id in wanted}
    return NamedSkills(LikelySkills(likely.role_ids, named), skills, roles)


def acknowledgements_for(roles: Iterable[RoleProfile]) -> list[str]:
    """Return what the owners of these roles want to be said where they are shown, each once."""
    origins = sorted({role.origin for role in roles})
    return [ACKNOWLEDGEMENTS[origin] for origin in origins if origin in ACKNOWLEDGEMENTS]
