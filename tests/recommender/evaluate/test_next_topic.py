"""The next topic over made-up enrolments: the learnt ranker finds the step that follows, simpler ones do not."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from recommender.evaluate import next_topic
from recommender.evaluate.baselines import baseline_scores
from recommender.evaluate.measure import measure
from recommender.evaluate.next_topic import _lessons, rank_next_topics
from recommender.evaluate.tasks import Entry, NextTopicTask, Relevant, Visit
from recommender.evaluate.visit_space import VisitSpace
from recommender.learnt_ranker import learn_ranker
from recommender.metrics import parse_metric
from tests.fakes.encoder import FakeEncoder
from tests.recommender.evaluate.enrolments import START, last_hidden, split_by_time

ENCODE = FakeEncoder().encode
METRICS = [parse_metric("mrr"), parse_metric("hr@3")]


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("make", [last_hidden, split_by_time])
def test_the_step_that_follows_is_found_before_what_baselines_find(
    make: Callable[[int], tuple[NextTopicTask, Relevant]], seed: int
) -> None:
    task, relevant = make(seed)

    ours = measure(task, rank_next_topics(task, ENCODE), relevant, METRICS)

    baselines = {
        name: measure(task, scores(), relevant, METRICS) for name, scores in baseline_scores(task, ENCODE).items()
    }
    assert {"popularity", "item-knn", "minilm", "bm25", "tfidf", "random"} == set(baselines)
    assert ours["mrr"] > 1.03 * max(figures["mrr"] for figures in baselines.values())
    assert ours["hr@3"] > 0.6


def visits(person: str, *entries: str) -> list[Visit]:
    return [Visit(person, entry, START + timedelta(days=day)) for day, entry in enumerate(entries)]


def test_a_person_nobody_knows_gets_what_is_popular() -> None:
    entries = tuple(Entry(key, key, "") for key in "abc")
    seen = [*visits("p", "a", "b"), *visits("q", "c", "b"), *visits("r", "b")]
    scores = rank_next_topics(NextTopicTask(entries, tuple(seen), ("stranger",)), ENCODE)
    assert scores[0].argmax() == 1


def test_without_visits_every_entry_scores_the_same() -> None:
    entries = tuple(Entry(key, key, "") for key in "ab")
    scores = rank_next_topics(NextTopicTask(entries, (), ("p",)), ENCODE)
    assert len(set(scores[0])) == 1


def test_visits_of_entries_outside_the_corpus_are_left_out() -> None:
    entries = tuple(Entry(key, key, "") for key in "ab")
    seen = [*visits("p", "a", "gone"), *visits("q", "a", "b")]
    assert rank_next_topics(NextTopicTask(entries, tuple(seen), ("p",)), ENCODE).shape == (1, 2)


def test_features_by_hand() -> None:
    row_of = {"a": 0, "b": 1, "c": 2}
    seen = [*visits("p", "a", "b", "c"), *visits("q", "a", "c")]
    features = VisitSpace(seen, row_of, np.eye(3)).features([0])
    # takers: a by p and q, b by p, c by p and q; cosines with a: 1, 1 / sqrt(2 * 1), 2 / sqrt(2 * 2)
    assert features["together_last"] == pytest.approx([1.0, 2**-0.5, 1.0])
    # after a: b once at one step; c once at two steps and once at one; a was taken twice, five more are supposed
    assert features["follows_last"] == pytest.approx([0.0, 1 / 7, 1.5 / 7])
    assert features["popular"] == pytest.approx(np.log([3, 2, 3]))


def test_earlier_entries_count_a_fifth_less_each_step() -> None:
    space = VisitSpace(visits("p", "a", "b"), {"a": 0, "b": 1, "c": 2}, np.eye(3))
    assert space.features([0, 1, 2])["alike"] == pytest.approx([0.64, 0.8, 1.0])


def test_what_is_to_be_found_is_not_learnt_from() -> None:
    """If the hidden visit stayed in the space, its own trace would teach that traces always tell the truth."""
    seen = [visit for number in range(90) for visit in visits(f"p{number}", f"e{number}", f"x{number}")]
    row_of = {key: row for row, key in enumerate(sorted({visit.entry_id for visit in seen}))}
    lessons = _lessons(seen, row_of, np.zeros((len(row_of), 1)))
    ranker = learn_ranker([lesson.example for lesson in lessons])
    assert ranker is not None
    features = np.zeros((2, 8))
    features[0, 3] = features[0, 6] = 1.0  # follows, together
    told, untold = ranker.scores(features)
    assert told == pytest.approx(untold, abs=0.05)


def test_where_nothing_can_be_learnt_item_knn_ranks() -> None:
    entries = tuple(Entry(key, key, "") for key in "abc")
    at = datetime(2026, 1, 1, tzinfo=UTC)
    visits = [Visit(person, key, at + timedelta(days=day)) for person in "pq" for day, key in enumerate("ab")]
    task = NextTopicTask(entries, (*visits, Visit("r", "a", at)), ("r",))
    assert rank_next_topics(task, FakeEncoder().encode)[0].argsort()[::-1].tolist()[1:] == [1, 2]


def test_a_ranker_that_finds_less_than_item_knn_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(next_topic, "_found_at", lambda scores, wanted: float(scores.max() > 1.0))
    task, _ = last_hidden(0)
    knn = baseline_scores(task, FakeEncoder().encode)["item-knn"]()
    ours = rank_next_topics(task, FakeEncoder().encode)
    best = knn.argmax(axis=1)
    assert np.mean(ours.argmax(axis=1) == best) > 0.9
