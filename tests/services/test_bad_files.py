"""Forty bad files: each is refused with its place, and not one row of the store changes."""

import io
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import text

from domain.errors import ImportRejected
from services.import_people import import_people
from services.import_roles import import_roles
from services.import_topics import import_topics
from store import Engine, unit_of_work
from store.tables import metadata
from tests.builders import NOW, a_person

PEOPLE, ROLES = "id,name,email,manager,active,zone,skills", "id,title_en,title_ru,skills"
TOPIC_COLUMNS = [
    f"{name}_{code}"
    for name in (
        "title",
        "summary",
        "aliases",
        "phrases",
        *(f"questions_{stage}" for stage in ("goal", "reality", "options", "will")),
        "next_steps",
    )
    for code in ("en", "ru")
]
TOPICS = ",".join(["id", "area", *TOPIC_COLUMNS, "skills", "related"])


def people(*rows: str, header: str = PEOPLE) -> bytes:
    return "\n".join([header, *rows]).encode()


def topics(
    id: str = "new-topic", area: str = "first-time-leading", words: str = "words of {id}", more: str = ","
) -> str:
    return ",".join([id, area, *[words.format(id=id)] * len(TOPIC_COLUMNS)]) + "," + more


def topic_file(*rows: str) -> bytes:
    return "\n".join([TOPICS, *rows]).encode()


def workbook(*rows: list[object]) -> bytes:
    book, content = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(content)
    return content.getvalue()


def with_part(name: str, part: bytes) -> bytes:
    """Return a good workbook with one part replaced."""
    good, content = zipfile.ZipFile(io.BytesIO(workbook(["id", "name", "email"]))), io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in good.namelist():
            target.writestr(entry, part if entry.endswith(name) else good.read(entry))
    return content.getvalue()


ENTITIES = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><x>&b;</x>'
ONE = "p9,Ann,p9@example.org,,,,"
Make = Callable[[], bytes]
# by name: the kind, the file's name, its content, what the refusal says
BAD: dict[str, tuple[str, str, Make, str]] = {
    "empty": ("people", "a.csv", lambda: b"", "The file is empty"),
    "a header of empty cells": ("people", "a.csv", lambda: b",,\n1,2,3\n", "row 2: there are more cells"),
    "an empty name of a column": ("people", "a.csv", lambda: b"id,,email\n", "row 1, column number 2"),
    "a doubled column": ("people", "a.csv", lambda: b"id,name,email,Name\n", "row 1, column name: the column stands"),
    "control characters in the header": ("people", "a.csv", lambda: b"id,na\x07me,email\n", "row 1, column number 2"),
    "a column that is missing": ("people", "a.csv", lambda: b"id,name\n1,2\n", "column email: the column is missing"),
    "a column nobody knows": ("people", "a.csv", lambda: people(header=f"{PEOPLE},role"), "row 1, column role"),
    "a raised role": ("people", "a.csv", lambda: people(f"{ONE},hr", header=f"{PEOPLE},roles"), "column roles"),
    "a password": ("people", "a.csv", lambda: people(f"{ONE},x", header=f"{PEOPLE},password"), "column password"),
    "too many columns": ("people", "a.csv", lambda: b",".join([b"c"] * 101) + b"\n", "there are 101 columns"),
    "a wide row": ("people", "a.csv", lambda: people(f"{ONE},extra"), "row 2: there are more cells"),
    "an open quotation": ("people", "a.csv", lambda: people('p9,"Ann,p9@example.org'), "quoted cell is not closed"),
    "cp1251": ("people", "a.csv", lambda: people("p9,Анна,p9@example.org,,,,").decode().encode("cp1251"), "not UTF-8"),
    "UTF-16 cut in half": ("people", "a.csv", lambda: people(ONE).decode().encode("utf-16")[:-1], "not UTF-8"),
    "UTF-16 without a mark": ("people", "a.csv", lambda: people(ONE).decode().encode("utf-16-le"), "not a text table"),
    "NUL": ("people", "a.csv", lambda: people("p9,A\x00nn,p9@example.org,,,,"), "not a text table"),
    "half a character": ("people", "a.csv", lambda: people(ONE) + b"\xed\xa0\x80", "not UTF-8"),
    "half a character in a workbook": (
        "people",
        "a.xlsx",
        lambda: with_part(
            "sheet1.xml", b"<worksheet><sheetData><row><c><v>&#xD800;</v></c></row></sheetData></worksheet>"
        ),
        "cannot be read",
    ),
    "an archive named .csv": ("people", "a.csv", lambda: workbook(["id"]), "not a text table"),
    "a text named .xlsx": ("people", "a.xlsx", lambda: people(ONE), "not an .xlsx workbook"),
    "a document": ("people", "a.docx", lambda: workbook(["id"]), "Only .csv and .xlsx"),
    "an archive that is no workbook": ("people", "a.xlsx", lambda: _zip("x.txt", b"x"), "cannot be read"),
    "a workbook cut in half": ("people", "a.xlsx", lambda: workbook(["id"])[:2000], "not an .xlsx workbook"),
    "1 MB that declares 243 MB": (
        "people",
        "a.xlsx",
        lambda: _zip("xl/a.xml", b"0" * 243_000_000),
        "unpacks to 243 MB",
    ),
    "nested entities in a sheet": ("people", "a.xlsx", lambda: with_part("sheet1.xml", ENTITIES), "EntitiesForbidden"),
    "nested entities in the book": (
        "people",
        "a.xlsx",
        lambda: with_part("workbook.xml", ENTITIES),
        "cannot be read",
    ),
    "an id that became a date": (
        "people",
        "a.xlsx",
        lambda: workbook(["id", "name", "email"], [date(2026, 2, 1), "Ann", "p9@example.org"]),
        "row 2, column id: must be text, the spreadsheet made a date of it",
    ),
    "a long text": ("people", "a.csv", lambda: people("p9," + "x" * 20_001 + ",p9@example.org,,,,"), "row 2"),
    "row 9,999 of 10,000": (
        "people",
        "a.csv",
        lambda: people(*(f"e{n},N {n},{'x' if n == 9_997 else f'e{n}@example.org'},,,," for n in range(10_000))),
        "row 9999, column email: must be an e-mail address",
    ),
    "an address in other case": ("people", "a.csv", lambda: people("p9,Ann,P1@EXAMPLE.org,,,,"), "row 2, column email"),
    "an address in another Unicode form": (
        "people",
        "a.csv",
        lambda: people("a,Ann,josé@example.org,,,,", "b,Ben,jose\u0301@example.org,,,,"),
        "row 3, column email: belongs to a already",
    ),
    "a manager above themselves": (
        "people",
        "a.csv",
        lambda: people("a,A,a@example.org,a,,,"),
        "row 2, column manager",
    ),
    "a circle of ten thousand managers": (
        "people",
        "a.csv",
        lambda: people(*(f"e{n},N,e{n}@example.org,e{(n + 1) % 10_000},,," for n in range(10_000))),
        "row 2, column manager: must not lead back",
    ),
    "an id twice": ("people", "a.csv", lambda: people(ONE, ONE.replace("p9@", "p8@")), "row 3, column id"),
    "leavers": ("people", "a.csv", lambda: people("p1,Person p1,p1@example.org,,no,,"), "1 of 2 people would leave"),
    "a topic's id that is an address": ("topics", "a.csv", lambda: topic_file(topics("../x")), "row 2, column id"),
    "a topic of bars": ("topics", "a.csv", lambda: topic_file(topics(words="|")), "row 2, column aliases_en: must not"),
    "a topic with an unknown skill": (
        "topics",
        "a.csv",
        lambda: topic_file(topics(more="juggling,")),
        "row 2, column skills: topic new-topic: skills must be known, got juggling",
    ),
    "a topic twice": ("topics", "a.csv", lambda: topic_file(topics(), topics()), "row 3, column id: topic new-topic"),
    "a role with a level of five": ("roles", "a.csv", lambda: f"{ROLES}\nx,X,Х,sql:5".encode(), "row 2, column skills"),
    "a role twice": ("roles", "a.csv", lambda: f"{ROLES}\nx,X,Х,sql:1\nx,X,Х,sql:1".encode(), "row 3, column id"),
}


