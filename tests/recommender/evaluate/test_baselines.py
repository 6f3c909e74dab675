"""Baselines: each task has those that make sense for it, and they are what their names say."""

from datetime import timedelta

import numpy as np
import pytest

from recommender.evaluate.baselines import baseline_likeness, baseline_scores
from recommender.evaluate.pairs import SIMILARITY_FIGURES, similarity_resampled
from recommender.evaluate.tasks import (
    AskedNeed,
    Entry,
    Evidence,
    GapNeed,
    KnownRole,
    MentorsTask,
    NextTopicTask,
    RankingTask,
    SimilarityTask,
    SkillGapTask,
    TopicsTask,
    TranslationTask,
    Visit,
)
from tests.fakes.encoder import FakeEncoder
from tests.recommender.evaluate.enrolments import START

ENCODE = FakeEncoder().encode
ENTRIES = (Entry("a", "angry relatives", ""), Entry("b", "budget variance", "money"), Entry("c", "code review", ""))
ROLES = (KnownRole("r1", "nurse", "angry wards", ("a", "c"), ()), KnownRole("r2", "clerk", "sums", ("c",), ("b",)))
EVIDENCE = (Evidence("1", "m1", "code review"), Evidence("2", "m1", "sums"), Evidence("3", "m2", "code code"))
VISITS = (Visit("p", "a", START), Visit("q", "a", START), Visit("q", "c", START + timedelta(days=1)))

TASKS: list[tuple[RankingTask, set[str]]] = [
    (TopicsTask(ENTRIES, (AskedNeed("n", "code review"),)), {"bm25", "tfidf", "minilm"}),
    (MentorsTask(EVIDENCE, (AskedNeed("n", "code review"),)), {"popularity", "bm25", "tfidf", "minilm"}),
    (
        SkillGapTask(ENTRIES, ROLES, (GapNeed("n", "nurse. angry wards", frozenset({"a"})),)),
        {"popularity", "bm25", "tfidf", "minilm", "item-knn", "role-knn"},
    ),
    (NextTopicTask(ENTRIES, VISITS, ("p",)), {"popularity", "bm25", "tfidf", "minilm", "item-knn"}),
    (TranslationTask(("a cat", "a dog"), ("кот", "пёс")), {"minilm"}),
]
each_task = pytest.mark.parametrize(("task", "names"), TASKS, ids=[type(task).__name__ for task, _ in TASKS])


@each_task
def test_each_task_has_the_baselines_that_make_sense(task: RankingTask, names: set[str]) -> None:
    assert set(baseline_scores(task, ENCODE)) == names | {"random"}


@each_task
def test_every_baseline_scores_each_need_and_candidate(task: RankingTask, names: set[str]) -> None:
    for scores in baseline_scores(task, ENCODE).values():
        got = scores()
        assert got.shape == (len(task.need_ids), len(task.candidate_ids))
        assert np.isfinite(got).all()


def scores_of(place: int, name: str) -> list[float]:
    return baseline_scores(TASKS[place][0], ENCODE)[name]()[0].tolist()


def test_popularity_counts_texts_essential_entries_and_visits() -> None:
    assert scores_of(1, "popularity") == [2, 1]
    assert scores_of(2, "popularity") == [1, 0, 2]
    assert scores_of(3, "popularity") == [2, 0, 1]


def test_words_find_the_entry_that_holds_them() -> None:
    for name in ("bm25", "tfidf", "minilm"):
        assert np.argmax(scores_of(0, name)) == 2


def test_item_knn_goes_by_who_took_the_last_entry() -> None:
    assert scores_of(3, "item-knn") == pytest.approx([1.0, 0.0, 2**-0.5])


def test_item_knn_over_roles_goes_by_what_the_person_holds() -> None:
    # r1 names a and c, r2 names c; the person holds a: itself 1, c shares r1 of its two: 1 / sqrt(1 * 2)
    assert scores_of(2, "item-knn") == pytest.approx([1.0, 0.0, 2**-0.5])


def test_a_mentor_s_texts_add_up() -> None:
    single = baseline_scores(MentorsTask(EVIDENCE[:1] + EVIDENCE[2:], TASKS[1][0].needs), ENCODE)["minilm"]()[0]
    assert scores_of(1, "minilm")[1] == pytest.approx(single[1])
    assert scores_of(1, "minilm")[0] >= single[0]


def test_similarity_has_words_and_plain_minilm() -> None:
    english = (("a cat", "a cat"), ("a cat", "the dog"), ("a cat", "a hat"))
    russian = (("кот", "кот"), ("кот", "пёс"), ("кот", "кот и пёс"))
    task = SimilarityTask(english, russian, (5.0, 0.0, 2.0))
    got = baseline_likeness(task, ENCODE)
    assert set(got) == {"tfidf", "minilm"}
    words = dict(zip(SIMILARITY_FIGURES, similarity_resampled(task, [got["tfidf"]]).figures, strict=True))
    assert words["spearman_en"] == pytest.approx(1.0)
    assert words["spearman_en_ru"] == 0.0
