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
        """Return what `read` returns, with one look where nothing can have changed since.

        That is in a transaction that only reads, for it sees one state, and of what this transaction has locked.
        """
        if name not in self._seen:
            if self.may_write:
                return read()
            self._seen[name] = read()
        value: Value = self._seen[name]
        return value

    def remember(self, name: Hashable, locked: Any) -> None:
        """Let `once` return this from now on: nobody else changes it until this transaction ends."""
        self._seen[name] = locked

    def forget(self, name: Hashable) -> None:
        """Let `once` look again: this transaction itself has changed it."""
        self._seen.pop(name, None)

    def has(self, name: Hashable) -> bool:
        """Whether `once` knows it without a look."""
        return name in self._seen

    @property
    def writing(self) -> Connection:
        """Return the connection for a change; a unit of work opened for reading has none."""
        if not self.may_write:
            raise RuntimeError("unit_of_work must be opened with write=True to change something, got write=False.")
        return self.connection
