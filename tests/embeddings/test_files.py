"""Index files: what was saved comes back; anything else is refused before it can answer."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from domain.errors import IndexDamaged
from embeddings import VectorIndex, build_index, load_index, save_index
from embeddings import files as module

ENCODER, GENERATION = "fake-8", 12


def an_index(exact_rows: int = 1_000) -> VectorIndex:
    vectors = np.random.default_rng(4).normal(size=(90, 8))
    return build_index([f"тема-{row}" for row in range(90)], vectors, exact_rows=exact_rows)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "indexes" / "phrases.index"
    save_index(path, an_index(), ENCODER, GENERATION)
    return path


@pytest.mark.parametrize("exact_rows", [1_000, 50])
def test_saving_and_loading_change_nothing(tmp_path: Path, exact_rows: int) -> None:
    saved, queries = an_index(exact_rows), np.random.default_rng(5).normal(size=(30, 8))
    save_index(tmp_path / "x", saved, ENCODER, GENERATION)
    loaded = load_index(tmp_path / "x", ENCODER, GENERATION)
    assert loaded.keys == saved.keys
    assert loaded.nearest_many(queries, 9) == saved.nearest_many(queries, 9)
    assert (loaded.vectors_of(saved.keys) == saved.vectors_of(saved.keys)).all()


def test_an_empty_index_comes_back_empty(tmp_path: Path) -> None:
    save_index(tmp_path / "x", build_index([], np.empty((0, 8))), ENCODER, GENERATION)
    assert load_index(tmp_path / "x", ENCODER, GENERATION).nearest(np.ones(8), 3) == []


def test_flipped_bits_all_over_the_file_are_refused(path: Path) -> None:
    content = path.read_bytes()
    for place in [*range(60), *range(60, len(content), 11)]:
        damaged = bytearray(content)
        damaged[place] ^= 1 << place % 8
        path.write_bytes(damaged)
        with pytest.raises(IndexDamaged, match="is damaged"):
            load_index(path, ENCODER, GENERATION)


def test_a_file_cut_anywhere_is_refused(path: Path) -> None:
    content = path.read_bytes()
    for length in [*range(60), *range(60, len(content), 97)]:
        path.write_bytes(content[:length])
        with pytest.raises(IndexDamaged, match="is damaged"):
            load_index(path, ENCODER, GENERATION)


@pytest.mark.parametrize("change", [lambda c: c + b"\0", lambda c: c * 2, lambda c: b"PK" + c, lambda c: bytes(len(c))])
def test_bytes_too_many_or_of_something_else_are_refused(path: Path, change) -> None:  # noqa: ANN001
    path.write_bytes(change(path.read_bytes()))
    with pytest.raises(IndexDamaged, match="is damaged"):
        load_index(path, ENCODER, GENERATION)


def test_faiss_never_sees_a_damaged_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module.faiss, "deserialize_index", lambda payload: pytest.fail("FAISS was asked"))
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(IndexDamaged):
        load_index(path, ENCODER, GENERATION)


def test_another_encoder_is_stale_not_damaged(path: Path) -> None:
    with pytest.raises(IndexDamaged, match=r"phrases\.index is stale: its encoder_id is fake-8, wanted fake-9"):
        load_index(path, "fake-9", GENERATION)


@pytest.mark.parametrize("generation", [11, 13])
def test_another_generation_is_stale_not_damaged(path: Path, generation: int) -> None:
    with pytest.raises(IndexDamaged, match=f"is stale: its generation is 12, wanted {generation}"):
        load_index(path, ENCODER, generation)


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(IndexDamaged, match="is missing"):
        load_index(tmp_path / "none", ENCODER, GENERATION)


def test_an_index_of_unreadable_format_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(payload: np.ndarray) -> None:
        raise RuntimeError("unknown index type")

    monkeypatch.setattr(module.faiss, "deserialize_index", refuse)
    with pytest.raises(IndexDamaged, match="this version of FAISS cannot read it"):
        load_index(path, ENCODER, GENERATION)


def test_a_failed_write_leaves_the_old_file_and_no_litter(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError("no space left")

    monkeypatch.setattr("embeddings.atomic.os.fsync", full)
    with pytest.raises(OSError, match="no space"):
        save_index(path, build_index(["new"], np.ones((1, 8))), ENCODER, 13)
    monkeypatch.undo()
    assert len(load_index(path, ENCODER, GENERATION)) == 90
    assert [each.name for each in path.parent.iterdir()] == ["phrases.index"]


_SAVE_FOR_EVER = """
import sys
from itertools import count
from pathlib import Path
import numpy as np
from embeddings import build_index, save_index

index = build_index([f"k{row:05}" for row in range(20_000)], np.random.default_rng(1).normal(size=(20_000, 16)))
for generation in count(1):
    save_index(Path(sys.argv[1]), index, "fake-16", generation)
    print(generation, flush=True)
"""


@pytest.mark.parametrize("saves", [1, 2, 5])
def test_a_process_killed_while_it_saves_leaves_a_whole_file(tmp_path: Path, saves: int) -> None:
    path = tmp_path / "x"
    command = [sys.executable, "-c", _SAVE_FOR_EVER, str(path)]
    with subprocess.Popen(command, cwd=Path(module.__file__).parents[1], stdout=subprocess.PIPE) as saving:
        for _ in range(saves):
            last = int(saving.stdout.readline())
        saving.kill()
        last = max([last, *map(int, saving.stdout.read().split())])
    assert len(loaded_of_either(path, last, last + 1)) == 20_000


def loaded_of_either(path: Path, *generations: int) -> VectorIndex:
    for generation in generations:
        try:
            return load_index(path, "fake-16", generation)
        except IndexDamaged as error:
            assert "is stale" in str(error)  # noqa: PT017
    pytest.fail(f"none of generations {generations}")
