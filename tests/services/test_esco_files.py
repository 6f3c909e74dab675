"""ESCO's files as they are published: every wrong cell is named, what is no longer in use is left out."""

import tracemalloc
from pathlib import Path
from time import process_time

import pytest

from domain.errors import ImportRejected
from domain.origins import Origin
from services.esco_files import read_esco
from services.role_batches import RoleBatch
from services.role_files import find_role_files
from tests.builders import a_skill
from tests.services.published_roles import (
    ESCO,
    OCCUPATION_HEADER,
    OCCUPATIONS,
    RELATION_HEADER,
    RELATIONS,
    SKILL_HEADER,
    SKILLS,
    Fields,
    write_esco,
    write_rows,
)


def read(folder: Path) -> RoleBatch:
    return read_esco(find_role_files([folder]), [a_skill("delegation")])


def levels(batch: RoleBatch) -> dict[str, dict[str, int]]:
    return {role.id: role.required_levels for role in batch.roles}


def refusal(folder: Path) -> str:
    with pytest.raises(ImportRejected) as caught:
        read(folder)
    return str(caught.value)


@pytest.mark.parametrize(("delimiter", "mark"), [(",", ""), (";", "\ufeff"), ("\t", "\ufeff")])
def test_marks_and_delimiters_make_no_difference(tmp_path: Path, delimiter: str, mark: str) -> None:
    batch = read(write_esco(tmp_path, delimiter=delimiter, mark=mark))
    assert levels(batch) == {"esco:o1": {"esco:s1": 3, "delegation": 2}, "esco:o2": {"esco:s1": 2}}
    assert [(skill.id, skill.name.en, skill.name.ru) for skill in batch.skills] == [
        ("esco:s1", "herd clouds", "herd clouds")
    ]
    assert {role.origin for role in batch.roles} == {Origin.ESCO}


def test_labels_in_the_relations_of_newer_releases_are_passed_over(tmp_path: Path) -> None:
    folder = write_esco(tmp_path)
    labelled = [row | {"occupationLabel": "a", "skillLabel": "b"} for row in RELATIONS]
    header = ["occupationUri", "occupationLabel", "relationType", "skillType", "skillUri", "skillLabel"]
    write_rows(folder / "occupationSkillRelations_en.csv", header, labelled)
    assert levels(read(folder))["esco:o2"] == {"esco:s1": 2}


def test_essential_counts_before_optional_in_any_order(tmp_path: Path) -> None:
    both = [row | {"relationType": kind} for kind in ("optional", "essential", "optional") for row in RELATIONS[:1]]
    assert levels(read(write_esco(tmp_path, relations=both)))["esco:o1"] == {"esco:s1": 3}


def test_what_is_no_longer_in_use_is_left_out_with_its_relations(tmp_path: Path) -> None:
    skills = [SKILLS[0] | {"status": "obsolete"}, *SKILLS[1:]]
    batch = read(write_esco(tmp_path, [OCCUPATIONS[0], OCCUPATIONS[1] | {"status": "obsolete"}], skills))
    assert (levels(batch), batch.skills, batch.left_out) == ({"esco:o1": {"delegation": 2}}, (), 0)


def test_an_occupation_without_a_skill_is_left_out_and_counted(tmp_path: Path) -> None:
    batch = read(write_esco(tmp_path, relations=RELATIONS[2:]))
    assert (levels(batch), batch.left_out) == ({"esco:o2": {"esco:s1": 2}}, 1)


def test_a_long_description_is_cut_at_a_word(tmp_path: Path) -> None:
    long = [OCCUPATIONS[0] | {"description": "word " * 1_000}, OCCUPATIONS[1]]
    summary = read(write_esco(tmp_path, long)).roles[0].summary.en
    assert (len(summary) <= 1_000, summary[-5:]) == (True, "word…")


