"""Where the public benchmark folders are, for the tests that need them."""

import os
from pathlib import Path

import pytest

BENCH = Path(os.environ.get("HALFHOUR_BENCH", Path(__file__).resolve().parents[2] / "shared" / "bench"))


def bench_folder(name: str) -> Path:
    """Return a benchmark folder; skip the test where there is none."""
    if not (BENCH / name / "task.json").is_file():
        pytest.skip(f"there is no benchmark folder {name}: set HALFHOUR_BENCH")
    return BENCH / name
