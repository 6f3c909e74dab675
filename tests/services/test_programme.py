"""What HR sets counts at once, is checked, noted, and gives way to the defaults where it cannot be read."""

import logging
from dataclasses import asdict
from datetime import timedelta
from math import inf, nan

import pytest

from domain.errors import InvalidInput, NotFound
from recommender import MentorWeights, TopicWeights
from services.context import Context
from services.programme import (
    HISTORY,
    MAX_HISTORY,
    Origin,
    Setting,
    history,
    origin_of,
    read_programme,
    remove_priority,
    reset_weights,
    restore_weights,
    save_weights,
    set_priority,
)
from services.suggest import suggest_for_person
from store import Engine, unit_of_work
from tests.builders import NOW


def test_nothing_set_is_the_defaults(stocked: Engine) -> None:
    with unit_of_work(stocked) as store:
        programme = read_programme(store)
        assert (programme.topic_weights, programme.mentor_weights) == (TopicWeights(), MentorWeights())
        assert (programme.priorities, programme.damaged, history(store)) == ({}, {}, [])


def test_weights_are_kept_noted_and_taken_back(stocked: Engine) -> None:
    with unit_of_work(stocked, write=True) as store:
        save_weights(store, TopicWeights(need=1), "h1", NOW)
        save_weights(store, MentorWeights(rating=1), "h1", NOW + timedelta(hours=1), Origin.LEARNT)
    with unit_of_work(stocked, write=True) as store:
        programme, changes = read_programme(store), history(store)
        assert (programme.topic_weights, programme.mentor_weights) == (TopicWeights(need=1), MentorWeights(rating=1))
        assert [(c.person_id, c.setting, c.origin) for c in changes] == [
            ("h1", Setting.MENTOR_WEIGHTS, Origin.LEARNT),
            ("h1", Setting.TOPIC_WEIGHTS, Origin.HR),
        ]
        assert changes[1].at == NOW.isoformat()
        assert changes[1].values == asdict(TopicWeights(need=1))
        reset_weights(store, Setting.TOPIC_WEIGHTS, "h1", NOW)
        assert read_programme(store).topic_weights == TopicWeights()
        assert origin_of(history(store), Setting.TOPIC_WEIGHTS) is Origin.DEFAULT
        assert origin_of(history(store), Setting.MENTOR_WEIGHTS) is Origin.LEARNT


@pytest.mark.parametrize("damage", [[], "x", 7, {"need": "x"}, {"need": -1}, {"luck": 1}, {"need": None}])
def test_a_damaged_value_gives_way_to_the_defaults_and_is_logged(
    stocked: Engine, damage: object, caplog: pytest.LogCaptureFixture
) -> None:
    with unit_of_work(stocked, write=True) as store:
        store.put_setting("topic_weights", damage)
        programme = read_programme(store)
    assert programme.topic_weights == TopicWeights()
    assert list(programme.damaged) == [Setting.TOPIC_WEIGHTS]
    assert [record.levelno for record in caplog.records] == [logging.WARNING]
    assert "The setting topic_weights cannot be read, the defaults stand for it: weight" in caplog.text


def test_damaged_priorities_and_history_are_no_fault_of_a_page(stocked: Engine) -> None:
    with unit_of_work(stocked, write=True) as store:
        store.put_setting("topic_priorities", {"delegate-work": 3})
        store.put_setting(HISTORY, ["x", {"at": "y"}, 7])
        assert read_programme(store).priorities == {}
        assert history(store) == []
        set_priority(store, "delegate-work", 1.0, "h1", NOW)
        assert [change.values for change in history(store)] == [{"delegate-work": 1.0}]


