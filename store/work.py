"""One transaction as the queries see it."""

from dataclasses import dataclass

from sqlalchemy import Connection


@dataclass
class Work:
    """A running transaction: what may be done in it, and whether an indexed text or somebody's time has changed."""

    connection: Connection
    may_write: bool
    has_index_change: bool = False
    has_time_change: bool = False

    @property
    def writing(self) -> Connection:
        """Return the connection for a change; a unit of work opened for reading has none."""
        if not self.may_write:
            raise RuntimeError("unit_of_work must be opened with write=True to change something, got write=False.")
        return self.connection
