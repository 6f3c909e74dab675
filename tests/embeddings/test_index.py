"""An index agrees with brute force, breaks ties by key, and names what was wrong with its input."""

import numpy as np
import pytest

from domain.errors import InvalidInput
from embeddings import VectorIndex, build_index


def by_brute_force(keys: list[str], vectors: np.ndarray, query: np.ndarray, k: int) -> list[tuple[str, float]]:
    cosines = vectors @ query / np.linalg.norm(vectors, axis=1) / np.linalg.norm(query)
    order = sorted(range(len(keys)), key=lambda row: (-cosines[row], keys[row]))
    return [(keys[row], float(cosines[row])) for row in order[:k]]


def random_rows(rows: int, dim: int, seed: int) -> np.ndarray:
    dice = np.random.default_rng(seed)
    return dice.normal(size=(rows, dim)) * dice.uniform(0.2, 5, size=(rows, 1))


def assert_same(found: list[tuple[str, float]], wanted: list[tuple[str, float]]) -> None:
    assert [key for key, _ in found] == [key for key, _ in wanted]
    assert [s for _, s in found] == pytest.approx([s for _, s in wanted], abs=1e-5)


@pytest.mark.parametrize("seed", range(10))
def test_nearest_agrees_with_brute_force(seed: int) -> None:
    vectors, query = random_rows(150, 24, seed), random_rows(1, 24, seed + 100)[0]
    keys = [f"p{number * 37 % 150}" for number in range(150)]
    assert_same(build_index(keys, vectors).nearest(query, 12), by_brute_force(keys, vectors, query, 12))


def test_many_queries_give_what_each_gives_alone() -> None:
    index = build_index([f"p{row:02}" for row in range(60)], random_rows(60, 8, 1))
    queries = random_rows(40, 8, 2)
    for found, query in zip(index.nearest_many(queries, 5), queries, strict=True):
        assert_same(found, index.nearest(query, 5))


def test_similarity_is_the_cosine_whatever_the_lengths() -> None:
    index = build_index(["a", "b"], np.array([[3.0, 0.0], [5.0, 5.0]]))
    assert_same(index.nearest(np.array([0.0, 9.0]), 2), [("b", 1 / np.sqrt(2)), ("a", 0.0)])


@pytest.mark.parametrize("k", [1, 3, 40])
def test_ties_come_back_by_key(k: int) -> None:
    keys = [f"t{row:03}" for row in range(100)]
    row = random_rows(1, 24, 3)
    index = build_index(keys[::-1], np.repeat(row, 100, axis=0))
    assert [key for key, _ in index.nearest(row[0], k)] == keys[:k]
    batch = index.nearest_many(np.repeat(row, 50, axis=0), k)
    assert [[key for key, _ in found] for found in batch] == [keys[:k]] * 50


def test_vectors_that_differ_by_float_noise_only_tie() -> None:
    index = build_index(["a", "b"], np.array([[1.0, 0.0], [1.0, 2e-7]]))
    assert [key for key, _ in index.nearest(np.array([0.6, 0.8]), 2)] == ["a", "b"]


def test_fewer_come_back_where_there_are_fewer() -> None:
    assert len(build_index(["a", "b"], np.eye(2)).nearest(np.ones(2), 10)) == 2


def test_an_empty_index_finds_nothing() -> None:
    index = build_index([], np.empty((0, 4)))
    assert (len(index), index.dim, index.keys, index.nearest(np.ones(4), 3)) == (0, 4, [], [])
    assert index.vectors_of([]).shape == (0, 4)


def test_no_queries_find_nothing() -> None:
    assert build_index(["a"], np.ones((1, 4))).nearest_many(np.empty((0, 4)), 3) == []


def test_keys_come_sorted_and_vectors_as_asked() -> None:
    index = build_index(["b", "a"], np.array([[0.0, 2.0], [4.0, 0.0]]))
    assert index.keys == ["a", "b"]
    assert index.vectors_of(["b", "a", "b"]).tolist() == [[0, 1], [1, 0], [0, 1]]


@pytest.fixture(scope="module")
def clustered() -> tuple[list[str], np.ndarray, VectorIndex]:
    dice = np.random.default_rng(5)
    centres = dice.normal(size=(50, 32))
    vectors = centres[dice.integers(50, size=4_000)] + 0.5 * dice.normal(size=(4_000, 32))
    keys = [f"p{row:04}" for row in range(4_000)]
    return keys, vectors, build_index(keys, vectors, exact_rows=1_000)


def test_beyond_the_limit_recall_stays_high(clustered: tuple[list[str], np.ndarray, VectorIndex]) -> None:
    keys, vectors, index = clustered
    queries = vectors[::80] + 0.1
    hits = 0
    for found, query in zip(index.nearest_many(queries, 10), queries, strict=True):
        wanted = {key for key, _ in by_brute_force(keys, vectors, query, 10)}
        hits += len(wanted & {key for key, _ in found})
    assert hits / (10 * len(queries)) >= 0.95


def test_beyond_the_limit_codes_take_a_quarter(clustered: tuple[list[str], np.ndarray, VectorIndex]) -> None:
    _, vectors, index = clustered
    exact = build_index(index.keys, vectors)
    assert (index.rows.code_size, exact.rows.code_size) == (32, 32 * 4)


def test_beyond_the_limit_vectors_come_back_nearly(clustered: tuple[list[str], np.ndarray, VectorIndex]) -> None:
    keys, vectors, index = clustered
    wanted = vectors[[7, 3]] / np.linalg.norm(vectors[[7, 3]], axis=1, keepdims=True)
    assert index.vectors_of([keys[7], keys[3]]) == pytest.approx(wanted, abs=0.01)


def test_as_many_rows_as_the_limit_stay_exact() -> None:
    vectors = random_rows(40, 4, 9)
    assert build_index([str(row) for row in range(40)], vectors, exact_rows=40).rows.code_size == 16


@pytest.mark.parametrize(
    ("keys", "vectors", "says"),
    [
        (["a", "b"], np.ones((3, 4)), r"shape \(2, dim\), got \(3, 4\)"),
        (["a"], np.ones(4), r"shape \(1, dim\), got \(4,\)"),
        (["a", "b", "c"], np.array([[1.0], [0.0], [0.0]]), r"got rows \[1, 2\]"),
        (["a", "b"], np.array([[1.0], [np.nan]]), r"finite and not all zeros, got rows \[1\]"),
        (["a", "b"], np.array([[np.inf], [1.0]]), r"got rows \[0\]"),
        (["a", "a"], np.ones((2, 4)), "keys must be unique, got a"),
    ],
)
def test_bad_rows_are_named(keys: list[str], vectors: np.ndarray, says: str) -> None:
    with pytest.raises(InvalidInput, match=says):
        build_index(keys, vectors)


@pytest.mark.parametrize(
    ("query", "k", "says"),
    [
        (np.ones(3), 1, "have 2 columns, got 3"),
        (np.zeros(2), 1, r"not all zeros, got rows \[0\]"),
        (np.array([np.nan, 1]), 1, r"finite and not all zeros, got rows \[0\]"),
        (np.ones(2), 0, "k must be at least 1, got 0"),
    ],
)
def test_bad_queries_are_named(query: np.ndarray, k: int, says: str) -> None:
    with pytest.raises(InvalidInput, match=says):
        build_index(["a"], np.ones((1, 2))).nearest(query, k)


def test_an_unknown_key_is_named() -> None:
    with pytest.raises(InvalidInput, match="keys must be in the index, got b"):
        build_index(["a"], np.ones((1, 2))).vectors_of(["a", "b"])
