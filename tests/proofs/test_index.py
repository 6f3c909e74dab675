"""R5: the index on disk is whole and current, or it is refused and made again; it never answers wrongly."""

import multiprocessing
import os
import random
import signal
import time
from pathlib import Path

import numpy as np
import pytest

from domain.errors import IndexDamaged
from embeddings import VectorIndex, build_index, load_index, save_index
from tests.proofs.report import record

pytestmark = pytest.mark.proof
KILLS, DAMAGES, ROWS, DIM, K = 50, 60, 2_000, 64, 5
GENERATIONS, ENCODER, PATIENCE_SECONDS = (11, 22), "proof", 30


def rows_of(generation: int) -> tuple[list[str], np.ndarray]:
    """Return the keys and unit vectors of a state of the store."""
    vectors = np.random.default_rng(generation).normal(size=(ROWS, DIM)).astype(np.float32)
    return [f"{generation}-{number}" for number in range(ROWS)], vectors / np.linalg.norm(vectors, axis=1)[:, None]


def save_for_ever(path: str) -> None:
    """Save the index of one state over that of the other until killed."""
    indexes = {generation: build_index(*rows_of(generation)) for generation in GENERATIONS}
    while True:
        for generation, index in indexes.items():
            save_index(Path(path), index, ENCODER, generation)


def nearest_keys(index: VectorIndex, queries: np.ndarray) -> list[list[str]]:
    return [[key for key, _ in found] for found in index.nearest_many(queries, K)]


def by_brute_force(generation: int, queries: np.ndarray) -> list[list[str]]:
    keys, vectors = rows_of(generation)
    nearest = np.argsort(-(queries @ vectors.T), axis=1, kind="stable")[:, :K]
    return [[keys[place] for place in line] for line in nearest]


def what_loads(path: Path) -> list[tuple[int, VectorIndex]]:
    """Return the states for which the file is taken as current: one at most."""
    found = []
    for generation in GENERATIONS:
        try:
            found.append((generation, load_index(path, ENCODER, generation)))
        except IndexDamaged:
            continue
    return found


@pytest.fixture(scope="module")
def queries() -> np.ndarray:
    drawn = np.random.default_rng(5).normal(size=(20, DIM)).astype(np.float32)
    return drawn / np.linalg.norm(drawn, axis=1)[:, None]


def test_r5_a_kill_while_saving_leaves_a_whole_index(tmp_path: Path, queries: np.ndarray) -> None:
    path, choice = tmp_path / "index", random.Random(5)
    expected = {generation: by_brute_force(generation, queries) for generation in GENERATIONS}
    forks = multiprocessing.get_context("forkserver")
    forks.set_forkserver_preload([__name__])
    answered = 0
    for _ in range(KILLS):
        before = path.stat().st_mtime_ns if path.exists() else 0
        process = forks.Process(target=save_for_ever, args=(str(path),), daemon=True)
        process.start()
        give_up_at = time.monotonic() + PATIENCE_SECONDS
        while (not path.exists() or path.stat().st_mtime_ns == before) and time.monotonic() < give_up_at:
            time.sleep(0.001)  # until it saves
        time.sleep(choice.random() * 0.02)
        assert process.pid
        os.kill(process.pid, signal.SIGKILL)
        process.join()
        ((generation, index),) = what_loads(path)
        assert nearest_keys(index, queries) == expected[generation]
        answered += 1
    record("R5 kills", "files", {"kills": KILLS, "whole after": answered, "wrong answers": 0})


def test_r5_a_damaged_file_is_refused(tmp_path: Path) -> None:
    path, choice = tmp_path / "index", random.Random(6)
    index = build_index(*rows_of(GENERATIONS[0]))
    save_index(path, index, ENCODER, GENERATIONS[0])
    whole = path.read_bytes()
    refused = 0
    for number in range(DAMAGES):
        path.write_bytes(_damaged(whole, number, choice))
        with pytest.raises(IndexDamaged):
            load_index(path, ENCODER, GENERATIONS[0])
        refused += 1
    with pytest.raises(IndexDamaged):
        load_index(path, "another encoder", GENERATIONS[0])
    record("R5 damage", "files", {"damaged": DAMAGES, "refused": refused})


def _damaged(whole: bytes, number: int, choice: random.Random) -> bytes:
    """Return the file with one bit turned, cut short, or with bytes of another in it."""
    if number % 3 == 0:
        place = choice.randrange(len(whole))
        return whole[:place] + bytes([whole[place] ^ (1 << choice.randrange(8))]) + whole[place + 1 :]
    if number % 3 == 1:
        return whole[: choice.randrange(len(whole))]
    place = choice.randrange(len(whole) - 64)
    return whole[:place] + choice.randbytes(64) + whole[place + 64 :]
