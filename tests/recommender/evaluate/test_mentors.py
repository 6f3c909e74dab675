"""Mentors by evidence: near texts vote, far ones do not, an accepted answer counts more."""

import numpy as np
import pytest

from recommender.evaluate import mentors
from recommender.evaluate.mentors import owners, rank_mentors_by_evidence
from recommender.evaluate.tasks import AskedNeed, Evidence, MentorsTask
from tests.fakes.encoder import FakeEncoder

NEED = (AskedNeed("n", "slow database queries"),)


def scores(*evidence: Evidence) -> dict[str, float]:
    task = MentorsTask(evidence, NEED)
    return dict(zip(task.candidate_ids, rank_mentors_by_evidence(task, FakeEncoder().encode)[0], strict=True))


def test_two_texts_that_fit_beat_one() -> None:
    got = scores(
        Evidence("1", "often", "slow database"),
        Evidence("2", "often", "database queries"),
        Evidence("3", "once", "slow database"),
        Evidence("4", "never", "angry relatives"),
    )
    assert sorted(got, key=got.__getitem__) == ["never", "once", "often"]


def test_many_texts_that_do_not_fit_do_not_beat_one_that_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mentors, "FEWEST_VOTERS", 1)
    many = [Evidence(str(number), "busy", f"budget note {number}") for number in range(30)]
    got = scores(Evidence("x", "expert", "slow database queries explained"), *many)
    assert got["expert"] > got["busy"]


def test_an_accepted_answer_counts_half_more() -> None:
    task = MentorsTask((Evidence("1", "b", "x", accepted=True), Evidence("2", "a", "x"), Evidence("3", "a", "y")), NEED)
    assert owners(task).toarray().tolist() == [[0.0, 1.5], [1.0, 0.0], [1.0, 0.0]]


def test_mentors_stand_in_the_order_of_the_task() -> None:
    task = MentorsTask((Evidence("1", "zoe", "slow queries"), Evidence("2", "abe", "tax")), NEED)
    got = rank_mentors_by_evidence(task, FakeEncoder().encode)
    assert task.candidate_ids == ["abe", "zoe"]
    assert np.argmax(got[0]) == 1
