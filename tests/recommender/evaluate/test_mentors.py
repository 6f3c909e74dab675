"""Mentors by evidence: near texts vote, far ones do not, an accepted answer counts more."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from recommender.evaluate import mentor_space
from recommender.evaluate.measure import measure
from recommender.evaluate.mentor_space import MentorSpace, owners
from recommender.evaluate.mentors import rank_mentors_by_evidence
from recommender.evaluate.tasks import AskedNeed, Evidence, MentorsTask
from recommender.metrics import parse_metric
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
    monkeypatch.setattr(mentor_space, "FEWEST_VOTERS", 1)
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


def answers(seed: int, *, dated: bool) -> tuple[tuple[Evidence, ...], tuple[AskedNeed, ...], dict[str, dict[str, int]]]:
    """Threads of two subjects; of those who know one, the first answers most threads and the others a few each."""
    chance = np.random.default_rng(seed)
    known = {"tax": [f"t{number}" for number in range(6)], "steel": [f"s{number}" for number in range(6)]}
    evidence, needs, relevant = [], [], {}
    for number in range(360):
        subject = str(chance.choice(sorted(known)))
        text = f"{subject} {' '.join(f'word{chance.integers(40)}' for _ in range(4))} {number}"
        who = known[subject][0] if chance.random() < 0.7 else str(chance.choice(known[subject][1:]))
        if number < 320:
            at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=number) if dated else None
            evidence.append(Evidence(str(number), who, text, at=at))
        else:
            needs.append(AskedNeed(str(number), text))
            relevant[str(number)] = {who: 1}
    return tuple(evidence), tuple(needs), relevant


@pytest.mark.parametrize("dated", [True, False])
def test_who_answers_is_learnt_from_who_answered(dated: bool) -> None:
    evidence, needs, relevant = answers(0, dated=dated)
    task = MentorsTask(evidence, needs)
    mrr = [parse_metric("mrr")]
    ours = measure(task, rank_mentors_by_evidence(task, FakeEncoder().encode), relevant, mrr)["mrr"]
    no_votes = rank_mentors_by_evidence(task, FakeEncoder().encode, frozenset({"votes", "words"}))
    without = measure(task, no_votes, relevant, mrr)
    assert ours > 0.7
    assert ours > without["mrr"]


def test_where_a_need_is_among_the_evidence_votes_rank_alone() -> None:
    evidence, needs, _ = answers(0, dated=False)
    task = MentorsTask(evidence, (AskedNeed("own", evidence[0].text), *needs))
    scores_ = rank_mentors_by_evidence(task, FakeEncoder().encode)
    space = MentorSpace(task, FakeEncoder().encode)
    votes = space.first_scores(space.asked([need.text for need in task.needs]))
    np.testing.assert_array_equal(np.argsort(-scores_, kind="stable"), np.argsort(-votes, kind="stable"))


def test_a_text_asked_again_sees_neither_its_thread_nor_what_came_later() -> None:
    day = [datetime(2026, 1, number, tzinfo=UTC) for number in (1, 2, 3, 4)]
    evidence = (
        Evidence("1", "a", "slow database", at=day[0]),
        Evidence("2", "b", "slow queries", at=day[1]),
        Evidence("3", "c", "slow queries", at=day[2]),
        Evidence("4", "d", "angry relatives", at=day[3]),
    )
    space = MentorSpace(MentorsTask(evidence, NEED), FakeEncoder().encode)
    assert space.asked_again(np.array([2])).seen.tolist() == [[True, False, False, False]]
    assert space.mentors_of(2).tolist() == [1, 2]


def test_activity_is_the_share_of_the_most_active_by_logarithms() -> None:
    evidence = tuple(Evidence(str(n), who, f"word{n}") for n, who in enumerate("aaab"))
    space = MentorSpace(MentorsTask(evidence, NEED), FakeEncoder().encode)
    activity = space.features(space.asked(["word1"]))["activity.all"]
    assert activity[0].tolist() == [1.0, pytest.approx(np.log(2) / np.log(4))]
