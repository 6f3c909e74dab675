"""Tables from CSV and XLSX files: read as text, checked before they are opened, every row under its number."""

import csv
import io
import zipfile
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import openpyxl  # reads XML by defusedxml where that is installed, and it is a dependency: entities are refused

from domain.errors import ImportRejected, RowProblem

MAX_FILE_BYTES = 10_000_000
MAX_UNPACKED_BYTES = 100_000_000
MAX_ROWS = 100_000
MAX_COLUMNS = 100
MAX_CELL_CHARACTERS = 20_000
ENCODINGS_BY_MARK = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
FORBIDDEN_CHARACTERS = {chr(code) for code in range(32)} - {"\t", "\n", "\r"} | {"\x7f"}


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


def read_table(path: Path) -> Table:
    """Return the first sheet of a CSV (comma, semicolon or tab) or XLSX file; empty rows are left out.

    Raises
    ------
    ImportRejected
        The file is missing, too large, not what its name says, not readable text, or its header is unusable.
    """
    records = _read_records(path)
    if not records:
        raise _refused(path, "the file is empty")
    columns = tuple(" ".join(name.split()).casefold().replace(" ", "_") for name in _without_tail(records[0]))
    problems = _header_problems(columns) + _cell_problems(records, len(columns))
    if problems:
        raise ImportRejected(path.name, problems)
    rows = [
        Row(number, dict(zip(columns, (cell.strip() for cell in record), strict=False)))
        for number, record in enumerate(records[1:], start=2)
        if any(cell.strip() for cell in record)
    ]
    return Table(path.name, columns, tuple(rows))


def _read_records(path: Path) -> list[list[str]]:
    if not path.is_file():
        raise _refused(path, "there is no such file")
    if path.stat().st_size > MAX_FILE_BYTES:
        raise _refused(path, f"the file is larger than {MAX_FILE_BYTES // 1_000_000} MB; split it")
    content = path.read_bytes()
    readers = {".csv": _read_csv, ".txt": _read_csv, ".tsv": _read_csv, ".xlsx": _read_xlsx}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise _refused(path, "only .csv and .xlsx are read; save it as one of these")
    return reader(path, content)


def _read_csv(path: Path, content: bytes) -> list[list[str]]:
    encoding = ENCODINGS_BY_MARK.get(content[:2], "utf-8-sig")
    if encoding == "utf-8-sig" and (content[:2] == b"PK" or b"\x00" in content):
        raise _refused(path, "this is not a text table; save it as CSV UTF-8 or as .xlsx")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        raise _refused(path, "the text is not UTF-8; save it as “CSV UTF-8”") from None
    header = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=header.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise _refused(path, f"a quoted cell is not closed ({error})") from None


def _read_xlsx(path: Path, content: bytes) -> list[list[str]]:
    _check_archive(path, content)
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # the declared size of a sheet may be wrong
        rows = sheet.iter_rows(max_row=MAX_ROWS + 2, max_col=MAX_COLUMNS + 1, values_only=True)
        return [[_as_text(value) for value in row] for row in rows]
    except (ValueError, KeyError, IndexError, zipfile.BadZipFile, SyntaxError) as error:
        cause = type(error.__cause__ or error).__name__
        raise _refused(path, f"the workbook cannot be read ({cause}); save it again as .xlsx") from None


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
        elif name in columns[: place - 1]:
            problems.append(RowProblem(1, name, "the column stands there twice"))
    return problems


def _cell_problems(records: list[list[str]], width: int) -> list[RowProblem]:
    if len(records) - 1 > MAX_ROWS:
        return [RowProblem(0, "", f"there are more than {MAX_ROWS} rows; split the file")]
    problems = []
    for number, record in enumerate(records[1:], start=2):
        if any(cell.strip() for cell in record[width:]):
            problems.append(RowProblem(number, "", f"there are more cells than the {width} columns of the header"))
        for place, cell in enumerate(record[:width], start=1):
            if len(cell) > MAX_CELL_CHARACTERS or not FORBIDDEN_CHARACTERS.isdisjoint(cell):
                problems.append(
                    RowProblem(number, f"number {place}", "the text is too long or holds control characters")
                )
    return problems


def _refused(path: Path, message: str) -> ImportRejected:
    return ImportRejected(path.name, [RowProblem(0, "", f"{message[0].upper()}{message[1:]}")])
