"""Vectors by encoder and text hash."""

import numpy as np
import pytest
from sqlalchemy import Engine, insert, select, update

from store import unit_of_work
from store.tables import vectors


def vector(*values: float) -> np.ndarray:
    return np.array(values, dtype=np.float32)


def test_vectors_come_back_bit_by_bit(engine: Engine) -> None:
    rng = np.random.default_rng(7)
    rows = {f"h{number}": rng.normal(size=384).astype(np.float32) for number in range(50)}
    with unit_of_work(engine, write=True) as store:
        store.vectors.add_many("minilm", rows)
    with unit_of_work(engine) as store:
        read = store.vectors.get_many("minilm", rows)
    assert read.keys() == rows.keys()
    assert all(read[key].dtype == np.float32 and np.array_equal(read[key], rows[key]) for key in rows)


def test_what_is_not_stored_is_absent(engine: Engine) -> None:
    with unit_of_work(engine, write=True) as store:
        store.vectors.add_many("one", {"h1": vector(1, 0), "h2": vector(0, 1)})
        store.vectors.add_many("other", {"h3": vector(1, 0, 0)})
        assert store.vectors.get_many("one", ["h2", "h3"]).keys() == {"h2"}
        assert store.vectors.get_many("one", []) == {}
        assert store.vectors.hashes("one") == {"h1", "h2"}
        assert store.vectors.hashes("other") == {"h3"}
        assert store.vectors.hashes("nobody's") == set()


def test_a_vector_is_kept_as_little_endian_float32(engine: Engine) -> None:
    with unit_of_work(engine, write=True) as store:
        store.vectors.add_many("one", {"h1": np.array([1.0, -2.0])})
    with engine.connect() as connection:
        row = connection.execute(select(vectors.c.dim, vectors.c.vector)).one()
    assert (row.dim, bytes(row.vector)) == (2, bytes.fromhex("0000803f 000000c0"))


@pytest.mark.parametrize("damaged", [b"", b"\x00" * 7, b"\x00" * 12])
def test_a_row_whose_bytes_do_not_fit_its_dim_counts_as_missing_until_replaced(engine: Engine, damaged: bytes) -> None:
    with engine.begin() as connection:
        row = {"encoder_id": "one", "text_hash": "h1", "dim": 2, "vector": damaged}
        connection.execute(insert(vectors), row)
    with unit_of_work(engine, write=True) as store:
        store.vectors.add_many("one", {"h2": vector(0, 1)})
        assert store.vectors.get_many("one", ["h1", "h2"]).keys() == {"h2"}
        assert store.vectors.hashes("one") == {"h2"}
        store.vectors.add_many("one", {"h1": vector(1, 0)})
        assert store.vectors.get_many("one", ["h1"])["h1"].tolist() == [1, 0]


def test_a_dim_that_lies_counts_as_missing(engine: Engine) -> None:
    with unit_of_work(engine, write=True) as store:
        store.vectors.add_many("one", {"h1": vector(1, 0)})
    with engine.begin() as connection:
        connection.execute(update(vectors).values(dim=3))
    with unit_of_work(engine) as store:
        assert store.vectors.get_many("one", ["h1"]) == {}


def test_unused_vectors_of_one_encoder_go(engine: Engine) -> None:
    with unit_of_work(engine, write=True) as store:
        store.vectors.add_many("one", {"h1": vector(1, 0), "h2": vector(0, 1), "h3": vector(1, 1)})
        store.vectors.add_many("other", {"h1": vector(1, 0)})
        assert store.vectors.drop_unused("one", {"h2", "h9"}) == 2
        assert store.vectors.hashes("one") == {"h2"}
        assert store.vectors.hashes("other") == {"h1"}


def test_a_matrix_is_not_a_vector(engine: Engine) -> None:
    with unit_of_work(engine, write=True) as store, pytest.raises(ValueError, match=r"shape \(dim,\), got \(1, 2\)"):
        store.vectors.add_many("one", {"h1": np.ones((1, 2), dtype=np.float32)})
