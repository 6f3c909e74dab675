"""Blocks: who does not want to be suggested to whom."""

from sqlalchemy import ColumnElement, and_, delete, select, true

from domain.blocks import Block, Blocks
from store.rows import must_exist, upsert
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
        is_near = (blocks.c.person_id == person_id) | (blocks.c.blocked_id == person_id)
        rows = self._work.connection.execute(select(blocks).where(is_near)).mappings().all()
        return Blocks(
            own=frozenset(row["blocked_id"] for row in rows if row["person_id"] == person_id),
            of_others=frozenset(row["person_id"] for row in rows if row["blocked_id"] == person_id),
        )

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
