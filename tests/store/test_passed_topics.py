"""Topics passed on: one day per topic, the person's own."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine

from domain.errors import InvalidInput
from store import unit_of_work
from tests.builders import NOW

LATER = NOW + timedelta(days=1)


def test_they_come_latest_first_and_are_the_persons_own(company: Engine) -> None:
    with unit_of_work(company, write=True) as store:
        store.passed_topics.add("p1", "delegate-work", NOW)
        store.passed_topics.add("p1", "say-no-kindly", LATER)
        store.passed_topics.add("p2", "delegate-work", NOW)
    with unit_of_work(company) as store:
        assert list(store.passed_topics.of("p1").items()) == [("say-no-kindly", LATER), ("delegate-work", NOW)]
        assert store.passed_topics.of("m1") == {}


def test_said_again_it_counts_from_now_and_taken_back_it_is_gone(company: Engine) -> None:
    with unit_of_work(company, write=True) as store:
        for at in (NOW, LATER):
            store.passed_topics.add("p1", "delegate-work", at)
        assert store.passed_topics.of("p1") == {"delegate-work": LATER}
        assert [store.passed_topics.remove("p1", "delegate-work") for _ in range(2)] == [True, False]
        assert store.passed_topics.of("p1") == {}


@pytest.mark.parametrize(("person", "topic"), [("p404", "delegate-work"), ("p1", "juggling")])
def test_what_is_unknown_is_refused(person: str, topic: str, company: Engine) -> None:
    with (
        pytest.raises(InvalidInput, match="must name something that is stored"),
        unit_of_work(company, write=True) as s,
    ):
        s.passed_topics.add(person, topic, NOW)


def test_old_ones_are_forgotten(company: Engine) -> None:
    with unit_of_work(company, write=True) as store:
        store.passed_topics.add("p1", "delegate-work", NOW)
        store.passed_topics.add("p1", "say-no-kindly", LATER)
        assert store.passed_topics.purge_before(LATER) == 1
        assert store.passed_topics.of("p1") == {"say-no-kindly": LATER}
