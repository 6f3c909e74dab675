"""Tables from CSV and XLSX files: read as text, checked before they are opened, every row under its number."""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import openpyxl  # reads XML by defusedxml where that is installed, and it is a dependency: entities are refused

from domain.errors import ImportRejected, RowProblem

MAX_UNPACKED_BYTES = 60_000_000  # read in 26 s and 410 MB at worst
MAX_COLUMNS = 100
MAX_NAME_CHARACTERS = 100
MAX_CELL_CHARACTERS = 20_000
ENCODINGS_BY_MARK = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
# control characters, and half characters, which no database takes
FORBIDDEN_CHARACTER = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a file may be, and how many rows it may have below its header."""

    file_bytes: int = 10_000_000
    rows: int = 100_000


USUAL = Limits()


@dataclass(frozen=True, slots=True)
class Row:
    """One record: its number as a person counts it (the header is 1), and its trimmed cells by column."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet with a header."""

    filename: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def read_table(path: Path, limits: Limits = USUAL, columns: Container[str] | None = None) -> Table:
    """Return the first sheet of a CSV (comma, semicolon or tab) or XLSX file; empty rows are left out.

    Parameters
    ----------
    columns
        The columns whose cells are kept; None keeps all. The header is whole in any case.

    Raises
    ------
    ImportRejected
        The file is missing, too large, not what its name says, not readable text, or its header is unusable.
    """
    records = _read_records(path, limits)
    header = _columns(path, records)
    problems = _header_problems(header)
    if problems:
        raise ImportRejected(path.name, problems)
    kept = [place for place, name in enumerate(header) if columns is None or name in columns]
    rows = []
    for number, record in enumerate(records, start=2):
        if number - 1 > limits.rows:
            raise _refused(path, f"there are more than {limits.rows} rows; split the file")
        problems += _cell_problems(number, record, len(header))
        if any(cell.strip() for cell in record):
            rows.append(Row(number, {header[place]: record[place].strip() for place in kept if place < len(record)}))
    if problems:
        raise ImportRejected(path.name, problems)
    return Table(path.name, header, tuple(rows))


def read_columns(path: Path, limits: Limits = USUAL) -> tuple[str, ...]:
    """Return the names in the header, whatever they are; raise ImportRejected where there is no readable one."""
    return _columns(path, _read_records(path, limits))


def _columns(path: Path, records: Iterator[list[str]]) -> tuple[str, ...]:
    header = next(records, None)
    if header is None:
        raise _refused(path, "the file is empty")
    return tuple(" ".join(name.split()).casefold().replace(" ", "_") for name in _without_tail(header))


def _read_records(path: Path, limits: Limits) -> Iterator[list[str]]:
    if not path.is_file():
        raise _refused(path, "there is no such file")
    if path.stat().st_size > limits.file_bytes:
        raise _refused(path, f"the file is larger than {limits.file_bytes // 1_000_000} MB; split it")
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise _refused(path, "only .csv and .xlsx are read; save it as one of these")
    return reader(path, path.read_bytes(), limits)


def _read_csv(path: Path, content: bytes, limits: Limits) -> Iterator[list[str]]:
    encoding = ENCODINGS_BY_MARK.get(content[:2], "utf-8-sig")
    if encoding == "utf-8-sig" and (content[:2] == b"PK" or b"\x00" in content):
        raise _refused(path, "this is not a text table; save it as CSV UTF-8 or as .xlsx")

    def opened() -> io.TextIOWrapper:
        return io.TextIOWrapper(io.BytesIO(content), encoding, newline="")

    try:
        header = opened().readline()
        delimiter = max(",;\t", key=header.count)
        yield from csv.reader(opened(), delimiter=delimiter, strict=True)
    except UnicodeDecodeError:
        raise _refused(path, "the text is not UTF-8; save it as “CSV UTF-8”") from None
    except csv.Error as error:
        raise _refused(path, f"a quoted cell is not closed ({error})") from None


def _read_xlsx(path: Path, content: bytes, limits: Limits) -> Iterator[list[str]]:
    _check_archive(path, content)
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # the declared size of a sheet may be wrong
        for row in sheet.iter_rows(max_row=limits.rows + 2, max_col=MAX_COLUMNS + 1, values_only=True):
            yield [_as_text(value) for value in row]
    except (ValueError, KeyError, IndexError, zipfile.BadZipFile, SyntaxError) as error:
        cause = type(error.__cause__ or error).__name__
        raise _refused(path, f"the workbook cannot be read ({cause}); save it again as .xlsx") from None


READERS: dict[str, Callable[[Path, bytes, Limits], Iterator[list[str]]]] = {
    ".csv": _read_csv,
    ".txt": _read_csv,
    ".tsv": _read_csv,
    ".xlsx": _read_xlsx,
}


def _check_archive(path: Path, content: bytes) -> None:
    try:
        declared = sum(entry.file_size for entry in zipfile.ZipFile(io.BytesIO(content)).infolist())
    except zipfile.BadZipFile:
        raise _refused(path, "this is not an .xlsx workbook; save it again as .xlsx or CSV") from None
    if declared > MAX_UNPACKED_BYTES:
        raise _refused(path, f"it unpacks to {declared // 1_000_000} MB; {MAX_UNPACKED_BYTES // 1_000_000} MB are read")


def _as_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value)


def _without_tail(header: list[str]) -> list[str]:
    """Return the header without empty cells at its end: spreadsheets keep them after a column was cleared."""
    while header and not header[-1].strip():
        header = header[:-1]
    return header


def _header_problems(columns: tuple[str, ...]) -> list[RowProblem]:
    problems = []
    if len(columns) > MAX_COLUMNS:
        problems.append(RowProblem(1, "", f"there are {len(columns)} columns; at most {MAX_COLUMNS} are read"))
    for place, name in enumerate(columns, start=1):
        if not name:
            problems.append(RowProblem(1, f"number {place}", "the column must have a name"))
        elif FORBIDDEN_CHARACTER.search(name) or len(name) > MAX_NAME_CHARACTERS:
            problems.append(RowProblem(1, f"number {place}", "the text is too long or holds control characters"))
        elif name in columns[: place - 1]:
            problems.append(RowProblem(1, name, "the column stands there twice"))
    return problems


def _cell_problems(number: int, record: list[str], width: int) -> list[RowProblem]:
    problems = []
    if any(cell.strip() for cell in record[width:]):
        problems.append(RowProblem(number, "", f"there are more cells than the {width} columns of the header"))
    for place, cell in enumerate(record[:width], start=1):
        if len(cell) > MAX_CELL_CHARACTERS or FORBIDDEN_CHARACTER.search(cell):
            problems.append(RowProblem(number, f"number {place}", "the text is too long or holds control characters"))
    return problems


def _refused(path: Path, message: str) -> ImportRejected:
    return ImportRejected(path.name, [RowProblem(0, "", f"{message[0].upper()}{message[1:]}")])
