"""Suggestions as they were shown."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from domain.errors import InvalidInput, NotFound
from store import unit_of_work
from tests.builders import NOW, a_suggestion_set


def test_a_set_comes_back_as_shown(company: Engine) -> None:
    with unit_of_work(company, write=True) as store:
        store.suggestions.add(a_suggestion_set("q1"))
        store.suggestions.add(a_suggestion_set("q2", person_id=None, topics=(), excluded=()))
    with unit_of_work(company) as store:
        assert store.suggestions.get("q1") == a_suggestion_set("q1")
        assert store.suggestions.get("q2") == a_suggestion_set("q2", person_id=None, topics=(), excluded=())


def test_the_latest_is_the_persons_own(company: Engine) -> None:
    latest = a_suggestion_set("a", asked_at=NOW + timedelta(seconds=1))
    with unit_of_work(company, write=True) as store:
        assert store.suggestions.latest_for("p1") is None
        for shown in (a_suggestion_set("b"), latest, a_suggestion_set("c", person_id="p2")):
            store.suggestions.add(shown)
        assert store.suggestions.latest_for("p1") == latest


def test_topics_are_counted_as_sets_are_kept(company: Engine) -> None:
    other = replace(a_suggestion_set().topics[0], topic_id="say-no-kindly")
    with unit_of_work(company, write=True) as store:
        assert store.suggestions.times_shown() == {}
        store.suggestions.add(a_suggestion_set("q1"))
        store.suggestions.add(a_suggestion_set("q2", topics=(*a_suggestion_set().topics, other), person_id=None))
        assert store.suggestions.times_shown() == {"delegate-work": 2, "say-no-kindly": 1}


def test_sets_since_a_moment_come_oldest_first_and_only_those_of_people(company: Engine) -> None:
    with unit_of_work(company, write=True) as store:
        for number, day in enumerate((3, 1, 2, 0)):
            store.suggestions.add(a_suggestion_set(f"q{number}", asked_at=NOW + timedelta(days=day)))
        store.suggestions.add(a_suggestion_set("nobodys", person_id=None, asked_at=NOW + timedelta(days=2)))
        assert [shown.id for shown in store.suggestions.asked_since(NOW + timedelta(days=1))] == ["q1", "q2", "q0"]


def test_a_set_is_never_replaced(company: Engine) -> None:
    with unit_of_work(company, write=True) as store:
        store.suggestions.add(a_suggestion_set("q1"))
        with pytest.raises(InvalidInput, match="suggestion set id must be new, got q1"):
            store.suggestions.add(a_suggestion_set("q1", need="another"))


def test_what_is_unknown_is_named(company: Engine) -> None:
    with unit_of_work(company, write=True) as store:
        with pytest.raises(NotFound, match="suggestion set must exist, got q404"):
            store.suggestions.get("q404")
        with pytest.raises(InvalidInput, match=r"person_id .* got p404"):
            store.suggestions.add(a_suggestion_set(person_id="p404"))
        with pytest.raises(InvalidInput, match=r"catalog_version .* got 7"):
            store.suggestions.add(a_suggestion_set(catalog_version=7))
