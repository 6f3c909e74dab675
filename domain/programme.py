"""What HR rules for the whole programme."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from domain.errors import InvalidInput


@dataclass(frozen=True, slots=True)
class ProgrammeRules:
    """Pairs of departments whose people may not mentor each other, each pair in the order of its names.

    A department paired with itself: nobody in it is mentored by a colleague of the same department.
    """

    conflicts: frozenset[tuple[str, ...]] = field(default_factory=frozenset)

    def __post_init__(self) -> None:
        for pair in self.conflicts:
            if len(pair) != 2 or not all(name.strip() for name in pair) or pair != tuple(sorted(pair)):
                raise InvalidInput("conflict of interest", "name two departments in order", len(pair))

    def with_conflict(self, first: str, second: str) -> "ProgrammeRules":
        """Return the rules with this pair too."""
        return ProgrammeRules(self.conflicts | {_pair(first, second)})

    def without_conflict(self, first: str, second: str) -> "ProgrammeRules":
        """Return the rules without this pair."""
        return ProgrammeRules(self.conflicts - {_pair(first, second)})

    def barred_for(self, department: str) -> frozenset[str]:
        """Return the departments whose people may not mentor somebody of this one."""
        return frozenset(_other(pair, department) for pair in self.conflicts if department in pair)


NO_RULES = ProgrammeRules()


def _pair(first: str, second: str) -> tuple[str, ...]:
    return tuple(sorted((first, second)))


def _other(pair: Iterable[str], department: str) -> str:
    first, second = pair
    return second if first == department else first
