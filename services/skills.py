"""Skills by id, of the catalog and imported, and how a gap in one is put into words for the search."""

from collections.abc import Iterable

from domain.people import Skill
from store import Store


def known_skills(store: Store, skill_ids: Iterable[str]) -> dict[str, Skill]:
    """Return the skills of these ids by id: those of the current catalog and imported ones; others are absent."""
    wanted = set(skill_ids)
    of_catalog = {skill.id: skill for skill in store.catalog.current().skills if skill.id in wanted}
    return of_catalog | store.imported_skills.get_many(wanted - of_catalog.keys())


def gap_text(skill: Skill) -> str:
    """Return the name that stands for a gap in this skill: the English one, which imported skills always have."""
    return skill.name.en
