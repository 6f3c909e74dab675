"""How often each topic was suggested: one counter per topic, raised whenever a suggestion set is kept."""

from collections.abc import Iterable

from sqlalchemy import Connection, select
from sqlalchemy.dialects import postgresql, sqlite

from store.tables import counters

_PREFIX = "shown:"


def add_showings(connection: Connection, topic_ids: Iterable[str]) -> None:
    """Count each topic once more; two transactions at once both count."""
    # in one order always: on PostgreSQL two transactions that lock the same rows in two orders block each other
    rows = [{"name": _PREFIX + topic_id, "value": 1} for topic_id in sorted(set(topic_ids))]
    if rows:
        dialect_insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
        raised = dialect_insert(counters).on_conflict_do_update(
            index_elements=["name"], set_={"value": counters.c.value + 1}
        )
        connection.execute(raised, rows)


def read_showings(connection: Connection) -> dict[str, int]:
    """Return the count by topic id; a topic that was never suggested is absent."""
    query = select(counters).where(counters.c.name.startswith(_PREFIX, autoescape=True)).order_by(counters.c.name)
    return {row["name"].removeprefix(_PREFIX): row["value"] for row in connection.execute(query).mappings()}
