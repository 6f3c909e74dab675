"""O*NET's text files as role profiles: occupations, and how much each needs which skill or knowledge.

Kept is what is important: 3 or more on the scale of importance (IM, 1 to 5), where 3 is called “important”. The level
wanted is O*NET's (LV, 0 to 7) cut into four equal parts: below 1.75 is 1, below 3.5 is 2, below 5.25 is 3, the rest 4;
without a rating of the level it is 2. Ratings that O*NET advises to suppress, or that most people called not relevant,
are left out, and so is all that is neither a skill nor knowledge.
"""

from collections.abc import Iterable
from math import isfinite
from pathlib import Path

from domain.errors import ImportRejected, InvalidInput, RowProblem
from domain.origins import Origin
from domain.people import MAX_LEVEL, Skill
from services.cells import Cells
from services.role_batches import Occupation, RoleBatch, role_batch
from services.role_files import PUBLISHED, FilesByKind, RoleFile
from services.sheets import Row, read_table

CODE, TITLE, DESCRIPTION = "o*net-soc_code", "title", "description"
ELEMENT, NAME, SCALE, VALUE = "element_id", "element_name", "scale_id", "data_value"
SUPPRESS, NOT_RELEVANT = "recommend_suppress", "not_relevant"
SKILLS_AND_KNOWLEDGE = ("2.A.", "2.B.", "2.C.")
RANGES = {"IM": (1.0, 5.0), "LV": (0.0, 7.0)}
IMPORTANT = 3.0
LEVEL_WITHOUT_RATING = 2

Ratings = dict[tuple[str, str], dict[str, float]]


def read_onet(files: FilesByKind, catalog_skills: Iterable[Skill]) -> RoleBatch:
    """Return O*NET's occupations as role profiles; raise ImportRejected with every problem of the first wrong file."""
    occupations = _read_occupations(files[RoleFile.ONET_OCCUPATIONS][0])
    ratings: Ratings = {}
    names: dict[str, str] = {}
    for path in files[RoleFile.ONET_RATINGS]:
        _read_ratings(path, occupations.keys(), ratings, names)
    if not names:
        wrong = RowProblem(0, "", f"no row rates a skill or knowledge; {RoleFile.ONET_RATINGS} must be among the files")
        raise ImportRejected(files[RoleFile.ONET_RATINGS][0].name, [wrong])
    levels: dict[str, dict[str, int]] = {}
    for (occupation, skill), by_scale in ratings.items():
        if by_scale.get("IM", 0.0) >= IMPORTANT:
            levels.setdefault(occupation, {})[skill] = _level(by_scale.get("LV"))
    return role_batch(Origin.ONET, occupations.values(), levels, names, catalog_skills)


def _read_occupations(path: Path) -> dict[str, Occupation]:
    cells = Cells(read_table(path, PUBLISHED, {CODE, TITLE, DESCRIPTION}))
    cells.check_present((CODE, TITLE, DESCRIPTION))
    occupations: dict[str, Occupation] = {}
    cells.raise_problems()
    for row in cells.table.rows:
        key = _id(cells, row, CODE)
        if key in occupations:
            cells.note(row.number, CODE, "stands in the file twice")
        title = cells.text(row, TITLE, required=True)
        occupations[key] = Occupation(key, title, cells.text(row, DESCRIPTION, longest=20_000))
    cells.raise_problems()
    return occupations


def _read_ratings(path: Path, occupations: Iterable[str], ratings: Ratings, names: dict[str, str]) -> None:
    """Add what the file rates by occupation and skill, and the names of its skills."""
    wanted = (CODE, ELEMENT, NAME, SCALE, VALUE, SUPPRESS, NOT_RELEVANT)
    cells = Cells(read_table(path, PUBLISHED, set(wanted)))
    cells.check_present(wanted)
    known = frozenset(occupations)
    cells.raise_problems()
    for row in cells.table.rows:
        if not row.cells.get(ELEMENT, "").startswith(SKILLS_AND_KNOWLEDGE) or row.cells.get(SCALE) not in RANGES:
            continue
        occupation, skill = _id(cells, row, CODE), _id(cells, row, ELEMENT)
        if occupation not in known:
            cells.note(row.number, CODE, "must stand in the file of occupations of the same release too")
        names[skill] = cells.text(row, NAME, required=True)
        value = _rating(cells, row)
        if "Y" not in (row.cells.get(SUPPRESS), row.cells.get(NOT_RELEVANT)):
            ratings.setdefault((occupation, skill), {})[row.cells[SCALE]] = value
    cells.raise_problems()


def _rating(cells: Cells, row: Row) -> float:
    lowest, highest = RANGES[row.cells[SCALE]]

    def parse(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            value = float("nan")
        if not (isfinite(value) and lowest <= value <= highest):
            raise InvalidInput("cell", f"be a number from {lowest:g} to {highest:g}", text)
        return value

    cells.text(row, VALUE, required=True)
    return cells.parsed(row, VALUE, parse, lowest)


def _level(rated: float | None) -> int:
    """Return the level 1-4 for a rating of 0-7: four parts of equal width."""
    return LEVEL_WITHOUT_RATING if rated is None else min(MAX_LEVEL, 1 + int(rated * MAX_LEVEL / RANGES["LV"][1]))


def _id(cells: Cells, row: Row, column: str) -> str:
    return f"onet:{cells.text(row, column, required=True, longest=60)}"
