"""What roles taught, as a file beside the indexes: arrays alone, with what they were learnt from."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from embeddings.arrays import load_arrays, save_arrays
from recommender import Comparison, LearntRanker, RoleKernel, RoleLesson

LESSON_VERSION = "1"
"""Another one makes every kept lesson stale: for changes of what a lesson is learnt from."""


@dataclass(frozen=True, slots=True, eq=False)
class KeptLesson:
    """The comparison with the vote of near roles, and ranker and kernel where that is beaten."""

    comparison: Comparison
    ranker: LearntRanker | None
    kernel: RoleKernel | None


def keep_lesson(path: Path, lesson: RoleLesson, kernel: RoleKernel, content: int) -> None:
    """Write the lesson; one that does not beat the vote is kept as that, so that nobody learns it again."""
    told = lesson.comparison
    arrays = {"comparison": np.array([told.roles, told.vote, told.learnt, told.error])}
    if lesson.ranker:
        arrays |= {"line": lesson.ranker.line, "trees": lesson.ranker.trees, "kernel": kernel.inverse}
    save_arrays(path, arrays, content)


def read_lesson(path: Path, content: int) -> KeptLesson | None:
    """Return the lesson; None where there is none, it is damaged, or it was learnt from something else."""
    arrays = load_arrays(path, content)
    if arrays is None:
        return None
    roles, vote, learnt, error = arrays["comparison"].tolist()
    comparison = Comparison(int(roles), vote, learnt, error)
    if "line" not in arrays:
        return KeptLesson(comparison, None, None)
    return KeptLesson(comparison, LearntRanker(arrays["line"], arrays["trees"]), RoleKernel(arrays["kernel"]))
