"""ESCO's own CSV files as role profiles: occupations, skills, and which occupation needs which skill.

An essential skill is wanted at level 3 (confident), an optional one at level 2 (works independently).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from domain.errors import InvalidInput
from domain.origins import Origin
from domain.people import Skill
from services.cells import Cells
from services.role_batches import Occupation, RoleBatch, role_batch
from services.role_files import PUBLISHED, FilesByKind, RoleFile
from services.sheets import Row, read_table

LEVELS = {"essential": 3, "optional": 2}
IN_USE = frozenset({"", "released"})
URI, LABEL, STATUS, DESCRIPTION = "concepturi", "preferredlabel", "status", "description"
OCCUPATION, RELATION, SKILL = "occupationuri", "relationtype", "skilluri"
LONGEST_LABEL, LONGEST_TEXT = 300, 20_000

Levels = dict[str, dict[str, int]]


@dataclass(frozen=True, slots=True)
class Concept:
    """An occupation or a skill of ESCO; one that is no longer in use may still be named in the relations."""

    label: str
    description: str
    is_in_use: bool


def read_esco(files: FilesByKind, catalog_skills: Iterable[Skill]) -> RoleBatch:
    """Return ESCO's occupations as role profiles; raise ImportRejected with every problem of the first wrong file."""
    occupations = _read_concepts(files[RoleFile.ESCO_OCCUPATIONS][0])
    skills = _read_concepts(files[RoleFile.ESCO_SKILLS][0])
    levels = _read_relations(files[RoleFile.ESCO_RELATIONS][0], occupations, skills)
    named = (Occupation(key, one.label, one.description) for key, one in occupations.items() if one.is_in_use)
    names = {key: one.label for key, one in skills.items()}
    return role_batch(Origin.ESCO, named, levels, names, catalog_skills)


def _read_concepts(path: Path) -> dict[str, Concept]:
    """Return the concepts by id."""
    cells = Cells(read_table(path, PUBLISHED, {URI, LABEL, STATUS, DESCRIPTION}))
    cells.check_present((URI, LABEL, DESCRIPTION))
    cells.raise_problems()
    concepts: dict[str, Concept] = {}
    for row in cells.table.rows:
        key = _id(cells, row, URI)
        if key in concepts:
            cells.note(row.number, URI, "stands in the file twice")
        label = cells.text(row, LABEL, required=True, longest=LONGEST_LABEL)
        description = cells.text(row, DESCRIPTION, longest=LONGEST_TEXT)
        concepts[key] = Concept(label, description, cells.text(row, STATUS).casefold() in IN_USE)
    cells.raise_problems()
    return concepts


def _read_relations(path: Path, occupations: Mapping[str, Concept], skills: Mapping[str, Concept]) -> Levels:
    """Return the level wanted by skill id, by occupation id; skills that are no longer in use are left out."""
    cells = Cells(read_table(path, PUBLISHED, {OCCUPATION, RELATION, SKILL}))
    cells.check_present((OCCUPATION, RELATION, SKILL))
    cells.raise_problems()
    levels: Levels = {}
    for row in cells.table.rows:
        cells.text(row, RELATION, required=True)
        level = cells.parsed(row, RELATION, _parse_level, 0)
        occupation, skill = _known_id(cells, row, OCCUPATION, occupations), _known_id(cells, row, SKILL, skills)
        if skill in skills and skills[skill].is_in_use:
            wanted = levels.setdefault(occupation, {})
            wanted[skill] = max(level, wanted.get(skill, 0))
    cells.raise_problems()
    return levels


def _parse_level(relation: str) -> int:
    if relation.casefold() not in LEVELS:
        raise InvalidInput("cell", f"be one of {', '.join(LEVELS)}", relation)
    return LEVELS[relation.casefold()]


def _known_id(cells: Cells, row: Row, column: str, known: Mapping[str, Concept]) -> str:
    key = _id(cells, row, column)
    if key not in known:
        cells.note(row.number, column, "must stand in the other file of the same release too")
    return key


def _id(cells: Cells, row: Row, column: str) -> str:
    """Return the last part of the address of a concept, with `esco:` before it."""
    return f"esco:{cells.text(row, column, required=True).rstrip('/').rpartition('/')[2]}"
