"""Roles come in all together or not at all; imported skills are skills, and catalog skills stay what they are."""

from pathlib import Path

import pytest

from domain.errors import ImportRejected
from domain.language import LocalText
from domain.origins import ACKNOWLEDGEMENTS, Origin
from domain.people import RoleProfile, Skill
from services.import_roles import import_roles
from services.role_batches import skill_key
from store import Engine, unit_of_work
from tests.builders import a_role
from tests.services.published_roles import write_esco, write_onet

HEADER = "id,title_en,title_ru,skills\n"


def stored(engine: Engine) -> tuple[list[RoleProfile], set[str]]:
    with unit_of_work(engine) as store:
        return store.roles.list(), store.imported_skills.ids()


def own_table(folder: Path, text: str, name: str = "roles.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_esco_becomes_roles_with_levels_and_an_origin(stocked: Engine, tmp_path: Path) -> None:
    report = import_roles(stocked, [write_esco(tmp_path)])
    assert str(report) == f"2 roles changed, 1 skills added or renamed.\n{ACKNOWLEDGEMENTS[Origin.ESCO]}"
    shepherd, tuner = (
        RoleProfile(f"esco:{key}", LocalText(title, title), LocalText(summary, summary), levels, Origin.ESCO)
        for key, title, summary, levels in (
            ("o1", "cloud shepherd", "Herds clouds.", {"delegation": 2, "esco:s1": 3}),
            ("o2", "echo tuner", "Tunes echoes.", {"esco:s1": 2}),
        )
    )
    assert stored(stocked) == ([shepherd, tuner, a_role()], {"esco:s1"})
    with unit_of_work(stocked) as store:
        herding = Skill("esco:s1", LocalText("herd clouds", "herd clouds"))
        assert store.imported_skills.get_many(["esco:s1"]) == {"esco:s1": herding}


def test_onet_becomes_roles_with_levels_and_an_origin(stocked: Engine, tmp_path: Path) -> None:
    report = import_roles(stocked, [write_onet(tmp_path)])
    assert ACKNOWLEDGEMENTS[Origin.ONET] in str(report)
    roles, skills = stored(stocked)
    assert [(role.id, role.required_levels, role.origin) for role in roles[:2]] == [
        ("onet:99-0001.00", {"delegation": 4, "onet:2.A.1.a": 1}, Origin.ONET),
        ("onet:99-0002.00", {"onet:2.A.1.a": 3}, Origin.ONET),
    ]
    assert skills == {"onet:2.A.1.a"}


def test_the_same_files_twice_change_nothing(stocked: Engine, tmp_path: Path) -> None:
    folders = [write_esco(tmp_path / "esco"), write_onet(tmp_path / "onet")]
    first, again = import_roles(stocked, folders), import_roles(stocked, folders)
    assert (first.roles, first.skills) == (4, 2)
    assert (again.roles, again.skills) == (0, 0)


def test_one_wrong_file_among_good_ones_imports_nothing(stocked: Engine, tmp_path: Path) -> None:
    before = stored(stocked)
    wrong = own_table(tmp_path, HEADER + "baker,Baker,Пекарь,knitting:2\n")
    with pytest.raises(ImportRejected, match="row 2, column skills: must name skills of the catalog, got knitting"):
        import_roles(stocked, [write_esco(tmp_path / "esco"), wrong])
    assert stored(stocked) == before


def test_our_own_table_may_name_imported_skills(stocked: Engine, tmp_path: Path) -> None:
    own = own_table(tmp_path, HEADER + "lead,Head shepherd,Старший пастух,esco:s1:4; delegation:2\n")
    assert import_roles(stocked, [write_esco(tmp_path / "esco"), own]).roles == 3
    assert import_roles(stocked, [own]).roles == 0
    assert stored(stocked)[0][2].required_levels == {"delegation": 2, "esco:s1": 4}


def test_an_id_that_stands_twice_is_named(stocked: Engine, tmp_path: Path) -> None:
    own = own_table(tmp_path, HEADER + "a,A,А,sql:1\nb,B,Б,sql:1\na,A,А,sql:2\n")
    with pytest.raises(ImportRejected, match="row 4, column id: stands in row 2 already"):
        import_roles(stocked, [own])


def test_an_import_of_our_own_owes_nobody_a_word(stocked: Engine, tmp_path: Path) -> None:
    assert str(import_roles(stocked, [own_table(tmp_path, HEADER + "a,A,А,sql:1\n")])) == "1 roles changed."


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Problem-Solving", "problem  solving", True),
        ("Delegation!", "delegation", True),
        ("Умение отказывать", "умение отказывать.", True),
        ("C", "C++", False),
        ("SQL", "SQLite", False),
        ("negotiate", "Negotiation", False),
    ],
)
def test_names_are_compared_without_case_and_punctuation(one: str, other: str, same: bool) -> None:
    assert (skill_key(one) == skill_key(other)) is same
