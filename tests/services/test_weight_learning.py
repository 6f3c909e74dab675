"""Outcomes in the store become a lesson, which HR may take once, and only where it is better."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.errors import NotReady
from domain.suggestions import SuggestionSet, TopicSuggestion
from recommender import TopicWeights
from services.context import Context
from services.programme import Origin, Setting, history, origin_of, read_programme
from services.weight_learning import LESSON, Lesson, last_lesson, learn_from_outcomes, take_lesson
from store import unit_of_work
from tests.builders import NOW, a_session, a_suggestion_set

PEOPLE = 300


def shown(number: int) -> SuggestionSet:
    """Return an answer in which the second topic has the larger gap: by the defaults .16 * .2 less than .40 * .1."""
    topics = tuple(
        TopicSuggestion(topic, rank, 0.5, {"need": 0.6 - 0.1 * rank, "skill_gap": gap}, ())
        for rank, (topic, gap) in enumerate((("delegate-work", 0.0), ("write-clearly", 0.2), ("speak-up", 0.1)), 1)
    )
    at = NOW - timedelta(days=300) + timedelta(hours=20 * number)
    return a_suggestion_set(f"q{number:03d}", topics=topics, excluded=(), need="", asked_at=at)


def company_that_follows_gaps(context: Context) -> None:
    answers = [shown(number) for number in range(PEOPLE)]
    sessions = [
        a_session(
            f"s{n:03d}", topic_id="write-clearly", created_at=answer.asked_at + timedelta(minutes=5), starts_at=None
        )
        for n, answer in enumerate(answers)
    ]
    with unit_of_work(context.engine, write=True) as store:
        for answer in answers:
            store.suggestions.add(answer)
        store.suggestions.add(replace(shown(0), id="without-request", asked_at=NOW))
        store.sessions.save(sessions)


def test_what_people_asked_for_becomes_weights_that_hr_may_take(running: Context) -> None:
    company_that_follows_gaps(running)
    lesson = learn_from_outcomes(running)[Setting.TOPIC_WEIGHTS]
    assert (lesson.outcomes, lesson.missing, lesson.is_better) == (PEOPLE, 0, True)
    assert (lesson.right, lesson.right_now) == (100, 50)
    assert lesson.values["skill_gap"] > lesson.values["need"]
    with unit_of_work(running.engine) as store:
        assert read_programme(store).topic_weights == TopicWeights()
        assert last_lesson(store)[Setting.TOPIC_WEIGHTS] == lesson
    take_lesson(running, Setting.TOPIC_WEIGHTS, "h1")
    with unit_of_work(running.engine) as store:
        assert read_programme(store).topic_weights == TopicWeights.of(lesson.values)
        assert origin_of(history(store), Setting.TOPIC_WEIGHTS) is Origin.LEARNT
        assert last_lesson(store) == {}
    with pytest.raises(NotReady, match="No better weights were learnt"):
        take_lesson(running, Setting.TOPIC_WEIGHTS, "h1")


def test_what_is_no_better_is_not_taken(running: Context) -> None:
    assert learn_from_outcomes(running)[Setting.TOPIC_WEIGHTS].missing == 200
    with pytest.raises(NotReady):
        take_lesson(running, Setting.TOPIC_WEIGHTS, "h1")


@pytest.mark.parametrize("damage", [[], "x", {"luck": {}}, {"topic_weights": {"values": 1}}, {"topic_weights": None}])
def test_a_damaged_lesson_is_none(running: Context, damage: object) -> None:
    with unit_of_work(running.engine, write=True) as store:
        store.put_setting(LESSON, damage)
        assert last_lesson(store) == {}


def test_a_lesson_of_weights_that_are_none_is_not_read(running: Context) -> None:
    lesson = dict.fromkeys(Lesson.__slots__, 0) | {"values": {"need": -1}}
    with unit_of_work(running.engine, write=True) as store:
        store.put_setting(LESSON, {"topic_weights": lesson})
        assert last_lesson(store) == {}
