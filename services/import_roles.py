"""Role profiles from a table: a title in both languages and the skill levels that the role requires."""

from pathlib import Path

from domain.errors import ImportRejected
from domain.language import LocalText
from domain.people import RoleProfile
from services.cells import Cells, parse_levels
from services.sheets import Row, Table, read_table
from store import Engine, unit_of_work

REQUIRED = ("id", "title_en", "title_ru", "skills")
OPTIONAL = ("summary_en", "summary_ru")


def import_roles(engine: Engine, path: Path) -> int:
    """Import the role profiles of a CSV or XLSX file; return how many changed. Raises ImportRejected."""
    table = read_table(path)
    with unit_of_work(engine, write=True) as store:
        skills = frozenset(skill.id for skill in store.catalog.current().skills)
        return store.roles.save(parse_roles(table, skills))


def parse_roles(table: Table, skill_ids: frozenset[str]) -> list[RoleProfile]:
    """Return the profiles of the table; raise ImportRejected with every problem."""
    cells = Cells(table)
    cells.check_columns(REQUIRED, OPTIONAL)
    roles = [_parse_role(cells, row, skill_ids) for row in table.rows] if not cells.problems else []
    ids = [role.id for role in roles]
    for row, role_id in zip(table.rows, ids, strict=False):
        if ids.count(role_id) > 1:
            cells.note(row.number, "id", "stands in the file twice")
    if cells.problems:
        raise ImportRejected(table.filename, cells.problems)
    return roles


def _parse_role(cells: Cells, row: Row, skill_ids: frozenset[str]) -> RoleProfile:
    levels: dict[str, int] = cells.parsed(row, "skills", parse_levels(1), {})
    unknown = sorted(levels.keys() - skill_ids)
    if unknown or not levels:
        cells.note(row.number, "skills", f"must name skills of the catalog, got {', '.join(unknown)[:80] or 'none'}")
    return RoleProfile(
        id=cells.text(row, "id", required=True, longest=60),
        title=LocalText(cells.text(row, "title_en", required=True), cells.text(row, "title_ru", required=True)),
        summary=LocalText(cells.text(row, "summary_en", longest=600), cells.text(row, "summary_ru", longest=600)),
        required_levels=levels,
    )
