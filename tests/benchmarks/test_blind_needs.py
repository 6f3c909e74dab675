"""Needs written without sight of the catalog: the file is whole, the measure is arithmetic, the floors hold."""

import shutil
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from benchmarks.blind_needs import Figures, figures_of, measure, rank_of, read_blind_needs
from compose import build_context
from domain.language import Language
from recommender import build_topic_space
from services.catalog_files import read_starter_areas
from services.index import refresh_index
from settings import Settings
from tests.builders import a_topic
from tests.recommender.spaces import a_need

FLOORS = {Language.EN: (0.65, 0.92), Language.RU: (0.55, 0.85)}
NEEDS = read_blind_needs()


def test_both_languages_and_all_kinds_are_there() -> None:
    assert Counter(need.language for need in NEEDS) == {Language.EN: 260, Language.RU: 260}
    assert {need.kind for need in NEEDS} == {"direct", "indirect", "jargon", "followup"}
    assert len({need.id for need in NEEDS}) == len({need.text for need in NEEDS}) == len(NEEDS)


def test_every_judged_topic_is_in_the_catalog() -> None:
    known = {topic.id for file in read_starter_areas() for topic in file.topics}
    assert {topic for need in NEEDS for topic in need.topics} - known == set()


def test_a_rank_counts_what_is_better_and_ties_by_id() -> None:
    space = build_topic_space([a_topic(key) for key in "abc"])
    tied = a_need("nothing that any of them knows")
    ranks = [rank_of(replace(NEEDS[0], topics=(key,)), tied, space) for key in ("a", "b", "c")]
    assert ranks == [1, 2, 3]
    assert rank_of(replace(NEEDS[0], topics=("c", "b")), tied, space) == 2


def test_figures_are_shares() -> None:
    assert figures_of([1, 1, 3, 5, 6]) == Figures(5, 2 / 5, 4 / 5)


@pytest.mark.slow
def test_the_right_topic_is_found(indexed_folder: Path, tmp_path: Path) -> None:
    own = shutil.copytree(indexed_folder, tmp_path / "data", symlinks=True)
    context = build_context(Settings(data_folder=own))
    refresh_index(context)
    ranks = measure(context)
    for language, (first, among) in FLOORS.items():
        figures = figures_of([ranks[need.id] for need in NEEDS if need.language is language])
        assert (figures.first >= first, figures.among >= among) == (True, True), (language, figures)
    assert np.median(list(ranks.values())) == 1
