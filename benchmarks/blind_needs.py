"""How often a need written without sight of the starter catalog finds its topic: first, and among the first five.

Run: python -m benchmarks.blind_needs [--misses]
"""

import argparse
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from compose import build_context
from domain.language import Language
from embeddings import detect_language
from embeddings.glossary import starter_glossary
from recommender import NeedVectors, TopicSpace
from services.context import Context
from services.index import refresh_index
from services.needs import embedded_need
from settings import read_settings
from store import unit_of_work

NEEDS = Path(__file__).with_name("blind_needs.tsv")
K = 5


@dataclass(frozen=True, slots=True)
class BlindNeed:
    """A need as somebody typed it, and the topics that are right for it by meaning, best first."""

    id: str
    language: Language
    area: str
    kind: str
    text: str
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares of needs whose right topic is the first one, and among the first five."""

    needs: int
    first: float
    among: float


def read_blind_needs() -> list[BlindNeed]:
    """Return the needs in the order of the file."""
    lines = [line for line in NEEDS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    cells = [line.split("\t") for line in lines[1:]]
    return [BlindNeed(row[0], Language(row[1]), *row[2:5], tuple(row[5].split(";"))) for row in cells]


def rank_of(need: BlindNeed, vectors: NeedVectors, space: TopicSpace) -> int:
    """Return the place of the first right topic by similarity, ties by id."""
    scores = space.phrases.similarity(vectors)
    best = max(scores[space.row_of[topic]] for topic in need.topics)
    tied = min(space.row_of[topic] for topic in need.topics if scores[space.row_of[topic]] == best)
    return int((scores > best).sum() + (scores[:tied] == best).sum()) + 1


def figures_of(ranks: Sequence[int]) -> Figures:
    found = np.array(ranks)
    return Figures(len(found), float((found == 1).mean()), float((found <= K).mean()))


def measure(context: Context) -> dict[str, int]:
    """Return the rank of the right topic by need id."""
    needs = read_blind_needs()
    vectors = [embedded_need(context, need.text) for need in needs]
    with unit_of_work(context.engine) as store:
        space = context.spaces.topics(store)
    return {need.id: rank_of(need, each, space) for need, each in zip(needs, vectors, strict=True)}


def gloss_milliseconds(texts: Sequence[str]) -> float:
    """Return the mean time to gloss one of the Russian texts with a loaded glossary."""
    russian = [text for text in texts if detect_language(text) is Language.RU]
    glossary = starter_glossary()
    started = time.perf_counter()
    for text in russian:
        glossary.gloss(text)
    return (time.perf_counter() - started) / len(russian) * 1_000


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", action="store_true", help="print the needs whose topic is not among the first five")
    wants_misses = parser.parse_args(arguments).misses
    with tempfile.TemporaryDirectory() as folder:
        settings = read_settings().model_copy(update={"data_folder": Path(folder), "database_url": ""})
        context = build_context(settings)
        refresh_index(context)
        ranks = measure(context)
    needs = read_blind_needs()
    for language in Language:
        ours = [need for need in needs if need.language is language]
        _print(str(language), ours, ranks)
        for kind in dict.fromkeys(need.kind for need in ours):
            _print(f"  {kind}", [need for need in ours if need.kind == kind], ranks)
    print(f"a gloss takes {gloss_milliseconds([need.text for need in needs]):.2f} ms")
    if wants_misses:
        for need in (need for need in needs if ranks[need.id] > K):
            print(f"{need.id} {ranks[need.id]:4} {need.text} | {', '.join(need.topics)}")


def _print(name: str, needs: Sequence[BlindNeed], ranks: dict[str, int]) -> None:
    figures = figures_of([ranks[need.id] for need in needs])
    print(f"{name:12} {figures.needs:4} needs, first {figures.first:.3f}, among {K} {figures.among:.3f}")


if __name__ == "__main__":
    main()
