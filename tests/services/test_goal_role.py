"""The role a person wants: embedded at once, shown to its owner with likely skills, forgotten when emptied."""

import pytest

from domain.errors import InvalidInput
from services.context import Context
from services.goal_role import goal_role_view, put_skill_back, strike_skill, write_goal_role
from services.index import refresh_index
from services.needs import goal_role_needs
from store import unit_of_work
from tests.builders import a_role

WORDS = "team-lead, I want to run a team"


@pytest.fixture
def writing(running: Context) -> Context:
    with unit_of_work(running.engine, write=True) as store:
        store.roles.save([a_role("clerk", required_levels={"sql": 1})])
    refresh_index(running)
    write_goal_role(running, "m1", WORDS)
    return running


def view(context: Context, person_id: str = "m1") -> tuple[str, list[str], list[str]]:
    """Return the text, the likely skills and the struck ones, as their owner sees them."""
    with unit_of_work(context.engine) as store:
        person = store.people.get(person_id)
    seen = goal_role_view(context, person)
    return seen.text, [one.skill_id for one in seen.named.likely.skills], [skill.id for skill in seen.struck]


def test_it_is_embedded_at_once_and_the_next_refresh_keeps_the_vectors(writing: Context) -> None:
    for _ in range(2):
        with unit_of_work(writing.engine) as store:
            needs = goal_role_needs(writing, store, ["m1", "m2"])
            assert {id: len(need.vectors) for id, need in needs.items()} == {"m1": 2}
        assert refresh_index(writing).embedded == 0


def test_its_owner_sees_likely_skills_and_nobody_else_does(writing: Context) -> None:
    assert view(writing) == (WORDS, ["delegation"], [])
    assert view(writing, "m2") == ("", [], [])


def test_struck_skills_are_not_suggested_again_until_they_are_put_back(writing: Context) -> None:
    strike_skill(writing, "m1", "delegation")
    write_goal_role(writing, "m1", "team-lead")
    assert view(writing) == ("team-lead", [], ["delegation"])
    put_skill_back(writing, "m1", "delegation")
    assert view(writing) == ("team-lead", ["delegation"], [])


def test_an_empty_text_forgets_it_and_its_vectors(writing: Context) -> None:
    write_goal_role(writing, "m1", " \n ")
    assert view(writing) == ("", [], [])
    assert refresh_index(writing).dropped == 2


@pytest.mark.parametrize("text", ["?!", "a\x00b", "x" * 301])
def test_what_cannot_be_read_is_refused_and_what_was_there_stays(writing: Context, text: str) -> None:
    with pytest.raises(InvalidInput, match="goal role must"):
        write_goal_role(writing, "m1", text)
    assert view(writing)[0] == WORDS


def test_an_unknown_skill_cannot_be_struck(writing: Context) -> None:
    with pytest.raises(InvalidInput, match="skill_id must name something that is stored, got knitting"):
        strike_skill(writing, "m1", "knitting")


def test_the_target_role_is_shown_beside_it(writing: Context) -> None:
    with unit_of_work(writing.engine) as store:
        target = goal_role_view(writing, store.people.get("p1")).target
    assert target == a_role("team-lead")
