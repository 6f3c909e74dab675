"""Files of roles are told by their columns; what misses its companion says which file is needed."""

from pathlib import Path

import pytest

from domain.errors import ImportRejected
from services.role_files import RoleFile, find_role_files
from tests.services.published_roles import ONET_HEADER, SKILL_HEADER, write_esco, write_onet, write_rows

OWN = "id,title_en,title_ru,skills\nbaker,Baker,Пекарь,delegation:2\n"


def refusal(*paths: Path) -> str:
    with pytest.raises(ImportRejected) as caught:
        find_role_files(paths)
    return str(caught.value)


def test_kinds_are_told_by_columns_whatever_the_names(tmp_path: Path) -> None:
    folder = write_esco(tmp_path / "esco")
    for at, path in enumerate(sorted(folder.iterdir())):
        path.rename(folder / f"{at}.txt")
    found = find_role_files([folder, write_onet(tmp_path / "onet")])
    assert {kind: [path.name for path in paths] for kind, paths in found.items()} == {
        RoleFile.ESCO_RELATIONS: ["0.txt"],
        RoleFile.ESCO_OCCUPATIONS: ["1.txt"],
        RoleFile.ESCO_SKILLS: ["2.txt"],
        RoleFile.ONET_OCCUPATIONS: ["Occupation Data.txt"],
        RoleFile.ONET_RATINGS: ["Skills.txt"],
    }


def test_what_else_lies_in_the_folder_is_passed_over(tmp_path: Path) -> None:
    folder = write_esco(write_onet(tmp_path / "all"))
    write_rows(folder / "greenSkillsCollection_en.csv", [*SKILL_HEADER, "broaderConceptUri"], [])
    write_rows(folder / "Work Context.txt", [*ONET_HEADER, "Category"], [], "\t")
    (folder / "Read Me.txt").write_bytes(b"\xff\xfe\xfa in an old encoding")
    (folder / "notes.docx").write_bytes(b"x")
    (folder / "empty.csv").write_bytes(b"")
    (folder / "sub.csv").mkdir()
    found = find_role_files([folder])
    assert sorted(path.name for paths in found.values() for path in paths) == [
        "Occupation Data.txt",
        "Skills.txt",
        "occupationSkillRelations_en.csv",
        "occupations_en.csv",
        "skills_en.csv",
    ]


@pytest.mark.parametrize("gone", ["occupations_en.csv", "skills_en.csv", "occupationSkillRelations_en.csv"])
def test_a_missing_file_of_esco_is_named(tmp_path: Path, gone: str) -> None:
    folder = write_esco(tmp_path)
    (folder / gone).unlink()
    assert f"({gone}) must lie beside it, in the same release" in refusal(folder)
    assert f"({gone}) must lie beside it" in refusal(*folder.iterdir())


@pytest.mark.parametrize("gone", ["Occupation Data.txt", "Skills.txt"])
def test_a_missing_file_of_onet_is_named(tmp_path: Path, gone: str) -> None:
    folder = write_onet(tmp_path)
    (folder / gone).unlink()
    assert gone in refusal(folder).partition("changed.")[2]


def test_two_of_the_same_contradict_each_other_but_skills_and_knowledge_do_not(tmp_path: Path) -> None:
    folder = write_esco(write_onet(tmp_path))
    write_rows(folder / "Knowledge.txt", ONET_HEADER, [], "\t")
    assert [path.name for path in find_role_files([folder])[RoleFile.ONET_RATINGS]] == ["Knowledge.txt", "Skills.txt"]
    (folder / "skills_fr.csv").write_bytes((folder / "skills_en.csv").read_bytes())
    assert "skills_fr.csv was not imported" in refusal(folder)
    assert "it holds the same as skills_en.csv" in refusal(folder)


def test_a_folder_without_roles_says_what_is_known(tmp_path: Path) -> None:
    assert "no file of roles lies in this folder. Known are: ESCO's occupations (occupations_en.csv)" in refusal(
        tmp_path
    )


def test_a_file_that_is_named_and_not_known_is_read_as_our_own_table(tmp_path: Path) -> None:
    for name, text in {"a.csv": OWN, "b.csv": "id,name\n1,Ann\n"}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    named = find_role_files([tmp_path / "a.csv", tmp_path / "b.csv"])
    assert [path.name for path in named[RoleFile.OWN]] == ["a.csv", "b.csv"]
    assert [path.name for path in find_role_files([tmp_path])[RoleFile.OWN]] == ["a.csv"]


def test_a_named_file_that_is_missing_or_unreadable_is_refused(tmp_path: Path) -> None:
    assert "There is no such file" in refusal(tmp_path / "roles.csv")
    (tmp_path / "roles.csv").write_bytes(b"id\n\xff\xfe\xfa\n" * 10)
    assert "not UTF-8" in refusal(tmp_path / "roles.csv")