def test_a_priority_counts_at_once_and_can_be_taken_back(running: Context) -> None:
    def second() -> str:
        return suggest_for_person(running, "h1").answer.topics[0].topic_id

    assert second() == "delegate-work"
    with unit_of_work(running.engine, write=True) as store:
        set_priority(store, "write-clearly", 1.0, "h1", NOW)
    assert second() == "write-clearly"
    with unit_of_work(running.engine, write=True) as store:
        assert [remove_priority(store, "write-clearly", "h1", NOW) for _ in range(2)] == [True, False]
    assert second() == "delegate-work"


def test_weights_of_the_programme_rank(running: Context) -> None:
    with unit_of_work(running.engine, write=True) as store:
        set_priority(store, "write-clearly", 1.0, "h1", NOW)
        save_weights(store, TopicWeights.of(dict.fromkeys(asdict(TopicWeights()), 0) | {"priority": 1}), "h1", NOW)
        save_weights(store, MentorWeights.of(dict.fromkeys(asdict(MentorWeights()), 0) | {"language": 1}), "h1", NOW)
    first = suggest_for_person(running, "p1").answer.topics[0]
    assert (first.topic_id, first.score) == ("write-clearly", 1.0)
    assert [mentor.score for mentor in first.mentors] == [1.0]


@pytest.mark.parametrize("wrong", [nan, inf, -0.1, 1.1, True, "high"])
def test_a_priority_that_is_no_number_of_0_to_1_is_refused_with_what_to_do(stocked: Engine, wrong: object) -> None:
    with unit_of_work(stocked, write=True) as store:
        with pytest.raises(
            InvalidInput, match=r"priority of delegate-work must be a number .* Choose none, some or high"
        ):
            set_priority(store, "delegate-work", wrong, "h1", NOW)  # type: ignore[arg-type]
        with pytest.raises(InvalidInput, match="topic must be one of the catalog, got nothing"):
            set_priority(store, "nothing", 1.0, "h1", NOW)


def test_the_history_keeps_the_latest(stocked: Engine) -> None:
    with unit_of_work(stocked, write=True) as store:
        for n in range(MAX_HISTORY + 5):
            save_weights(store, TopicWeights(need=n), "h1", NOW)
        assert [change.values["need"] for change in history(store)] == [float(n) for n in range(54, 4, -1)]


def test_weights_set_before_count_again_by_the_origin_they_had(stocked: Engine) -> None:
    at = [NOW + timedelta(hours=n) for n in range(3)]
    with unit_of_work(stocked, write=True) as store:
        save_weights(store, MentorWeights(load=0.5), "h1", at[0], Origin.LEARNT)
        reset_weights(store, Setting.MENTOR_WEIGHTS, "h1", at[1])
        save_weights(store, MentorWeights(load=0.7), "h1", at[2])
        restore_weights(store, Setting.MENTOR_WEIGHTS, at[0].isoformat(), "h2", NOW)
        assert read_programme(store).mentor_weights == MentorWeights(load=0.5)
        assert origin_of(history(store), Setting.MENTOR_WEIGHTS) is Origin.LEARNT
        restore_weights(store, Setting.MENTOR_WEIGHTS, at[1].isoformat(), "h2", NOW)
        assert store.get_setting(Setting.MENTOR_WEIGHTS) is None
        assert [change.person_id for change in history(store)] == ["h2", "h2", "h1", "h1", "h1"]


def test_what_the_history_does_not_hold_or_cannot_read_does_not_come_back(stocked: Engine) -> None:
    damaged = {"at": "then", "person_id": "h1", "setting": "topic_weights", "origin": "hr", "values": {"need": -1}}
    with unit_of_work(stocked, write=True) as store:
        store.put_setting(HISTORY, [damaged, damaged | {"setting": "topic_priorities", "at": "before"}])
        for setting, at in (("topic_weights", "then"), ("topic_weights", "never"), ("topic_priorities", "before")):
            with pytest.raises(NotFound, match="change must exist"):
                restore_weights(store, Setting(setting), at, "h1", NOW)
        assert read_programme(store).topic_weights == TopicWeights()
