"""What a cell of an imported table means: each reader returns the value or notes a problem under row and column."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import time
from enum import StrEnum
from typing import TypeVar
from zoneinfo import available_timezones

from domain.errors import ImportRejected, InvalidInput, RowProblem
from domain.people import MAX_LEVEL, WeeklyHours
from services.neutral_cells import plain_cell
from services.sheets import Row, Table

Value = TypeVar("Value")
Choice = TypeVar("Choice", bound=StrEnum)
ZONES = available_timezones()
YES = {"yes": True, "true": True, "1": True, "да": True, "no": False, "false": False, "0": False, "нет": False}
# how a spreadsheet hands over a cell that it took for a date: 1-2 may be the first of February or the second of January
DATED = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")
# they would turn round what stands beside them
BIDI_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")
WEEKDAYS = {name: day for day, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))}


class Cells:
    """Reads the cells of one table and gathers every problem, so that a file is mended in one go."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.problems: list[RowProblem] = []

    def check_columns(self, required: Iterable[str], optional: Iterable[str]) -> None:
        """Note columns that are missing or unknown."""
        known = [*required, *optional]
        self.check_present(required)
        for name in self.table.columns:
            if name not in known:
                self.note(1, name, f"the column is not known; known are {', '.join(known)}")

    def check_present(self, required: Iterable[str]) -> None:
        """Note columns that are missing; in a file that others publish there may be any more."""
        for name in required:
            if name not in self.table.columns:
                self.note(1, name, "the column is missing")

    def raise_problems(self) -> None:
        """Raise ImportRejected with every problem noted so far, if there are any."""
        if self.problems:
            raise ImportRejected(self.table.filename, self.problems)

    def note(self, row: int, column: str, message: str) -> None:
        self.problems.append(RowProblem(row, column, message))

    def text(self, row: Row, column: str, *, required: bool = False, longest: int = 200) -> str:
        """Return the cell as one NFC text; "" when empty. A date is refused: which day it was is no longer known."""
        text = unicodedata.normalize("NFC", BIDI_CONTROLS.sub("", plain_cell(row.cells.get(column, ""))))
        if DATED.fullmatch(text):
            self.note(row.number, column, "must be text, the spreadsheet made a date of it; format the column as text")
        if required and not text:
            self.note(row.number, column, "must not be empty")
        if len(text) > longest:
            self.note(row.number, column, f"must be at most {longest} characters, got {len(text)}")
        return text

    def parsed(self, row: Row, column: str, parse: Callable[[str], Value], default: Value) -> Value:
        """Return `parse(cell)`, or `default` when the cell is empty or wrong (then the problem is noted)."""
        text = row.cells.get(column, "")
        if not text:
            return default
        try:
            return parse(text)
        except InvalidInput as error:
            self.note(row.number, column, f"must {error.rule}, got {str(error.got)[:40]}")
            return default

    def one_of(self, row: Row, column: str, known: Iterable[str], kind: str) -> str | None:
        """Return the id in the cell when it is known; None when the cell is empty."""
        text = row.cells.get(column, "")
        if text and text not in known:
            self.note(row.number, column, f"must name a known {kind}, got {text[:40]}")
        return text or None


def split_list(text: str) -> list[str]:
    """Return the entries of a cell, split at `;` or line breaks, trimmed, without empty ones."""
    return [entry.strip() for entry in text.replace("\n", ";").split(";") if entry.strip()]


def split_texts(text: str) -> tuple[str, ...]:
    """Return the sentences of a cell, split at `|` or line breaks (sentences may hold `;`)."""
    return tuple(entry.strip() for entry in text.replace("\n", "|").split("|") if entry.strip())


def parse_choice(kind: type[Choice]) -> Callable[[str], Choice]:
    """Return a reader of one word of an enum."""

    def parse(text: str) -> Choice:
        if text.casefold() not in set(kind):
            raise InvalidInput("cell", f"be one of {', '.join(kind)}", text)
        return kind(text.casefold())

    return parse


def parse_choices(kind: type[Choice]) -> Callable[[str], frozenset[Choice]]:
    """Return a reader of several words of an enum, split at `;`."""
    one = parse_choice(kind)
    return lambda text: frozenset(one(entry) for entry in split_list(text))


def parse_yes(text: str) -> bool:
    if text.casefold() not in YES:
        raise InvalidInput("cell", "be yes or no", text)
    return YES[text.casefold()]


def parse_zone(text: str) -> str:
    if text not in ZONES:
        raise InvalidInput("cell", "be a time zone such as Europe/Berlin", text)
    return text


def parse_email(text: str) -> str:
    """Return the address in one spelling: NFKC, case folded."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    name, at, host = folded.rpartition("@")
    if not (name and at and "." in host) or any(character.isspace() or character in "<>,;" for character in folded):
        raise InvalidInput("cell", "be an e-mail address", "something else")
    return folded


def parse_minutes(text: str) -> int:
    if not text.isdecimal() or int(text) > 7 * 24 * 60:
        raise InvalidInput("cell", "be a whole number of minutes", text)
    return int(text)


def parse_levels(lowest: int) -> Callable[[str], dict[str, int]]:
    """Return a reader of `skill:level; skill:level` with levels from `lowest` to 4."""

    def parse(text: str) -> dict[str, int]:
        levels = {}
        for entry in split_list(text):
            skill, _, level = (part.strip() for part in entry.rpartition(":"))
            if not skill or not level.isdecimal() or not lowest <= int(level) <= MAX_LEVEL:
                raise InvalidInput("cell", f"be skill:level with levels {lowest} to {MAX_LEVEL}", entry)
            levels[skill] = int(level)
        return levels

    return parse


def parse_hours(text: str) -> tuple[WeeklyHours, ...]:
    """Return weekly hours from `mon-fri 10:00-12:30; sat 9:00-10:00`."""
    return tuple(hours for entry in split_list(text) for hours in _parse_stretch(entry))


def _parse_stretch(entry: str) -> list[WeeklyHours]:
    wrong = InvalidInput("cell", "read like mon-fri 10:00-12:30", entry)
    days, _, clock = entry.casefold().partition(" ")
    first, _, last = days.partition("-")
    start, _, end = clock.strip().partition("-")
    if first not in WEEKDAYS or (last or first) not in WEEKDAYS:
        raise wrong
    try:
        opens, closes = (time.fromisoformat(part.strip().zfill(5)) for part in (start, end))
    except ValueError:
        raise wrong from None
    return [WeeklyHours(day, opens, closes) for day in range(WEEKDAYS[first], WEEKDAYS[last or first] + 1)]
