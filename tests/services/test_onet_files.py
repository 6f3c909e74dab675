"""O*NET's text files as published: importance decides what is kept, the level is scaled, wrong cells are named."""

from pathlib import Path

import openpyxl
import pytest

from domain.errors import ImportRejected
from services.onet_files import read_onet
from services.role_batches import RoleBatch
from services.role_files import find_role_files
from tests.builders import a_skill
from tests.services.published_roles import ONET_HEADER, RATED, Fields, rated, write_onet, write_rows

CODE = "99-0001.00"


def read(folder: Path) -> RoleBatch:
    return read_onet(find_role_files([folder]), [a_skill("delegation")])


def levels(folder: Path, *ratings: list[Fields]) -> dict[str, int]:
    batch = read(write_onet(folder, [*RATED, *(row for rows in ratings for row in rows)]))
    return batch.roles[0].required_levels


def refusal(folder: Path) -> str:
    with pytest.raises(ImportRejected) as caught:
        read(folder)
    return str(caught.value)


@pytest.mark.parametrize(
    ("importance", "level", "wanted"),
    [
        ("3", "0", 1),
        ("3", "1.74", 1),
        ("3", "1.75", 2),
        ("3.01", "3.49", 2),
        ("4", "3.5", 3),
        ("5", "5.24", 3),
        ("5", "5.25", 4),
        ("5", "7", 4),
        ("3", "", 2),
        ("2.99", "7", None),
    ],
)
def test_importance_decides_and_the_level_is_scaled(
    tmp_path: Path, importance: str, level: str, wanted: int | None
) -> None:
    found = levels(tmp_path, rated(CODE, "2.C.1.a", "Cloud Law", importance, level))
    assert found.get("onet:2.C.1.a") == wanted


@pytest.mark.parametrize(
    ("element", "more"),
    [("2.A.9", {"Recommend Suppress": "Y"}), ("2.A.9", {"Not Relevant": "Y"}), ("1.A.1.a.1", {}), ("4.A.1", {})],
)
def test_what_is_suppressed_not_relevant_or_no_skill_is_left_out(
    tmp_path: Path, element: str, more: dict[str, str]
) -> None:
    assert levels(tmp_path, rated(CODE, element, "Flying", "5", "7", **more)) == {"delegation": 4, "onet:2.A.1.a": 1}


def test_skills_and_knowledge_come_together(tmp_path: Path) -> None:
    folder = write_onet(tmp_path)
    write_rows(folder / "Knowledge.txt", ONET_HEADER, rated(CODE, "2.C.1.a", "Cloud Law", "4", "4"), "\t")
    assert read(folder).roles[0].required_levels == {"delegation": 4, "onet:2.A.1.a": 1, "onet:2.C.1.a": 3}


def test_workbooks_with_a_title_column_are_read_too(tmp_path: Path) -> None:
    folder = write_onet(tmp_path)
    book = openpyxl.Workbook()
    book.active.append([ONET_HEADER[0], "Title", *ONET_HEADER[1:]])
    for row in RATED:
        book.active.append([row.get(name, "Some title") for name in (ONET_HEADER[0], "Title", *ONET_HEADER[1:])])
    (folder / "Skills.txt").unlink()
    book.save(folder / "Skills.xlsx")
    assert read(folder).roles[0].required_levels == {"delegation": 4, "onet:2.A.1.a": 1}


def test_an_occupation_without_an_important_skill_is_left_out_and_counted(tmp_path: Path) -> None:
    batch = read(write_onet(tmp_path, RATED[:4]))
    assert ([role.id for role in batch.roles], batch.left_out) == ([f"onet:{CODE}"], 1)


@pytest.mark.parametrize(
    ("rating", "says"),
    [
        ({"Data Value": "high"}, "row 9, column data_value: must be a number from 1 to 5, got high"),
        ({"Data Value": "5.01"}, "row 9, column data_value: must be a number from 1 to 5, got 5.01"),
        ({"Data Value": "nan"}, "row 9, column data_value: must be a number from 1 to 5, got nan"),
        ({"Data Value": ""}, "row 9, column data_value: must not be empty"),
        ({"Data Value": "7.5", "Scale ID": "LV"}, "row 9, column data_value: must be a number from 0 to 7, got 7.5"),
        ({"O*NET-SOC Code": "99-0009.00"}, "row 9, column o*net-soc_code: must stand in the file of occupations"),
        ({"O*NET-SOC Code": ""}, "row 9, column o*net-soc_code: must not be empty"),
        ({"Element Name": ""}, "row 9, column element_name: must not be empty"),
    ],
)
def test_a_wrong_rating_is_named(tmp_path: Path, rating: dict[str, str], says: str) -> None:
    wrong = rated(CODE, "2.A.2", "Whistling", "3")[0] | rating
    found = refusal(write_onet(tmp_path, [*RATED[:7], wrong]))
    assert f"Skills.txt was not imported, nothing changed. {says}" in found


def test_occupations_that_stand_twice_or_have_no_title_are_named(tmp_path: Path) -> None:
    assert "row 3, column o*net-soc_code: stands in the file twice" in refusal(
        write_onet(tmp_path, RATED, [CODE, CODE, "99-0002.00"])
    )
    (tmp_path / "Occupation Data.txt").write_text(f"O*NET-SOC Code\tTitle\tDescription\n{CODE}\t\tx\n")
    assert "Occupation Data.txt was not imported, nothing changed. row 2, column title: must not be empty" in refusal(
        tmp_path
    )


def test_ratings_of_something_else_alone_say_which_file_is_needed(tmp_path: Path) -> None:
    abilities = rated(CODE, "1.A.1.a.1", "Oral Comprehension", "4", "4")
    assert "O*NET's ratings (Skills.txt or Knowledge.txt) must be among the files" in refusal(
        write_onet(tmp_path, abilities)
    )


def test_a_quotation_mark_within_a_text_is_no_quoted_cell(tmp_path: Path) -> None:
    folder = write_onet(tmp_path)
    path = folder / "Occupation Data.txt"
    path.write_text(path.read_text().replace("Does 99-0001.00", 'Herds 12" clouds'))
    assert read(folder).roles[0].summary.en == 'Herds 12" clouds'
