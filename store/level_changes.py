"""What level of a skill a person held from when on."""

from collections.abc import Iterable

from sqlalchemy import select

from domain.people import LevelChange
from store.own_page_tables import level_changes
from store.rows import must_exist, upsert
from store.tables import people, skills
from store.work import Work


class LevelChanges:
    """Queries for levels over time; a person's own only."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def of(self, person_id: str) -> list[LevelChange]:
        """Return the person's changes, oldest first, ties by skill id."""
        query = select(level_changes).where(level_changes.c.person_id == person_id)
        ordered = query.order_by(level_changes.c.at, level_changes.c.skill_id)
        return [LevelChange(**row) for row in self._work.connection.execute(ordered).mappings()]

    def add(self, changes: Iterable[LevelChange]) -> None:
        """Keep changes; raise InvalidInput for an unknown person or skill."""
        new, connection = list(changes), self._work.writing
        must_exist(connection, people.c.id, (one.person_id for one in new), "person_id", "Import the person first.")
        must_exist(connection, skills.c.id, (one.skill_id for one in new), "skill_id", "Choose one from the page.")
        upsert(connection, level_changes, [{name: getattr(one, name) for name in LevelChange.__slots__} for one in new])
