"""Goals, and whose they are."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine

from domain.errors import InvalidInput, NotFound
from store import unit_of_work
from tests.builders import NOW, a_goal

LATER = NOW + timedelta(days=1)


def test_goals_come_oldest_first_and_ties_by_id(company: Engine) -> None:
    goals = [a_goal("g3", created_at=LATER), a_goal("g2"), a_goal("g1"), a_goal("g0", person_id="p2")]
    with unit_of_work(company, write=True) as store:
        assert store.goals.save(goals) == 4
        assert store.goals.save(goals) == 0
    with unit_of_work(company) as store:
        assert store.goals.of("p1") == [a_goal("g1"), a_goal("g2"), a_goal("g3", created_at=LATER)]
        assert [goal.id for goal in store.goals.all_open()] == ["g1", "g2", "g3", "g0"]


def test_a_closed_goal_is_left_out_unless_asked_for(company: Engine) -> None:
    with unit_of_work(company, write=True) as store:
        store.goals.save([a_goal("g1"), a_goal("g2")])
        store.goals.close("p1", "g1", LATER)
    with unit_of_work(company) as store:
        assert store.goals.of("p1") == [a_goal("g2")]
        assert store.goals.all_open() == [a_goal("g2")]
        assert store.goals.of("p1", open_only=False) == [a_goal("g1", closed_at=LATER), a_goal("g2")]


def test_closing_again_keeps_the_first_time(company: Engine) -> None:
    with unit_of_work(company, write=True) as store:
        store.goals.save([a_goal("g1")])
        store.goals.close("p1", "g1", NOW)
        store.goals.close("p1", "g1", LATER)
        assert store.goals.of("p1", open_only=False) == [a_goal("g1", closed_at=NOW)]


def test_somebody_elses_goal_reads_like_a_missing_one(company: Engine) -> None:
    with unit_of_work(company, write=True) as store:
        store.goals.save([a_goal("g1", person_id="p1")])
        with pytest.raises(NotFound) as foreign:
            store.goals.close("p2", "g1", NOW)
        assert str(foreign.value) == "goal must exist, got g1."
        assert store.goals.of("p1") == [a_goal("g1")]


def test_adding_never_overwrites(company: Engine) -> None:
    with unit_of_work(company, write=True) as store:
        store.goals.add(a_goal("g1", text="mine"))
        with pytest.raises(InvalidInput, match="goal id must be new, got g1"):
            store.goals.add(a_goal("g1", person_id="p2", text="stolen"))
        assert [goal.text for goal in store.goals.all_open()] == ["mine"]


def test_a_goal_needs_its_person(company: Engine) -> None:
    with unit_of_work(company, write=True) as store, pytest.raises(InvalidInput, match=r"person_id .* got p404"):
        store.goals.add(a_goal("g1", person_id="p404"))


def test_a_text_comes_back_letter_for_letter(company: Engine) -> None:
    text = " «Не успеваю»\r\n\tand I can't say no 🙂 %s {x} ' \" \\ "
    with unit_of_work(company, write=True) as store:
        store.goals.add(a_goal("g1", text=text))
    with unit_of_work(company) as store:
        assert store.goals.of("p1")[0].text == text


def test_only_goals_that_are_not_kept_yet_are_added(company: Engine) -> None:
    with unit_of_work(company, write=True) as store:
        store.goals.add(a_goal("g1"))
        store.goals.close("p1", "g1", NOW)
        assert store.goals.add_new([a_goal("g1", created_at=LATER), a_goal("g2"), a_goal("g2")]) == 1
        kept = store.goals.of("p1", open_only=False)
    assert [(goal.id, goal.created_at) for goal in kept] == [("g1", NOW), ("g2", NOW)]


def test_an_own_goal_is_found_open_or_closed_and_a_foreign_one_is_not(company: Engine) -> None:
    with unit_of_work(company, write=True) as store:
        store.goals.save([a_goal("g1", closed_at=NOW)])
        assert store.goals.get("p1", "g1") == a_goal("g1", closed_at=NOW)
        with pytest.raises(NotFound, match="goal"):
            store.goals.get("p2", "g1")
