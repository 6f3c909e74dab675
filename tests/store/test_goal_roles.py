"""The role that a person wants, and what the person struck out: one text each, and nobody else's."""

import pytest
from sqlalchemy import Engine

from domain.errors import InvalidInput
from domain.language import Language
from domain.people import GoalRole
from store import unit_of_work
from tests.builders import a_person

BAKER = GoalRole("p1", "baker, I want a shop of my own", Language.EN)


def test_a_goal_role_comes_back_as_saved_and_is_replaced(company: Engine) -> None:
    later = GoalRole("p1", "кондитер", Language.RU)
    with unit_of_work(company, write=True) as store:
        store.goal_roles.save(BAKER)
        assert (store.goal_roles.of("p1"), store.goal_roles.of("p2")) == (BAKER, None)
        store.goal_roles.save(later)
        assert store.goal_roles.all() == [later]
        store.goal_roles.remove("p1")
        assert store.goal_roles.of("p1") is None


def test_saving_a_person_again_leaves_the_goal_role(company: Engine) -> None:
    with unit_of_work(company, write=True) as store:
        store.goal_roles.save(BAKER)
        store.people.save([a_person("p1", job_title="Something else")])
        assert store.goal_roles.of("p1") == BAKER


def test_struck_skills_stay_struck_until_they_are_put_back(company: Engine) -> None:
    with unit_of_work(company, write=True) as store:
        store.goal_roles.strike("p1", ["delegation", "saying-no"])
        store.goal_roles.strike("p1", ["delegation"])
        assert store.goal_roles.struck("p1") == {"delegation", "saying-no"}
        store.goal_roles.put_back("p2", "delegation")
        store.goal_roles.put_back("p1", "saying-no")
        assert (store.goal_roles.struck("p1"), store.goal_roles.struck("p2")) == ({"delegation"}, set())


def test_an_unknown_person_or_skill_is_named(company: Engine) -> None:
    with unit_of_work(company, write=True) as store:
        with pytest.raises(InvalidInput, match="person_id must name something that is stored, got p404"):
            store.goal_roles.save(GoalRole("p404", "baker", Language.EN))
        with pytest.raises(InvalidInput, match="skill_id must name something that is stored, got knitting"):
            store.goal_roles.strike("p1", ["knitting"])