def changed(rows: list[Fields], **fields: str) -> list[Fields]:
    return [rows[0], rows[1] | fields, *rows[2:]]


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ({"occupations": changed(OCCUPATIONS, conceptUri="")}, "row 3, column concepturi: must not be empty"),
        (
            {"occupations": changed(OCCUPATIONS, conceptUri=f"{ESCO}/occupation/o1")},
            "occupations_en.csv was not imported, nothing changed. row 3, column concepturi: stands in the file twice",
        ),
        ({"occupations": changed(OCCUPATIONS, preferredLabel=" ")}, "row 3, column preferredlabel: must not be empty"),
        ({"skills": changed(SKILLS, preferredLabel="x" * 301)}, "row 3, column preferredlabel: must be at most 300"),
        (
            {"skills": changed(SKILLS, conceptUri=f"{ESCO}/skill/s1")},
            "row 3, column concepturi: stands in the file twice",
        ),
        (
            {"skills": changed(SKILLS, description="a\x07")},
            "skills_en.csv was not imported, nothing changed. row 3",
        ),
        (
            {"relations": changed(RELATIONS, relationType="vital")},
            "row 3, column relationtype: must be one of essential, optional, got vital",
        ),
        ({"relations": changed(RELATIONS, relationType="")}, "row 3, column relationtype: must not be empty"),
        (
            {"relations": changed(RELATIONS, occupationUri=f"{ESCO}/occupation/o9")},
            "row 3, column occupationuri: must stand in the other file of the same release too",
        ),
        (
            {"relations": changed(RELATIONS, skillUri=f"{ESCO}/skill/s9")},
            "occupationSkillRelations_en.csv was not imported, nothing changed. row 3, column skilluri: must stand",
        ),
        ({"relations": changed(RELATIONS, skillUri="")}, "row 3, column skilluri: must not be empty"),
    ],
)
def test_a_wrong_cell_is_named(tmp_path: Path, rows: dict[str, list[Fields]], says: str) -> None:
    assert says in refusal(write_esco(tmp_path, **rows))


@pytest.mark.parametrize(
    ("name", "header", "gone"),
    [
        ("occupations_en.csv", OCCUPATION_HEADER, "description"),
        ("skills_en.csv", SKILL_HEADER, "preferredLabel"),
        ("occupationSkillRelations_en.csv", RELATION_HEADER, "relationType"),
    ],
)
def test_a_missing_column_is_named(tmp_path: Path, name: str, header: list[str], gone: str) -> None:
    folder = write_esco(tmp_path)
    write_rows(folder / name, [column for column in header if column != gone], [])
    assert (
        f"{name} was not imported, nothing changed. row 1, column {gone.casefold()}: the column is missing"
        in refusal(folder)
    )


def test_a_row_with_too_few_cells_is_named_and_no_crash(tmp_path: Path) -> None:
    folder = write_esco(tmp_path)
    with (folder / "occupationSkillRelations_en.csv").open("a") as file:
        file.write(f"{ESCO}/occupation/o1,essential\n")
    assert "row 5, column skilluri: must not be empty" in refusal(folder)


def test_the_size_of_the_real_release_stays_within_time_and_memory(tmp_path: Path) -> None:
    """The real one has 3,000 occupations, 13,900 skills and 125,000 relations; a tenth must take a tenth."""
    occupations = [{"conceptUri": f"{ESCO}/occupation/{at:036}", "preferredLabel": f"o {at}"} for at in range(300)]
    skills = [{"conceptUri": f"{ESCO}/skill/{at:036}", "preferredLabel": f"s {at}"} for at in range(1_390)]
    relations = [
        {
            "occupationUri": occupations[at % 300]["conceptUri"],
            "relationType": "essential",
            "skillUri": skills[at * 7 % 1_390]["conceptUri"],
        }
        for at in range(12_500)
    ]
    folder = write_esco(tmp_path, occupations, skills, relations)
    began = process_time()  # not the clock on the wall: other work on the machine is no fault of the reader
    assert len(read(folder).roles) == 300
    assert process_time() - began < 3
    tracemalloc.start()
    read(folder)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 30_000_000
