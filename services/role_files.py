"""Which files of roles lie in a folder: recognised by their columns, whatever their names."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from domain.errors import ImportRejected, RowProblem
from services.sheets import Limits, read_columns

PUBLISHED = Limits(file_bytes=100_000_000, rows=1_000_000)
"""ESCO's relations are some 30 MB and 125,000 rows, O*NET's ratings some 60,000 rows a file."""
SUFFIXES = frozenset({".csv", ".txt", ".tsv", ".xlsx"})


class RoleFile(StrEnum):
    """What a file of roles holds, in words that a message may use."""

    OWN = "our own table of roles"
    ESCO_OCCUPATIONS = "ESCO's occupations (occupations_en.csv)"
    ESCO_SKILLS = "ESCO's skills (skills_en.csv)"
    ESCO_RELATIONS = "ESCO's relations (occupationSkillRelations_en.csv)"
    ONET_OCCUPATIONS = "O*NET's occupations (Occupation Data.txt)"
    ONET_RATINGS = "O*NET's ratings (Skills.txt or Knowledge.txt)"


@dataclass(frozen=True, slots=True)
class Mark:
    """Columns that a file of a kind has, and those that no such file has."""

    present: frozenset[str]
    absent: frozenset[str] = frozenset()

    def fits(self, columns: Sequence[str]) -> bool:
        return self.present <= set(columns) and self.absent.isdisjoint(columns)


# A collection of ESCO's skills looks like the list of all, but for the column of what stands above each; O*NET's work
# contexts look like its ratings of skills, but for their categories.
MARKS = {
    RoleFile.ESCO_OCCUPATIONS: Mark(frozenset({"concepturi", "iscogroup", "preferredlabel"})),
    RoleFile.ESCO_SKILLS: Mark(frozenset({"concepturi", "skilltype", "reuselevel"}), frozenset({"broaderconcepturi"})),
    RoleFile.ESCO_RELATIONS: Mark(frozenset({"occupationuri", "skilluri"})),
    RoleFile.ONET_OCCUPATIONS: Mark(frozenset({"o*net-soc_code", "title", "description"}), frozenset({"element_id"})),
    RoleFile.ONET_RATINGS: Mark(
        frozenset({"o*net-soc_code", "element_id", "scale_id", "data_value", "not_relevant"}), frozenset({"category"})
    ),
}
COMPANIONS = (
    frozenset({RoleFile.ESCO_OCCUPATIONS, RoleFile.ESCO_SKILLS, RoleFile.ESCO_RELATIONS}),
    frozenset({RoleFile.ONET_OCCUPATIONS, RoleFile.ONET_RATINGS}),
)
MANY = frozenset({RoleFile.OWN, RoleFile.ONET_RATINGS})
"""Kinds of which there may be several files; two of any other would contradict each other."""

FilesByKind = Mapping[RoleFile, tuple[Path, ...]]


def find_role_files(paths: Iterable[Path]) -> FilesByKind:
    """Return the files by kind, in the order given; of a folder only those that are recognised.

    A file that is named itself and not recognised counts as our own table: its missing columns are named later.

    Raises
    ------
    ImportRejected
        Nothing is recognised, two files hold the same, or a file that belongs to another one is missing.
    """
    found: dict[RoleFile, tuple[Path, ...]] = {}
    for path in paths:
        for kind, file in _in_folder(path) if path.is_dir() else [(_kind_of(path) or RoleFile.OWN, path)]:
            found[kind] = (*found.get(kind, ()), file)
    for kind, files in found.items():
        if len(files) > 1 and kind not in MANY:
            raise _rejected(files[1].name, f"it holds the same as {files[0].name}: {kind}; give one of them")
    for family in COMPANIONS:
        _check_complete(found, family)
    return found


def _in_folder(folder: Path) -> list[tuple[RoleFile, Path]]:
    files = sorted(path for path in folder.iterdir() if path.suffix.lower() in SUFFIXES and path.is_file())
    kinds = [(kind, path) for path in files if (kind := _kind_of(path, is_named=False))]
    if not kinds:
        known = "; ".join((*MARKS, RoleFile.OWN))
        raise _rejected(folder.name, f"no file of roles lies in this folder. Known are: {known}")
    return kinds


def _kind_of(path: Path, *, is_named: bool = True) -> RoleFile | None:
    """Return what the file holds; None for anything else, and where a file that nobody named cannot be read."""
    try:
        columns = read_columns(path, PUBLISHED)
    except ImportRejected:
        if is_named:
            raise
        return None
    marks = MARKS | {RoleFile.OWN: Mark(frozenset({"id", "title_en", "title_ru", "skills"}))}
    return next((kind for kind, mark in marks.items() if mark.fits(columns)), None)


def _check_complete(found: FilesByKind, family: frozenset[RoleFile]) -> None:
    missing, given = sorted(family - found.keys()), sorted(family & found.keys())
    if given and missing:
        raise _rejected(found[given[0]][0].name, f"{' and '.join(missing)} must lie beside it, in the same release")


def _rejected(name: str, message: str) -> ImportRejected:
    return ImportRejected(name, [RowProblem(0, "", message)])
