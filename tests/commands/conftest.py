"""The command line over a small company on disk, with the real MiniLM."""

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import cli

Run = Callable[..., tuple[int, str, str]]

PEOPLE = [
    {"id": "ann", "name": "Ann Lee", "goals": "I end up doing everyone's work", "target_role": "team-lead"},
    {"id": "bob", "name": "Bob Roy", "mentor_topics": "delegate-work; run-short-meetings"},
    {"id": "dee", "name": "Dee Fox", "mentor_topics": "delegate-work", "mentor_biography": "I hand work over daily."},
]


def people_csv(folder: Path, rows: list[dict[str, str]]) -> Path:
    """Write the rows as CSV; e-mail, zone and a column for every key are filled in."""
    filled = [{"email": f"{row['id']}@example.org", "zone": "Europe/Berlin"} | row for row in rows]
    columns = list(dict.fromkeys(name for row in filled for name in row))
    path = folder / "people.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(filled)
    return path


@pytest.fixture(scope="session")
def company_folder(indexed_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a company of three, imported and indexed by the commands themselves."""
    folder = shutil.copytree(indexed_folder, tmp_path_factory.mktemp("company") / "data", symlinks=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HALFHOUR_DATA_FOLDER", str(folder))
        assert cli.main(["import", "people", str(people_csv(folder, PEOPLE))]) == 0
    return folder


@pytest.fixture
def run(company_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command on the company; return exit code, stdout and stderr."""
    monkeypatch.setenv("HALFHOUR_DATA_FOLDER", str(company_folder))

    def run_command(*argv: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = cli.main(list(argv))
        said = capsys.readouterr()
        return code, said.out, said.err

    return run_command