def _zip(name: str, part: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr(name, part)
    return content.getvalue()


@pytest.fixture
def company(stocked: Engine) -> Engine:
    with unit_of_work(stocked, write=True) as store:
        store.people.save([a_person("p1"), a_person("p2")])
    return stocked


def everything(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    with engine.connect() as connection:
        rows = {table: connection.execute(text(f"SELECT * FROM {table}")) for table in metadata.tables}  # noqa: S608
        return {table: [tuple(row) for row in found] for table, found in rows.items()}


def import_file(engine: Engine, kind: str, path: Path) -> None:
    if kind == "people":
        import_people(engine, path, NOW)
    elif kind == "topics":
        import_topics(engine, path, NOW)
    else:
        import_roles(engine, [path])


def test_there_are_forty_of_them() -> None:
    assert len(BAD) >= 40


@pytest.mark.parametrize("case", BAD)
def test_a_bad_file_changes_no_row_and_its_place_is_named(case: str, company: Engine, tmp_path: Path) -> None:
    kind, name, make, says = BAD[case]
    (tmp_path / name).write_bytes(make())
    before = everything(company)
    with pytest.raises(ImportRejected) as refused:
        import_file(company, kind, tmp_path / name)
    assert says in str(refused.value)
    assert everything(company) == before


def test_the_good_ones_beside_them_are_read(company: Engine, tmp_path: Path) -> None:
    """A mark, semicolons, a quoted line break, ids that look like numbers, a formula: all kept as they are."""
    content = '\ufeffid;name;email\r\n00123;"Ann\nLee";a@example.org\r\n1E5;=HYPERLINK(1);b@example.org\r\n;;\r\n'
    (tmp_path / "people.csv").write_text(content, encoding="utf-8", newline="")
    assert import_people(company, tmp_path / "people.csv", NOW) == 2
    with unit_of_work(company) as store:
        named = {person.id: person.name for person in store.people.list()}
    assert (named["00123"], named["1E5"]) == ("Ann\nLee", "=HYPERLINK(1)")
    assert import_people(company, tmp_path / "people.csv", NOW) == 0


def test_characters_that_turn_text_round_are_taken_out(company: Engine, tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_bytes(people("p9,Ann\u202egnp,p9@example.org,,,,"))
    import_people(company, tmp_path / "people.csv", NOW)
    with unit_of_work(company) as store:
        assert store.people.get("p9").name == "Anngnp"
