"""Tables are read as a person made them; whatever cannot be trusted is refused before it is opened."""

import zipfile
from pathlib import Path

import openpyxl
import pytest

from domain.errors import ImportRejected
from services import sheets
from services.sheets import Limits, read_columns, read_table


def saved(folder: Path, content: bytes | str, name: str = "people.csv") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def refusal(path: Path) -> str:
    with pytest.raises(ImportRejected) as caught:
        read_table(path)
    return str(caught.value)


@pytest.mark.parametrize(
    "content",
    [
        "id,name\n1,Ann\n",
        "id;name\n1;Ann\n",
        "id\tname\n1\tAnn\n",
        "\ufeffid,name\r\n1,Ann\r\n",
        " ID , Name \n1, Ann \n",
    ],
)
def test_delimiters_marks_and_spaces_make_no_difference(tmp_path: Path, content: str) -> None:
    table = read_table(saved(tmp_path, content))
    assert table.columns == ("id", "name")
    assert [(row.number, row.cells) for row in table.rows] == [(2, {"id": "1", "name": "Ann"})]


def test_utf16_as_spreadsheets_export_it_is_read(tmp_path: Path) -> None:
    assert read_table(saved(tmp_path, "id\tname\n1\tАнна\n".encode("utf-16"))).rows[0].cells["name"] == "Анна"


def test_a_quoted_line_break_makes_no_ghost_row(tmp_path: Path) -> None:
    table = read_table(saved(tmp_path, 'id,goals\n1,"two\nlines"\n\n2,one\n,,\n'.replace(",,", ",")))
    assert [(row.number, row.cells["goals"]) for row in table.rows] == [(2, "two\nlines"), (4, "one")]


def test_ids_with_leading_zeros_and_exponents_stay_text(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["id", "minutes"])
    book.active.append(["00123", 45.0])
    book.active.append(["1E5", 7.5])
    book.save(tmp_path / "people.xlsx")
    rows = read_table(tmp_path / "people.xlsx").rows
    assert [row.cells for row in rows] == [{"id": "00123", "minutes": "45"}, {"id": "1E5", "minutes": "7.5"}]


def test_a_formula_like_cell_is_stored_as_it_is(tmp_path: Path) -> None:
    assert read_table(saved(tmp_path, "id,name\n1,=HYPERLINK(1)\n")).rows[0].cells["name"] == "=HYPERLINK(1)"


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (b"", "people.csv", "The file is empty"),
        (b"id,name\n1,\xff\xfe\xfa\n", "people.csv", "not UTF-8"),
        (b"PK\x03\x04 archive", "people.csv", "not a text table"),
        (b"id,name\n1,A\x00nn\n", "people.csv", "not a text table"),
        (b"id,name\n1,Ann\n", "people.xlsx", "not an .xlsx workbook"),
        (b"id,name\n1,Ann\n", "people.docx", "Only .csv and .xlsx"),
        (b'id,name\n1,"Ann\n', "people.csv", "quoted cell is not closed"),
        (b"id,,name\n1,2,3\n", "people.csv", "row 1, column number 2: the column must have a name"),
        (b"id,name,ID\n1,2,3\n", "people.csv", "row 1, column id: the column stands there twice"),
        (b"id,name\n1,Ann,extra\n", "people.csv", "row 2: there are more cells than the 2 columns"),
        (b"id,name\n1,A\x07nn\n", "people.csv", "row 2, column number 2: the text is too long or holds control"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(tmp_path: Path, content: bytes, name: str, says: str) -> None:
    assert says in refusal(saved(tmp_path, content, name))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    assert "There is no such file" in refusal(tmp_path / "people.csv")


def test_an_archive_that_declares_too_much_is_refused_unopened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (sheets.MAX_UNPACKED_BYTES + 1))
    monkeypatch.setattr(sheets.openpyxl, "load_workbook", lambda *_, **__: pytest.fail("it was opened"))
    assert path.stat().st_size < 1_000_000
    assert "unpacks to 60 MB; 60 MB are read" in refusal(path)


def test_nested_entities_are_refused(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["id"])
    book.save(tmp_path / "good.xlsx")
    evil = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>'
    with zipfile.ZipFile(tmp_path / "good.xlsx") as good, zipfile.ZipFile(tmp_path / "evil.xlsx", "w") as target:
        for entry in good.infolist():
            target.writestr(entry, evil if entry.filename.endswith("sheet1.xml") else good.read(entry))
    assert "cannot be read (EntitiesForbidden)" in refusal(tmp_path / "evil.xlsx")


def test_a_file_over_the_limit_is_refused_unread(tmp_path: Path) -> None:
    with pytest.raises(ImportRejected, match="larger than"):
        read_table(saved(tmp_path, "id,name\n1,Ann\n"), Limits(file_bytes=10))


def test_rows_over_the_limit_are_refused(tmp_path: Path) -> None:
    path = saved(tmp_path, "id\n1\n2\n3\n")
    assert len(read_table(path, Limits(rows=3)).rows) == 3
    with pytest.raises(ImportRejected, match="There are more than 2 rows"):
        read_table(path, Limits(rows=2))


def test_only_the_wanted_columns_are_kept_under_the_whole_header(tmp_path: Path) -> None:
    table = read_table(saved(tmp_path, "id,name,note\n1,Ann\n"), columns={"name", "note"})
    assert (table.columns, table.rows[0].cells) == (("id", "name", "note"), {"name": "Ann"})


def test_a_header_is_read_alone_whatever_stands_below(tmp_path: Path) -> None:
    assert read_columns(saved(tmp_path, 'O*NET-SOC Code\tData Value\n"open\n', "Skills.txt")) == (
        "o*net-soc_code",
        "data_value",
    )
