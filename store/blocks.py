"""Blocks: who does not want to be suggested to whom."""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import ColumnElement, and_, delete, select, true

from domain.blocks import NO_BLOCKS, Block, Blocks
from store.rows import must_exist, rows_of, upsert
from store.tables import blocks, people
from store.work import Work

# `BlockQueries.list` hides the built-in name inside the class
ListOfBlocks = list[Block]


class BlockQueries:
    """Queries for blocks; lists come oldest first, ties by id."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def of(self, person_id: str) -> ListOfBlocks:
        """Return whom the person blocked."""
        return self._read(blocks.c.person_id == person_id)

    def around(self, person_id: str) -> Blocks:
        """Return the ids of those whom the person blocked, and of those who blocked the person."""
        return self.around_many([person_id]).get(person_id, NO_BLOCKS)

    def around_many(self, person_ids: Iterable[str]) -> dict[str, Blocks]:
        """Return the same by person id; who neither blocked nor is blocked is absent."""
        ids = {*person_ids}
        own: defaultdict[str, set[str]] = defaultdict(set)
        of_others: defaultdict[str, set[str]] = defaultdict(set)
        for row in rows_of(self._work.connection, blocks.c.person_id, ids):
            own[row["person_id"]].add(row["blocked_id"])
        for row in rows_of(self._work.connection, blocks.c.blocked_id, ids):
            of_others[row["blocked_id"]].add(row["person_id"])
        return {id: Blocks(frozenset(own[id]), frozenset(of_others[id])) for id in own.keys() | of_others.keys()}

    def list(self) -> ListOfBlocks:
        """Return all blocks."""
        return self._read(true())

    def add(self, block: Block) -> None:
        """Keep a block; one that is there already keeps its day. Raise InvalidInput for an unknown person."""
        if block.blocked_id in self.around(block.person_id).own:
            return
        connection = self._work.writing
        both = (block.person_id, block.blocked_id)
        must_exist(connection, people.c.id, both, "person_id", "Import the person first.")
        row = {"person_id": block.person_id, "blocked_id": block.blocked_id, "created_at": block.created_at}
        upsert(connection, blocks, [row])

    def remove(self, person_id: str, blocked_id: str) -> bool:
        """Forget a block; return whether there was one."""
        is_this = and_(blocks.c.person_id == person_id, blocks.c.blocked_id == blocked_id)
        return bool(self._work.writing.execute(delete(blocks).where(is_this)).rowcount)

    def _read(self, condition: ColumnElement[bool]) -> ListOfBlocks:
        in_order = (blocks.c.created_at, blocks.c.person_id, blocks.c.blocked_id)
        query = select(blocks).where(condition).order_by(*in_order)
        return [Block(**row) for row in self._work.connection.execute(query).mappings()]
