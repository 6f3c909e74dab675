"""Floors on the development sets: our ranking reaches them, and stands above every baseline of the same run."""

import pytest

from embeddings import Encoder, load_plain_minilm
from services.evaluate import Encoders, evaluate
from tests.bench import bench_folder
from tests.conftest import TEST_DATA

FLOORS = [
    ("needs-tech", "mrr", 0.70),
    ("needs-house", "mrr", 0.57),
    ("mentors-dblp", "ndcg@10", 0.48),
    ("skill-gap-esco", "ndcg@10", 0.44),
    ("translation-tatoeba", "accuracy", 0.60),
]


@pytest.mark.slow
@pytest.mark.parametrize(("name", "metric", "floor"), FLOORS, ids=[name for name, *_ in FLOORS])
def test_the_floor_is_reached_above_every_baseline(minilm: Encoder, name: str, metric: str, floor: float) -> None:
    encoders = Encoders(minilm, load_plain_minilm(TEST_DATA), TEST_DATA / "evaluate")
    found = evaluate(bench_folder(name), encoders, with_baselines=True)
    ours = found.metrics[metric]
    assert ours >= floor
    assert {name: row[metric] for name, row in found.baselines.items() if row[metric] >= ours} == {}
