"""The list of guards that `guards.py` takes away names code that is there, and proofs that are there."""

from pathlib import Path

import pytest

from tests.proofs.guards import GUARDS, ROOT, Edit, Guard, take_away


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: f"{guard.promise}-{guard.guard}")
def test_a_guard_can_be_taken_away(guard: Guard, tmp_path: Path) -> None:
    for edit in guard.edits:
        file = tmp_path / edit.file
        if not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text((ROOT / edit.file).read_text("utf-8"), "utf-8")
        take_away(file, edit)
        assert edit.instead in file.read_text("utf-8")
    assert (ROOT / guard.tests).is_file()


def test_a_guard_that_has_moved_is_noticed(tmp_path: Path) -> None:
    file = tmp_path / "moved.py"
    file.write_text("twice\ntwice\n", "utf-8")
    with pytest.raises(ValueError, match="must hold the guard once, got 2"):
        take_away(file, Edit("moved.py", "twice", "never"))
