"""What was worked out is kept while there is room, the least lately asked for goes first."""

import numpy as np
import pytest

from recommender.remembered import Remembered


def test_the_least_lately_asked_for_goes_first() -> None:
    worked_out: list[str] = []

    def array_of(key: str) -> np.ndarray:
        worked_out.append(key)
        return np.zeros(1)

    remembered = Remembered(room=2)
    for key in ["a", "b", "a", "c", "a", "b"]:
        remembered.get(key, lambda key=key: array_of(key))
    assert worked_out == ["a", "b", "c", "b"]


def test_nobody_can_change_what_is_kept() -> None:
    array = Remembered(room=1).get("a", lambda: np.zeros(2))
    with pytest.raises(ValueError, match="read-only"):
        array[0] = 1.0
