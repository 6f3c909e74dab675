"""The role that a person wants, in own words, and the skills for it that the person struck out."""

from collections.abc import Iterable

from sqlalchemy import delete, select
from sqlalchemy.engine import RowMapping

from domain.language import Language
from domain.people import GoalRole
from store.rows import must_exist, rows_of, upsert
from store.tables import goal_roles, people, skills, struck_skills
from store.work import Work


class GoalRoles:
    """Queries for goal roles; a person's own only, but for `all`, which feeds the index."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def of(self, person_id: str) -> GoalRole | None:
        """Return what the person wrote; None for nothing."""
        return self.of_many([person_id]).get(person_id)

    def of_many(self, person_ids: Iterable[str]) -> dict[str, GoalRole]:
        """Return what these people wrote, by person id; who wrote nothing is absent."""
        rows = rows_of(self._work.connection, goal_roles.c.person_id, person_ids)
        return {row["person_id"]: _goal_role(row) for row in rows}

    def all(self) -> list[GoalRole]:
        """Return everybody's, by person id."""
        query = select(goal_roles).order_by(goal_roles.c.person_id)
        return [_goal_role(row) for row in self._work.connection.execute(query).mappings()]

    def save(self, goal_role: GoalRole) -> None:
        """Keep it in the place of what the person wrote before."""
        connection = self._work.writing
        must_exist(connection, people.c.id, [goal_role.person_id], "person_id", "Import the person first.")
        upsert(connection, goal_roles, [{name: getattr(goal_role, name) for name in GoalRole.__slots__}])

    def remove(self, person_id: str) -> None:
        """Forget what the person wrote."""
        self._work.writing.execute(delete(goal_roles).where(goal_roles.c.person_id == person_id))

    def struck(self, person_id: str) -> set[str]:
        """Return the ids of the skills that are not to be suggested to the person again."""
        return self.struck_of_many([person_id]).get(person_id, set())

    def struck_of_many(self, person_ids: Iterable[str]) -> dict[str, set[str]]:
        """Return the same by person id; who struck out none is absent."""
        struck: dict[str, set[str]] = {}
        for row in rows_of(self._work.connection, struck_skills.c.person_id, person_ids):
            struck.setdefault(row["person_id"], set()).add(row["skill_id"])
        return struck

    def strike(self, person_id: str, skill_ids: Iterable[str]) -> None:
        """Let these skills not be suggested to the person again; raise InvalidInput for an unknown one."""
        rows = [{"person_id": person_id, "skill_id": skill_id} for skill_id in sorted(set(skill_ids))]
        keys = [row["skill_id"] for row in rows]
        must_exist(self._work.writing, skills.c.id, keys, "skill_id", "Choose one from the page.")
        upsert(self._work.writing, struck_skills, rows)

    def put_back(self, person_id: str, skill_id: str) -> None:
        """Let the skill be suggested to the person again."""
        own = (struck_skills.c.person_id == person_id) & (struck_skills.c.skill_id == skill_id)
        self._work.writing.execute(delete(struck_skills).where(own))


def _goal_role(row: RowMapping) -> GoalRole:
    return GoalRole(row["person_id"], row["text"], Language(row["language"]))
