"""What HR rules for the programme: kept as a setting, read by every ranking of mentors."""

from dataclasses import dataclass

from domain.errors import InvalidInput
from domain.programme import ProgrammeRules
from store import Engine, Store, unit_of_work

CONFLICTS = "conflicts_of_interest"


@dataclass(frozen=True, slots=True)
class RulesPage:
    """The departments to choose from, and the pairs whose people may not mentor each other, both by name."""

    departments: list[str]
    conflicts: list[tuple[str, ...]]


def programme_rules(store: Store) -> ProgrammeRules:
    """Return the rules in force."""
    return ProgrammeRules(frozenset(tuple(pair) for pair in store.get_setting(CONFLICTS, [])))


def rules_page(engine: Engine) -> RulesPage:
    """Return what HR's page shows."""
    with unit_of_work(engine) as store:
        return RulesPage(departments(store), sorted(programme_rules(store).conflicts))


def add_conflict(engine: Engine, first: str, second: str) -> None:
    """Let people of these two departments not mentor each other; a department with itself is a pair too.

    Raises
    ------
    InvalidInput
        If one of them is no department of the company.
    """
    with unit_of_work(engine, write=True) as store:
        known = departments(store)
        for name in (first, second):
            if name not in known:
                raise InvalidInput("department", "be one of the company", name or "nothing", "Choose it from the list.")
        _keep(store, programme_rules(store).with_conflict(first, second))


def remove_conflict(engine: Engine, first: str, second: str) -> None:
    """Let people of these two departments mentor each other again; a pair that is not there stays so."""
    with unit_of_work(engine, write=True) as store:
        _keep(store, programme_rules(store).without_conflict(first, second))


def departments(store: Store) -> list[str]:
    """Return the departments of all who take part, by name."""
    return sorted({person.department for person in store.people.list() if person.department.strip()})


def _keep(store: Store, rules: ProgrammeRules) -> None:
    store.put_setting(CONFLICTS, [list(pair) for pair in sorted(rules.conflicts)])
