"""The role a person wants, in own words: written, shown with its likely skills, and these struck out or put back."""

from dataclasses import dataclass

from domain.people import GoalRole, Person, RoleProfile, Skill
from domain.suggestions import check_goal_role
from embeddings import detect_language
from recommender import need_texts
from services.context import Context
from services.index import new_vectors
from services.likely_skills import NamedSkills, acknowledgements_for, likely_for_person, named_skills
from services.skills import known_skills
from store import unit_of_work


@dataclass(frozen=True, slots=True)
class GoalRoleView:
    """What the person wrote, "" for nothing; the target role that counts before it; likely skills; those struck out."""

    text: str
    target: RoleProfile | None
    named: NamedSkills
    struck: tuple[Skill, ...]

    @property
    def acknowledgements(self) -> list[str]:
        """What the owners of the roles shown want to be said beside them."""
        return acknowledgements_for([*self.named.roles.values(), *([self.target] if self.target else [])])


def goal_role_view(context: Context, person: Person) -> GoalRoleView:
    """Return the person's own view; skills struck out come by id."""
    with unit_of_work(context.engine) as store:
        written = store.goal_roles.of(person.id)
        named = named_skills(context, store, likely_for_person(context, store, person.id))
        target = store.roles.get(person.target_role_id) if person.target_role_id else None
        struck = known_skills(store, store.goal_roles.struck(person.id))
    return GoalRoleView(written.text if written else "", target, named, tuple(struck[key] for key in sorted(struck)))


def write_goal_role(context: Context, person_id: str, text: str) -> None:
    """Keep the role that the person wants, embedded at once; an empty text forgets it.

    Raises
    ------
    InvalidInput
        If the text is too long or not text.
    """
    if not text.strip():
        with unit_of_work(context.engine, write=True) as store:
            store.goal_roles.remove(person_id)
        return
    wanted = GoalRole(person_id, check_goal_role(text), detect_language(text))
    texts = need_texts(wanted.text) if wanted.language in context.encoder.languages else ()
    with unit_of_work(context.engine) as store:  # no writer waits for the encoder
        vectors = new_vectors(context, store, texts)
    with unit_of_work(context.engine, write=True) as store:
        store.goal_roles.save(wanted)
        store.vectors.add_many(context.encoder.id, vectors)


def strike_skill(context: Context, person_id: str, skill_id: str) -> None:
    """Let the skill not be suggested to the person again; raise InvalidInput for an unknown one."""
    with unit_of_work(context.engine, write=True) as store:
        store.goal_roles.strike(person_id, [skill_id])


def put_skill_back(context: Context, person_id: str, skill_id: str) -> None:
    """Let the skill be suggested to the person again."""
    with unit_of_work(context.engine, write=True) as store:
        store.goal_roles.put_back(person_id, skill_id)
