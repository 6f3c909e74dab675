"""Likely skills on public roles, each left out and asked for: the vote of near roles beside what the roles teach.

Two roles of three teach and every third is asked for, by its title or in full: no answer knows the role itself, and
what is learnt has seen none of those asked. Timed is one request never made before, at one thread as `serve` has it.

Run: python -m benchmarks.role_skills [FOLDER], a folder of the task skill-gap; ESCO's where none is named
"""

import argparse
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from statistics import median
from time import perf_counter

import numpy as np
from threadpoolctl import threadpool_limits

from compose import build_encoder
from domain.language import LocalText
from domain.people import RoleProfile
from embeddings import build_index, text_hash
from recommender import RoleGaps, RoleSpace, SkillRanker, learn_role_lesson, likely_skills, need_texts, role_texts
from recommender.evaluate.tasks import KnownRole, SkillGapTask
from services.benchmark_files import read_folder
from services.benchmark_tasks import Judged, read_task
from services.embedding_cache import CachedEncoder
from services.esco_files import LEVELS
from settings import read_settings

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "bench" / "skill-gap-esco"
REQUESTS = 100
Answer = Callable[[str, np.ndarray], object]


def read_roles(folder: Path) -> tuple[list[RoleProfile], dict[str, str]]:
    """Return the roles of a skill-gap folder as an import of ESCO makes them, and the names of skills by id."""
    judged = read_task(read_folder(folder))
    if not isinstance(judged, Judged) or not isinstance(judged.task, SkillGapTask):
        raise TypeError(f"folder must hold a skill-gap task, got {folder.name}. See the README of the folders.")
    return [_profile(role) for role in judged.task.roles], {entry.id: entry.title for entry in judged.task.entries}


def _profile(role: KnownRole) -> RoleProfile:
    levels = dict.fromkeys(role.optional, LEVELS["optional"]) | dict.fromkeys(role.essential, LEVELS["essential"])
    return RoleProfile(role.id, LocalText(role.title, role.title), LocalText(role.text, role.text), levels)


def milliseconds(answer: Answer, asked: Sequence[tuple[str, np.ndarray]]) -> float:
    """Return the median time of an answer."""
    return median(_timed(answer, text, vectors) for text, vectors in asked)


def _timed(answer: Answer, text: str, vectors: np.ndarray) -> float:
    start = perf_counter()
    answer(text, vectors)
    return 1000 * (perf_counter() - start)


def main(argv: Sequence[str] | None = None) -> None:
    """Print both figures, what learning takes and what a request takes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=FOLDER)
    folder = parser.parse_args(argv).folder
    settings = read_settings()
    encoder = build_encoder(settings)
    encode = CachedEncoder(encoder, settings.data_folder / "evaluate")
    roles, names = read_roles(folder)
    distinct = {text_hash(text): text for text in (*role_texts(roles, encoder.languages), *names.values())}
    keys = sorted(distinct)
    index = build_index(keys, encode([distinct[key] for key in keys]))
    with threadpool_limits(1):
        start = perf_counter()
        gaps = RoleGaps(RoleSpace(roles, index, encoder.languages), index, names)
        lesson = learn_role_lesson(gaps)
        print(f"{len(roles)} roles, learnt in {perf_counter() - start:.0f} s: {lesson and lesson.comparison}")
        if lesson and lesson.ranker:
            _print_times(gaps, SkillRanker(gaps, lesson.ranker), encoder.encode)


def _print_times(gaps: RoleGaps, ranker: SkillRanker, encode: Callable[[Sequence[str]], np.ndarray]) -> None:
    titles = [role.title.en for role in islice(gaps.space.roles, REQUESTS)]
    asked = [(f"{title}, it suits me", encode(need_texts(f"{title}, it suits me"))) for title in titles]
    by_vote = milliseconds(lambda text, vectors: likely_skills(gaps.space, text, vectors, {}), asked)
    asked = [(f"{text} much", vectors) for text, vectors in asked]  # what was asked before is remembered
    learnt = milliseconds(lambda text, vectors: likely_skills(gaps.space, text, vectors, {}, ranker=ranker), asked)
    again = milliseconds(lambda text, vectors: likely_skills(gaps.space, text, vectors, {}, ranker=ranker), asked)
    print(f"ms per request: by vote {by_vote:.1f}, as learnt {learnt:.1f}, the same text again {again:.1f}")


if __name__ == "__main__":
    main()
