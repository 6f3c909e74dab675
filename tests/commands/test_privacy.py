"""`halfhour export` and `halfhour erase`: all of one person's, and forgotten only when said twice."""

import json
import shutil
import zipfile
from pathlib import Path

import pytest

from tests.commands.conftest import Run


@pytest.fixture
def own_folder(company_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the company, which a test may change."""
    folder = tmp_path / "company"
    shutil.copytree(company_folder, folder, symlinks=True)
    monkeypatch.setenv("HALFHOUR_DATA_FOLDER", str(folder))
    return folder


def test_export_writes_a_zip_that_only_its_owner_reads(run: Run, own_folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "ann.zip"
    code, out, _ = run("export", "--person", "ann", str(target))
    with zipfile.ZipFile(target) as archive:
        told = json.loads(archive.read("halfhour.json"))
    assert (code, out) == (0, f"{target}: {target.stat().st_size} bytes.\n")
    assert told["tables"]["goals"][0]["text"] == "I end up doing everyone's work"
    assert target.stat().st_mode & 0o077 == 0


def test_erase_acts_only_when_the_id_is_said_twice(run: Run, own_folder: Path, tmp_path: Path) -> None:
    code, out, err = run("erase", "--person", "ann")
    assert (code, out.startswith("profile: 1, goals: 1"), "Nothing was erased." in err) == (2, True, True)
    assert run("export", "--person", "ann", str(tmp_path / "still.zip"))[0] == 0
    code, out, _ = run("erase", "--person", "ann", "--confirm", "ann")
    assert (code, out.splitlines()[-1].startswith("Erased.")) == (0, True)
    code, _, err = run("export", "--person", "ann", str(tmp_path / "gone.zip"))
    assert (code, err.startswith("halfhour: person must exist, got ann")) == (2, True)
