"""Arrays in files: given back whole and current, or not at all."""

from pathlib import Path

import numpy as np
import pytest

from embeddings.arrays import load_array, load_arrays, save_array, save_arrays

ROWS = np.arange(6, dtype=np.float32).reshape(2, 3)


def test_an_array_comes_back_as_it_was(tmp_path: Path) -> None:
    save_array(tmp_path / "a", ROWS, 7)
    np.testing.assert_array_equal(load_array(tmp_path / "a", 7), ROWS)


def test_what_was_made_from_something_else_is_not_read(tmp_path: Path) -> None:
    save_array(tmp_path / "a", ROWS, 7)
    assert load_array(tmp_path / "a", 8) is None
    assert load_array(tmp_path / "b", 7) is None


@pytest.mark.parametrize("place", [0, 35, 60, -1])
def test_a_flipped_bit_is_noticed(tmp_path: Path, place: int) -> None:
    path = tmp_path / "a"
    save_array(path, ROWS)
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)
    assert load_array(path) is None


@pytest.mark.parametrize("kept", [0, 10, 40, 100])
def test_a_cut_file_is_not_read(tmp_path: Path, kept: int) -> None:
    path = tmp_path / "a"
    save_array(path, ROWS)
    path.write_bytes(path.read_bytes()[:kept])
    assert load_array(path) is None


def test_arrays_by_name_come_back_and_know_what_they_were_made_from(tmp_path: Path) -> None:
    path, arrays = tmp_path / "several", {"one": np.arange(3), "two": np.eye(2, dtype=np.float32)}
    save_arrays(path, arrays, content=7)
    found = load_arrays(path, content=7)
    assert found is not None
    assert sorted(found) == ["one", "two"]
    for name, array in arrays.items():
        np.testing.assert_array_equal(found[name], array)
    assert load_arrays(path, content=8) is None
    assert load_arrays(tmp_path / "none", content=7) is None


def test_damaged_arrays_are_not_read(tmp_path: Path) -> None:
    path = tmp_path / "several"
    save_arrays(path, {"one": np.arange(3)})
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    assert load_arrays(path) is None
