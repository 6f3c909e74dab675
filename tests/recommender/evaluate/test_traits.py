"""Traits of tasks: how needs are parted, and vectors of candidates."""

from datetime import timedelta

import numpy as np
import pytest

from recommender.evaluate.tasks import (
    AskedNeed,
    Entry,
    Evidence,
    GapNeed,
    KnownRole,
    MentorsTask,
    NextTopicTask,
    RankingTask,
    Relevant,
    SkillGapTask,
    TopicsTask,
    TranslationTask,
    Visit,
)
from recommender.evaluate.traits import candidate_vectors, groupings
from tests.fakes.encoder import FakeEncoder
from tests.recommender.evaluate.enrolments import START

ENCODE = FakeEncoder().encode
ENTRIES = tuple(Entry(key, key, "") for key in "abc")
NEEDS = (AskedNeed("n1", "one two three"), AskedNeed("n2", "one"))
EVIDENCE = (Evidence("1", "m1", "code"), Evidence("2", "m1", "sums"), Evidence("3", "m2", "code"))
ROLES = (KnownRole("r1", "x", "", ("a", "b"), ()), KnownRole("r2", "y", "", ("a",), ()))
GAPS = (GapNeed("n1", "role. long text", frozenset()), GapNeed("n2", "role", frozenset()))
VISITS = (Visit("n1", "a", START), Visit("n1", "b", START + timedelta(days=1)), Visit("n2", "a", START))
RELEVANT: Relevant = {"n1": {"a": 1}, "n2": {"b": 1}}
BY_LENGTH, BY_FREQUENCY = ("long needs", "short needs"), ("frequent candidates", "rare candidates")


@pytest.mark.parametrize(
    ("task", "relevant", "labels"),
    [
        (TopicsTask(ENTRIES, NEEDS), {"n1": {"a": 1}, "n2": {"b": 1, "a": 1}}, [BY_LENGTH, BY_FREQUENCY]),
        (MentorsTask(EVIDENCE, NEEDS), {"n1": {"m1": 1}, "n2": {"m2": 1}}, [BY_LENGTH, BY_FREQUENCY]),
        (SkillGapTask(ENTRIES, ROLES, GAPS), RELEVANT, [BY_LENGTH, BY_FREQUENCY]),
        (NextTopicTask(ENTRIES, VISITS, ("n1", "n2")), RELEVANT, [("long history", "short history"), BY_FREQUENCY]),
    ],
    ids=lambda given: type(given).__name__ if isinstance(given, RankingTask) else "",
)
def test_needs_are_parted_by_what_is_known(
    task: RankingTask, relevant: Relevant, labels: list[tuple[str, ...]]
) -> None:
    assert [grouping.labels for grouping in groupings(task, relevant, ["n1", "n2"])] == labels


def test_translations_are_parted_by_length_only() -> None:
    task = TranslationTask(("a", "b"), ("один два", "три"))
    assert [one.labels for one in groupings(task, task.relevant, task.need_ids)] == [BY_LENGTH]


def test_a_mentor_is_where_the_texts_are() -> None:
    task = MentorsTask((*EVIDENCE, Evidence("4", "m2", "code")), NEEDS)
    first, second = candidate_vectors(task, ENCODE)  # type: ignore[misc]
    code, sums = ENCODE(["code", "sums"])
    assert second == pytest.approx(code, abs=1e-6)
    assert first == pytest.approx((code + sums) / np.linalg.norm(code + sums), abs=1e-6)


def test_entries_have_the_vectors_of_their_whole_text_and_translations_none() -> None:
    assert candidate_vectors(TopicsTask(ENTRIES, NEEDS), ENCODE) == pytest.approx(ENCODE(list("abc")))
    assert candidate_vectors(TranslationTask(("a",), ("б",)), ENCODE) is None
