"""Roles on the command line: imported from what others publish, asked for in own words."""

import json
from pathlib import Path

from domain.origins import ACKNOWLEDGEMENTS, Origin
from tests.commands.conftest import Run
from tests.services.published_roles import write_esco

MARKETER = "brand manager, I want to run campaigns"


def test_a_folder_of_esco_is_imported_with_what_is_owed(run: Run, tmp_path: Path) -> None:
    folder = write_esco(tmp_path / "esco")
    code, out, _ = run("import", "roles", str(folder))
    assert (code, out.partition("Index: ")[0]) == (
        0,
        f"esco: 2 roles changed, 1 skills added or renamed.\n{ACKNOWLEDGEMENTS[Origin.ESCO]}\n",
    )
    _, out, _ = run("suggest", "--role", "cloud shepherd")
    assert out.splitlines()[:2] == [
        "People in roles such as cloud shepherd need:",
        "1. herd clouds  [esco:s1], level 3: cloud shepherd",
    ]
    assert out.splitlines()[-1] == ACKNOWLEDGEMENTS[Origin.ESCO]
    files = [str(path) for path in sorted(folder.iterdir())]
    assert run("import", "roles", *files, "--no-index")[1].startswith(
        "occupationSkillRelations_en.csv, occupations_en.csv, skills_en.csv: 0 roles changed."
    )
    code, _, err = run("import", "roles", *files[:2])
    assert code == 2
    assert "ESCO's skills (skills_en.csv) must lie beside it, in the same release" in err


def test_likely_skills_are_printed_as_one_json_object(run: Run) -> None:
    code, out, _ = run("suggest", "--role", MARKETER, "--json", "--k", "3")
    answer = json.loads(out)
    assert (code, answer["role"], answer["language"], answer["near_roles"][0]["id"]) == (
        0,
        MARKETER,
        "en",
        "marketing-manager",
    )
    assert len(answer["skills"]) == 3
    assert all(0 < skill["score"] <= 1 and 1 <= skill["level"] <= 4 and skill["roles"] for skill in answer["skills"])
    assert answer["acknowledgements"] == []


def test_a_russian_role_is_answered_in_russian(run: Run) -> None:
    _, out, _ = run("suggest", "--role", "бренд-менеджер, хочу вести рекламные кампании")
    assert out.startswith("Людям в таких ролях, как Маркетолог")


def test_words_without_a_role_say_so(run: Run) -> None:
    _, out, _ = run("suggest", "--role", "somewhere warm")
    assert out == "No role that is known here comes near enough to these words. Try the usual title of the role.\n"
