"""One transaction as the queries see it."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import Connection

Value = TypeVar("Value")


@dataclass
class Work:
    """A running transaction: what may be done in it, and whether an indexed text or somebody's time has changed."""

    connection: Connection
    may_write: bool
    has_index_change: bool = False
    has_time_change: bool = False
    _seen: dict[Hashable, Any] = field(default_factory=dict)

    def once(self, name: Hashable, read: Callable[[], Value]) -> Value:
        """Return what `read` returns; a transaction that only reads sees one state, so one look is enough."""
        if self.may_write:
            return read()
        if name not in self._seen:
            self._seen[name] = read()
        value: Value = self._seen[name]
        return value

    @property
    def writing(self) -> Connection:
        """Return the connection for a change; a unit of work opened for reading has none."""
        if not self.may_write:
            raise RuntimeError("unit_of_work must be opened with write=True to change something, got write=False.")
        return self.connection
