"""The experience of the company is read once an hour, and by one thread at a time."""

from datetime import timedelta

import pytest

from services.context import Context
from services.experience import Experiences, read_experience
from services.suggest import suggest_for_person
from store import unit_of_work
from tests.builders import NOW


def test_it_is_read_again_after_an_hour_and_not_before(running: Context) -> None:
    experiences = Experiences()
    with unit_of_work(running.engine) as store:
        first = experiences.at(store, NOW)
        assert experiences.at(store, NOW + timedelta(minutes=59)) is first
        second = experiences.at(store, NOW + timedelta(hours=1))
        assert second is not first
        assert experiences.at(store, NOW - timedelta(days=1)) is not second


def test_while_one_renews_it_the_others_go_on_with_the_one_before(
    running: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    experiences, seen = Experiences(), []
    later = NOW + timedelta(hours=2)

    def renewing(store: object) -> object:
        seen.append(experiences.at(store, later))  # type: ignore[arg-type]  # as another page would ask meanwhile
        return read_experience(store)  # type: ignore[arg-type]

    with unit_of_work(running.engine) as store:
        first = experiences.at(store, NOW)
        monkeypatch.setattr("services.experience.read_experience", renewing)
        assert experiences.at(store, later) is not first
    assert seen == [first]


def test_what_was_suggested_is_counted_as_it_is_kept(running: Context) -> None:
    suggest_for_person(running, "p1")
    suggest_for_person(running, "p1")  # the same answer is kept once
    with unit_of_work(running.engine) as store:
        assert read_experience(store).shown == {"delegate-work": 1, "write-clearly": 1}
