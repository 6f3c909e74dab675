"""Goals: what mentees wrote."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Select, select, update
from sqlalchemy.engine import RowMapping

from domain.errors import InvalidInput, NotFound
from domain.language import Language
from domain.people import Goal
from store.rows import changed, must_exist, rows_in, rows_of, upsert
from store.tables import goals, people
from store.work import Work


class Goals:
    """Queries for goals; a person's own only, but for `all_open`, which feeds rankings and indexes."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def of(self, person_id: str, open_only: bool = True) -> list[Goal]:
        """Return a person's goals, oldest first, ties by id."""
        query = select(goals).where(goals.c.person_id == person_id).order_by(goals.c.created_at, goals.c.id)
        return self._read(query.where(goals.c.closed_at.is_(None)) if open_only else query)

    def of_many(self, person_ids: Iterable[str]) -> dict[str, list[Goal]]:
        """Return the open goals of these people by person id, each as `of`; who has none is absent."""
        query = select(goals).where(goals.c.closed_at.is_(None)).order_by(goals.c.created_at, goals.c.id)
        found: dict[str, list[Goal]] = {}
        for row in rows_in(self._work.connection, query, goals.c.person_id, person_ids):
            found.setdefault(row["person_id"], []).append(_goal(row))
        return found

    def all_open(self) -> list[Goal]:
        """Return everybody's open goals by person id, then oldest first, ties by id."""
        query = select(goals).where(goals.c.closed_at.is_(None))
        return self._read(query.order_by(goals.c.person_id, goals.c.created_at, goals.c.id))

    def add(self, goal: Goal) -> None:
        """Keep a new goal; raise InvalidInput when its id is taken, so that nobody's goal is overwritten."""
        if self._stored([goal.id]):
            raise InvalidInput("goal id", "be new", goal.id)
        self.save([goal])

    def add_new(self, candidates: Iterable[Goal]) -> int:
        """Keep those goals whose id is not kept yet, open or closed; return how many."""
        return self.save(self.unknown(candidates))

    def unknown(self, candidates: Iterable[Goal]) -> list[Goal]:
        """Return those goals whose id is not kept yet, open or closed."""
        by_id = {goal.id: goal for goal in candidates}
        known = self._stored(by_id)
        return [goal for goal in by_id.values() if goal.id not in known]

    def save(self, new_goals: Iterable[Goal]) -> int:
        """Insert or replace goals; return how many really changed."""
        new = changed(new_goals, lambda goal: goal.id, self._stored)
        connection = self._work.writing
        must_exist(connection, people.c.id, (goal.person_id for goal in new), "person_id", "Import the person first.")
        upsert(connection, goals, [{name: getattr(goal, name) for name in Goal.__slots__} for goal in new])
        self._work.has_index_change |= bool(new)
        return len(new)

    def close(self, person_id: str, goal_id: str, at: datetime) -> None:
        """Close a person's own goal; one closed before keeps its time. Raise NotFound when it is not theirs."""
        own = (goals.c.id == goal_id) & (goals.c.person_id == person_id)
        if not self._read(select(goals).where(own)):
            raise NotFound("goal", goal_id)
        closed = self._work.writing.execute(update(goals).where(own, goals.c.closed_at.is_(None)).values(closed_at=at))
        self._work.has_index_change |= closed.rowcount > 0

    def get(self, person_id: str, goal_id: str) -> Goal:
        """Return a person's own goal, open or closed; raise NotFound when it is not theirs."""
        found = self._read(select(goals).where(goals.c.id == goal_id, goals.c.person_id == person_id))
        if not found:
            raise NotFound("goal", goal_id)
        return found[0]

    def _read(self, query: Select[tuple[object, ...]]) -> list[Goal]:
        return [_goal(row) for row in self._work.connection.execute(query).mappings()]

    def _stored(self, ids: Iterable[str]) -> dict[str, Goal]:
        return {row["id"]: _goal(row) for row in rows_of(self._work.connection, goals.c.id, ids)}


def _goal(row: RowMapping) -> Goal:
    return Goal(**{**row, "language": Language(row["language"])})
