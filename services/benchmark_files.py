"""Reading a benchmark folder: `task.json` and the files of its task; what is wrong is named by file and line."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from domain.errors import InvalidInput

_TASK_FILE = "task.json"
CORRECT_LINE = "Correct the line and run it again."
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class BenchmarkFolder:
    """A folder with a readable `task.json`; `paths` are relative to the folder, by key of `task.json`."""

    folder: Path
    name: str
    task: str
    split: str
    metrics: tuple[str, ...]
    paths: dict[str, str]

    def path(self, key: str) -> Path:
        """Return the file of this key: as `task.json` says, else `<key>.jsonl` in the folder."""
        return self.folder / self.paths.get(key, f"{key}.jsonl")


@dataclass(frozen=True, slots=True)
class Row:
    """One object of a JSONL file, with its place for messages."""

    place: str
    fields: dict[str, Any]

    def text(self, key: str, default: str | None = None) -> str:
        """Return a text field; without a default it must be there and hold more than white space."""
        value = self.fields.get(key, default)
        if not isinstance(value, str):
            raise InvalidInput(self.place, f"have the text `{key}`", type(value).__name__, CORRECT_LINE)
        if default is None and not value.strip():
            raise InvalidInput(self.place, f"have a `{key}` that is not empty", "an empty text", CORRECT_LINE)
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts; a missing one is empty."""
        value = self.fields.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise InvalidInput(self.place, f"have `{key}` as a list of ids", type(value).__name__, CORRECT_LINE)
        return tuple(value)


def read_folder(folder: Path) -> BenchmarkFolder:
    """Return what `task.json` says.

    Raises
    ------
    InvalidInput
        If there is no such file, it is not a JSON object, or it lacks `name`, `task` or `metrics`.
    """
    path = folder / _TASK_FILE
    if not path.is_file():
        action = "Give the folder of one benchmark, such as bench/needs-tech."
        raise InvalidInput("benchmark", f"be a folder with a {_TASK_FILE}", folder, action)
    row = Row(_TASK_FILE, _object(path.read_text(encoding="utf-8-sig"), _TASK_FILE))
    metrics = row.texts("metrics")
    if not metrics:
        raise InvalidInput(_TASK_FILE, "name at least one metric", "none", 'Add `metrics`, such as ["mrr"].')
    paths = {key: value for key, value in row.fields.items() if isinstance(value, str)}
    return BenchmarkFolder(folder, row.text("name"), row.text("task"), row.text("split", ""), metrics, paths)


def read_rows(path: Path) -> list[Row]:
    """Return the objects of a JSONL file in order, blank lines left out.

    Raises
    ------
    InvalidInput
        If the file is missing or holds nothing, or a line is not one JSON object.
    """
    places = ((f"{path.name} line {number}", line) for number, line in enumerate(_lines(path), 1))
    return _not_empty([Row(place, _object(line, place)) for place, line in places if line.strip()], path)


def read_distinct(path: Path, make: Callable[[Row], Item]) -> dict[str, Item]:
    """Return what `make` makes of each row of a JSONL file, by its `_id`.

    Raises
    ------
    InvalidInput
        As `read_rows`, or if an id stands twice.
    """
    made: dict[str, Item] = {}
    for row in read_rows(path):
        key = row.text("_id")
        if key in made:
            raise InvalidInput(row.place, "have an `_id` that no line before it has", key, CORRECT_LINE)
        made[key] = make(row)
    return made


def read_columns(path: Path, columns: tuple[str, ...]) -> list[tuple[str, list[str]]]:
    """Return place and values of each row of a TSV file, in the order of `columns`, whatever their order in the file.

    Raises
    ------
    InvalidInput
        If the file is missing or holds nothing, its header lacks a column, or a row has too few or too many values.
    """
    lines = _lines(path)
    header = next(lines, "").split("\t")
    missing = [column for column in columns if column not in header]
    if missing:
        raise InvalidInput(
            f"{path.name} line 1", f"name the columns {', '.join(columns)}", f"no {missing[0]}", CORRECT_LINE
        )
    picked = [header.index(column) for column in columns]
    rows = []
    for number, line in enumerate(lines, 2):
        values = line.split("\t")
        if len(values) != len(header) and line.strip():
            raise InvalidInput(f"{path.name} line {number}", f"have {len(header)} values", len(values), CORRECT_LINE)
        if line.strip():
            rows.append((f"{path.name} line {number}", [values[column] for column in picked]))
    return _not_empty(rows, path)


def _object(text: str, place: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        where = f"invalid JSON at character {error.pos + 1}" if isinstance(error, json.JSONDecodeError) else "nesting"
        raise InvalidInput(place, "be one JSON object", where, CORRECT_LINE) from error
    if not isinstance(value, dict):
        raise InvalidInput(place, "be one JSON object", type(value).__name__, CORRECT_LINE)
    return value


def _lines(path: Path) -> Iterator[str]:
    """Give the lines of a text file one by one, without their ends; only line feeds end a line."""
    if not path.is_file():
        raise InvalidInput(path.name, "be in the benchmark folder", "no such file", "Add it, or correct task.json.")
    try:
        with path.open(encoding="utf-8-sig", newline="\n") as file:
            for line in file:
                yield line.rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise InvalidInput(path.name, "be UTF-8", "other bytes", "Save it as UTF-8.") from error


def _not_empty(rows: list[Item], path: Path) -> list[Item]:
    if not rows:
        raise InvalidInput(path.name, "hold at least one row", "none", "Fill the file, or give another folder.")
    return rows
