"""Role profiles and their required levels."""

from itertools import pairwise

import pytest
from sqlalchemy import Engine

from domain.errors import InvalidInput, NotFound
from store import unit_of_work
from tests.builders import a_role


def test_roles_come_by_id_as_saved(company: Engine) -> None:
    roles = [a_role("b", required_levels={"saying-no": 4, "delegation": 1}), a_role("a", required_levels={})]
    with unit_of_work(company, write=True) as store:
        assert store.roles.save(roles) == 2
        assert store.roles.save(roles) == 0
    with unit_of_work(company) as store:
        assert store.roles.list() == [roles[1], roles[0], a_role("team-lead")]
        assert store.roles.get("b") == roles[0]


def test_the_state_changes_with_every_change_of_a_profile_and_with_nothing_else(company: Engine) -> None:
    states = []
    for profiles in ([], [a_role("b")], [a_role("b")], [a_role("b", required_levels={"saying-no": 1})]):
        with unit_of_work(company, write=True) as store:
            store.roles.save(profiles)
            states.append(store.roles.state())
    assert [state == before for before, state in pairwise(states)] == [False, True, False]


def test_a_requirement_that_is_no_longer_named_goes(company: Engine) -> None:
    with unit_of_work(company, write=True) as store:
        store.roles.save([a_role("b", required_levels={"delegation": 2, "saying-no": 2})])
        assert store.roles.save([a_role("b", required_levels={"saying-no": 3})]) == 1
        assert store.roles.get("b").required_levels == {"saying-no": 3}
        assert store.roles.get("team-lead").required_levels == {"delegation": 3}


def test_an_unknown_role_is_not_found(company: Engine) -> None:
    with unit_of_work(company) as store, pytest.raises(NotFound, match="role must exist, got r404"):
        store.roles.get("r404")


def test_an_unknown_skill_is_named(company: Engine) -> None:
    with unit_of_work(company, write=True) as store, pytest.raises(InvalidInput, match=r"skill_id .* got knitting"):
        store.roles.save([a_role("b", required_levels={"knitting": 2})])
