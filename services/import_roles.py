"""Role profiles from files: our own table, or what ESCO and O*NET publish; all of them or none."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from domain.language import LocalText
from domain.origins import ACKNOWLEDGEMENTS, Origin
from domain.people import RoleProfile, Skill
from services.cells import Cells, parse_levels
from services.esco_files import read_esco
from services.onet_files import read_onet
from services.role_batches import RoleBatch
from services.role_files import FilesByKind, RoleFile, find_role_files
from services.sheets import Row, Table, read_table
from store import Engine, Store, unit_of_work

REQUIRED = ("id", "title_en", "title_ru", "skills")
OPTIONAL = ("summary_en", "summary_ru")
READERS: dict[RoleFile, Callable[[FilesByKind, Iterable[Skill]], RoleBatch]] = {
    RoleFile.ESCO_RELATIONS: read_esco,
    RoleFile.ONET_RATINGS: read_onet,
}


@dataclass(frozen=True, slots=True)
class RolesReport:
    """What an import did: roles and skills that changed, occupations that name no skill, whose words came in."""

    roles: int
    skills: int
    left_out: int
    origins: tuple[Origin, ...]

    def __str__(self) -> str:
        skills = f", {self.skills} skills added or renamed" if self.skills else ""
        left_out = f", {self.left_out} occupations without a skill left out" if self.left_out else ""
        owed = (f"\n{ACKNOWLEDGEMENTS[origin]}" for origin in self.origins if origin in ACKNOWLEDGEMENTS)
        return f"{self.roles} roles changed{skills}{left_out}.{''.join(owed)}"


def import_roles(engine: Engine, paths: Sequence[Path]) -> RolesReport:
    """Import the role profiles of files and folders; return what changed.

    Raises
    ------
    ImportRejected
        Any row is wrong, a file is not known, or one that belongs to another is missing; then nothing changes.
    """
    with unit_of_work(engine) as store:
        batches = read_roles(store, paths)
    with unit_of_work(engine, write=True) as store:
        return save_roles(store, batches)


def read_roles(store: Store, paths: Sequence[Path]) -> list[RoleBatch]:
    """Return what the files say; raise ImportRejected as `import_roles`."""
    files = find_role_files(paths)
    skills, imported = store.catalog.current().skills, store.imported_skills.ids()
    batches = [read(files, skills) for kind, read in READERS.items() if kind in files]
    known = frozenset(imported | {skill.id for skill in (*skills, *(s for batch in batches for s in batch.skills))})
    own = (parse_roles(read_table(path), known) for path in files.get(RoleFile.OWN, ()))
    return [*batches, *(RoleBatch(Origin.COMPANY, tuple(roles)) for roles in own)]


def save_roles(store: Store, batches: Sequence[RoleBatch]) -> RolesReport:
    """Keep the roles and skills; return what changed."""
    return RolesReport(
        skills=store.imported_skills.save(skill for batch in batches for skill in batch.skills),
        roles=store.roles.save(role for batch in batches for role in batch.roles),
        left_out=sum(batch.left_out for batch in batches),
        origins=tuple(batch.origin for batch in batches),
    )


def parse_roles(table: Table, skill_ids: frozenset[str]) -> list[RoleProfile]:
    """Return the profiles of our own table; raise ImportRejected with every problem."""
    cells = Cells(table)
    cells.check_columns(REQUIRED, OPTIONAL)
    cells.raise_problems()
    roles = [_parse_role(cells, row, skill_ids) for row in table.rows]
    rows: dict[str, int] = {}
    for row, role in zip(table.rows, roles, strict=True):
        if rows.setdefault(role.id, row.number) != row.number:
            cells.note(row.number, "id", f"stands in row {rows[role.id]} already")
    cells.raise_problems()
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
