"""Who does not want to be suggested to whom."""

from dataclasses import dataclass, field
from datetime import datetime

from domain.errors import InvalidInput


@dataclass(frozen=True, slots=True)
class Block:
    """One person's wish not to be brought together with another; the other is never told."""

    person_id: str
    blocked_id: str
    created_at: datetime

    def __post_init__(self) -> None:
        if self.person_id == self.blocked_id:
            raise InvalidInput("blocked person", "be somebody else", "oneself", "Choose another person.")


@dataclass(frozen=True, slots=True)
class Blocks:
    """The blocks of one person: ids of those whom the person blocked, and of those who blocked the person."""

    own: frozenset[str] = field(default_factory=frozenset)
    of_others: frozenset[str] = field(default_factory=frozenset)


NO_BLOCKS = Blocks()
