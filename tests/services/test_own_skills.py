"""Skills of one's own: levels with their history, found by name in both languages, gaps towards a role."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.errors import InvalidInput, NotFound
from domain.language import Language, LocalText
from domain.people import Person, Skill
from services.context import Context
from services.own_skills import choose_role, find_skills, own_skills, remove_skill, set_level
from store import unit_of_work
from tests.builders import NOW, a_role

EN = Language.EN
DAY = timedelta(days=1)


def person(context: Context, person_id: str = "p1") -> Person:
    with unit_of_work(context.engine) as store:
        return store.people.get(person_id)


def history(context: Context, person_id: str = "p1") -> list[tuple[str, int, object]]:
    with unit_of_work(context.engine) as store:
        return [(one.skill_id, one.level, one.at) for one in store.level_changes.of(person_id)]


def levels(context: Context, person_id: str = "p1") -> list[tuple[str, int]]:
    return [(skill.id, level) for skill, level in own_skills(context, person(context, person_id), EN).held]


def test_a_change_keeps_what_was_before_and_since_when(running: Context) -> None:
    set_level(running, "p1", "delegation", 2)
    set_level(replace(running, clock=lambda: NOW + DAY), "p1", "delegation", 3)
    assert levels(running) == [("delegation", 3)]
    before = NOW - timedelta(seconds=1)
    assert history(running) == [("delegation", 1, before), ("delegation", 2, NOW), ("delegation", 3, NOW + DAY)]


def test_the_same_level_again_is_no_change_and_a_new_skill_begins_its_history(running: Context) -> None:
    set_level(running, "p1", "delegation", 1)
    assert history(running) == []
    set_level(running, "p1", "sql", 0)
    assert history(running) == [("sql", 0, NOW)]
    assert levels(running) == [("delegation", 1), ("sql", 0)]


def test_a_skill_taken_off_can_be_put_back(running: Context) -> None:
    assert remove_skill(running, "p1", "delegation") == 1
    assert (levels(running), remove_skill(running, "p1", "delegation")) == ([], None)
    set_level(running, "p1", "delegation", 1)
    assert levels(running) == [("delegation", 1)]


def test_unknown_skills_and_levels_are_refused(running: Context) -> None:
    with pytest.raises(NotFound, match="skill"):
        set_level(running, "p1", "knitting", 1)
    with pytest.raises(InvalidInput, match="level must be 0 to 4, got 5"):
        set_level(running, "p1", "sql", 5)
    assert history(running) == []


def test_what_the_role_requires_comes_with_the_largest_gap_first(running: Context) -> None:
    with unit_of_work(running.engine, write=True) as store:
        store.roles.save([a_role("lead", required_levels={"delegation": 1, "sql": 2})])
    choose_role(running, person(running), "lead")
    rows = own_skills(running, person(running), EN).required
    assert [(row.skill.id, row.held, row.wanted) for row in rows] == [("sql", 0, 2), ("delegation", 1, 1)]


def test_a_role_is_chosen_among_the_companys_and_left_again(running: Context) -> None:
    assert [role.id for role in own_skills(running, person(running), EN).roles] == ["team-lead"]
    choose_role(running, person(running), "")
    assert own_skills(running, person(running), EN).target is None
    with pytest.raises(NotFound, match="role"):
        choose_role(running, person(running), "king")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("dele", ["delegation"]),
        ("L", ["delegation", "sql", "imported"]),
        ("заказ", ["imported"]),
        ("", []),
        ("xyz", []),
    ],
)
def test_skills_are_found_by_part_of_their_name_in_both_languages(
    words: str, found: list[str], running: Context
) -> None:
    with unit_of_work(running.engine, write=True) as store:
        store.imported_skills.save([Skill("imported", LocalText("Tailoring", "Заказ"))])
    assert [skill.id for skill in find_skills(running, words)] == found
    assert find_skills(running, words, without=found) == []
