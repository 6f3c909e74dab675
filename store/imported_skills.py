"""Skills that came with imported roles: roles require them and people hold them, but no topic builds them by id."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.engine import RowMapping

from domain.language import LocalText
from domain.people import Skill
from store.dataclass_json import from_json, to_json
from store.rows import changed, rows_of, upsert
from store.tables import imported_skills, skills
from store.work import Work


class ImportedSkills:
    """Queries for imported skills."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def ids(self) -> set[str]:
        """Return the ids of all of them."""
        return set(self._work.connection.execute(select(imported_skills.c.skill_id)).scalars())

    def get_many(self, skill_ids: Iterable[str]) -> dict[str, Skill]:
        """Return those of these ids that are imported, by id."""
        rows = rows_of(self._work.connection, imported_skills.c.skill_id, skill_ids)
        return {row["skill_id"]: _skill(row) for row in rows}

    def save(self, imported: Iterable[Skill]) -> int:
        """Insert or replace skills; return how many really changed."""
        new = changed(imported, lambda skill: skill.id, self.get_many)
        upsert(self._work.writing, skills, [{"id": skill.id} for skill in new])
        rows = [{"skill_id": skill.id, "name": to_json(skill.name)} for skill in new]
        upsert(self._work.writing, imported_skills, rows)
        return len(new)


def _skill(row: RowMapping) -> Skill:
    return Skill(row["skill_id"], from_json(LocalText, row["name"]))
