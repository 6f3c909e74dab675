"""Cohorts with HR's wishes, and their numbered proposals."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, delete, insert, select, true, update
from sqlalchemy.engine import RowMapping

from domain.cohorts import Cohort, Proposal, ProposalStatus, ProposedPair, Unmatched, Why
from domain.errors import NotFound
from store.rows import must_exist, upsert
from store.tables import (
    cohort_mentees,
    cohort_pairs,
    cohort_proposals,
    cohort_unmatched,
    cohort_wishes,
    cohorts,
    people,
)
from store.work import Work

# `Cohorts.list` hides the built-in name inside the class
ListOfCohorts = list[Cohort]
ListOfRows = list[RowMapping]
_IMPORT_FIRST = "Import the person first."


class Cohorts:
    """Queries for cohorts and their proposals; both come newest first, ties by id."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def add(self, cohort: Cohort) -> None:
        """Keep a new cohort; raise InvalidInput when somebody of it is not stored."""
        connection = self._work.writing
        must_exist(connection, people.c.id, cohort.mentee_ids, "mentee", _IMPORT_FIRST)
        kept = ("id", "name", "per_mentor", "minutes", "floor", "created_at")
        connection.execute(insert(cohorts), {name: getattr(cohort, name) for name in kept})
        rows = [{"cohort_id": cohort.id, "mentee_id": mentee_id} for mentee_id in cohort.mentee_ids]
        connection.execute(insert(cohort_mentees), rows)

    def get(self, cohort_id: str) -> Cohort:
        """Return the cohort; raise NotFound when there is none."""
        found = self._read(cohorts.c.id == cohort_id)
        if not found:
            raise NotFound("cohort", cohort_id)
        return found[0]

    def list(self) -> ListOfCohorts:
        """Return all cohorts."""
        return self._read(true())

    def wish(self, cohort_id: str, mentee_id: str, mentor_id: str, *, is_pin: bool) -> None:
        """Keep that HR wants the pair, or does not; raise InvalidInput when the mentor is not stored."""
        connection = self._work.writing
        must_exist(connection, people.c.id, (mentee_id, mentor_id), "person_id", _IMPORT_FIRST)
        pair = {"cohort_id": cohort_id, "mentee_id": mentee_id, "mentor_id": mentor_id}
        upsert(connection, cohort_wishes, [pair | {"is_pin": is_pin}])

    def take_back(self, cohort_id: str, mentee_id: str, mentor_id: str) -> bool:
        """Forget what HR wished for the pair; return whether there was something."""
        own = _of(cohort_wishes, cohort_id) & (cohort_wishes.c.mentee_id == mentee_id)
        gone = self._work.writing.execute(delete(cohort_wishes).where(own, cohort_wishes.c.mentor_id == mentor_id))
        return bool(gone.rowcount)

    def add_proposal(self, proposal: Proposal) -> Proposal:
        """Keep the proposal under the next number and return it; those proposed before are superseded."""
        connection = self._work.writing
        # the lock on the cohort gives two runs at once two numbers
        lock = select(cohorts.c.id).where(cohorts.c.id == proposal.cohort_id).with_for_update()
        if connection.execute(lock).first() is None:
            raise NotFound("cohort", proposal.cohort_id)
        before = [row["number"] for row in self._proposal_rows(_of(cohort_proposals, proposal.cohort_id))]
        numbered = _with_number(proposal, max(before, default=0) + 1)
        is_open = cohort_proposals.c.status == ProposalStatus.PROPOSED
        self._mark(_of(cohort_proposals, proposal.cohort_id) & is_open, ProposalStatus.SUPERSEDED)
        connection.execute(insert(cohort_proposals), _proposal_row(numbered))
        own = {"cohort_id": numbered.cohort_id, "number": numbered.number}
        _insert_all(connection, cohort_pairs, [own | _fields(pair) for pair in numbered.pairs])
        _insert_all(connection, cohort_unmatched, [own | _fields(one) for one in numbered.unmatched])
        return numbered

    def proposal(self, cohort_id: str, number: int) -> Proposal:
        """Return the proposal; raise NotFound when there is none."""
        rows = self._proposal_rows(_of(cohort_proposals, cohort_id) & (cohort_proposals.c.number == number))
        if not rows:
            raise NotFound("proposal", f"{cohort_id}-{number}", "`halfhour match` makes one.")
        return self._proposal(rows[0])

    def latest_proposal(self, cohort_id: str) -> Proposal | None:
        """Return the newest proposal; None when there is none yet."""
        rows = self._proposal_rows(_of(cohort_proposals, cohort_id))
        return self.proposal(cohort_id, rows[0]["number"]) if rows else None

    def approve(self, proposal: Proposal) -> bool:
        """Mark the proposal as approved; return False where it is not open any more."""
        own = _of(cohort_proposals, proposal.cohort_id) & (cohort_proposals.c.number == proposal.number)
        return self._mark(own & (cohort_proposals.c.status == ProposalStatus.PROPOSED), ProposalStatus.APPROVED)

    def statuses(self) -> dict[str, ProposalStatus]:
        """Return by cohort id the status of its newest proposal; those without one are absent."""
        rows = self._proposal_rows(true())
        return {row["cohort_id"]: ProposalStatus(row["status"]) for row in reversed(rows)}

    def _mark(self, condition: ColumnElement[bool], status: ProposalStatus) -> bool:
        marked = update(cohort_proposals).where(condition).values(status=status.value)
        return bool(self._work.writing.execute(marked).rowcount)

    def _read(self, condition: ColumnElement[bool]) -> ListOfCohorts:
        order = (cohorts.c.created_at.desc(), cohorts.c.id)
        rows = self._work.connection.execute(select(cohorts).where(condition).order_by(*order)).mappings().all()
        return [self._with_people(row) for row in rows]

    def _with_people(self, row: RowMapping) -> Cohort:
        mentees = select(cohort_mentees).where(_of(cohort_mentees, row["id"])).order_by(cohort_mentees.c.mentee_id)
        wishes = self._rows(select(cohort_wishes).where(_of(cohort_wishes, row["id"])))
        return Cohort(
            **row,
            mentee_ids=tuple(mentee["mentee_id"] for mentee in self._rows(mentees)),
            pins=frozenset((wish["mentee_id"], wish["mentor_id"]) for wish in wishes if wish["is_pin"]),
            forbids=frozenset((wish["mentee_id"], wish["mentor_id"]) for wish in wishes if not wish["is_pin"]),
        )

    def _proposal_rows(self, condition: ColumnElement[bool]) -> ListOfRows:
        return self._rows(select(cohort_proposals).where(condition).order_by(cohort_proposals.c.number.desc()))

    def _proposal(self, row: RowMapping) -> Proposal:
        pairs, unmatched = (self._of_proposal(table, row) for table in (cohort_pairs, cohort_unmatched))
        fields: dict[str, Any] = {**row, "status": ProposalStatus(row["status"])}
        return Proposal(
            **fields,
            pairs=tuple(ProposedPair(**_own(pair)) for pair in pairs),
            unmatched=tuple(
                Unmatched(one["mentee_id"], Why(one["why"]), tuple(one["mentor_ids"])) for one in unmatched
            ),
        )

    def _of_proposal(self, table: Any, row: RowMapping) -> ListOfRows:
        own = _of(table, row["cohort_id"]) & (table.c.number == row["number"])
        return self._rows(select(table).where(own).order_by(table.c.mentee_id))

    def _rows(self, query: Any) -> ListOfRows:
        return [*self._work.connection.execute(query).mappings()]


def _of(table: Any, cohort_id: str) -> ColumnElement[bool]:
    return table.c.cohort_id == cohort_id  # type: ignore[no-any-return]


def _with_number(proposal: Proposal, number: int) -> Proposal:
    fields = {name: getattr(proposal, name) for name in Proposal.__slots__}
    return Proposal(**fields | {"number": number, "status": ProposalStatus.PROPOSED})


def _proposal_row(proposal: Proposal) -> dict[str, Any]:
    kept = ("cohort_id", "number", "objective", "bound", "made_at")
    return {name: getattr(proposal, name) for name in kept} | {"status": proposal.status.value}


def _fields(part: ProposedPair | Unmatched) -> dict[str, Any]:
    if isinstance(part, Unmatched):
        return {"mentee_id": part.mentee_id, "why": part.why.value, "mentor_ids": list(part.mentor_ids)}
    return {name: getattr(part, name) for name in ProposedPair.__slots__}


def _own(row: RowMapping) -> dict[str, Any]:
    return {name: row[name] for name in ProposedPair.__slots__}


def _insert_all(connection: Any, table: Any, rows: Iterable[dict[str, Any]]) -> None:
    listed = list(rows)
    if listed:
        connection.execute(insert(table), listed)
