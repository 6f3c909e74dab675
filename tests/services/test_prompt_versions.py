"""Versions of prompts: shipped or the company's own, published and taken back."""

import pytest

from domain.errors import InvalidInput, NotFound
from prompts import load_prompt
from prompts.versions import META
from services.prompt_versions import AGENDA, add_version, all_versions, prompt_in_force, publish, read_prompt, roll_back
from store import Engine, unit_of_work
from tests.builders import NOW

OWN = {
    "system.en.j2": "Be kind.",
    "user.en.j2": "About {{ topic }}",
    META: "options: {temperature: 0.1}\nschema: {type: object}",
}


def test_the_first_that_ships_is_in_force(stocked: Engine) -> None:
    with unit_of_work(stocked) as store:
        assert prompt_in_force(store, AGENDA) == load_prompt(AGENDA, "v1")
        assert all_versions(store, AGENDA) == ["v1"]


def test_an_own_version_counts_once_it_is_published_and_can_be_taken_back(stocked: Engine) -> None:
    with unit_of_work(stocked, write=True) as store:
        add_version(store, AGENDA, "v2", OWN, NOW)
        assert prompt_in_force(store, AGENDA).version == "v1"
        publish(store, AGENDA, "v2", NOW)
        assert prompt_in_force(store, AGENDA).files["system.en.j2"] == "Be kind."
        assert roll_back(store, AGENDA, NOW).version == "v1"
        assert prompt_in_force(store, AGENDA).version == "v1"


def test_taking_back_twice_is_going_there_and_back(stocked: Engine) -> None:
    with unit_of_work(stocked, write=True) as store:
        add_version(store, AGENDA, "v2", OWN, NOW)
        publish(store, AGENDA, "v2", NOW)
        assert [roll_back(store, AGENDA, NOW).version for _ in range(2)] == ["v1", "v2"]


def test_nothing_to_go_back_to_is_said(stocked: Engine) -> None:
    with unit_of_work(stocked, write=True) as store, pytest.raises(NotFound, match="earlier version must exist"):
        roll_back(store, AGENDA, NOW)


def test_a_version_never_changes(stocked: Engine) -> None:
    with unit_of_work(stocked, write=True) as store:
        add_version(store, AGENDA, "v2", OWN, NOW)
        add_version(store, AGENDA, "v2", OWN, NOW)
        with pytest.raises(InvalidInput):
            add_version(store, AGENDA, "v2", {**OWN, "user.en.j2": "Another"}, NOW)
        assert read_prompt(store, AGENDA, "v2").files["user.en.j2"] == "About {{ topic }}"


@pytest.mark.parametrize(("name", "version"), [("agenda", "v1"), ("agenda", "best"), ("nothing", "v2")])
def test_a_name_that_may_not_be_is_refused(stocked: Engine, name: str, version: str) -> None:
    with unit_of_work(stocked, write=True) as store, pytest.raises(InvalidInput):
        add_version(store, name, version, OWN, NOW)


def test_an_unknown_version_cannot_be_published(stocked: Engine) -> None:
    with unit_of_work(stocked, write=True) as store, pytest.raises(NotFound):
        publish(store, AGENDA, "v7", NOW)


def test_a_version_that_asks_for_what_no_brief_has_is_refused_when_it_is_added(stocked: Engine) -> None:
    with unit_of_work(stocked, write=True) as store, pytest.raises(InvalidInput, match=r"user\.en\.j2 must be"):
        add_version(store, AGENDA, "v2", {**OWN, "user.en.j2": "For {{ mentee_name }}"}, NOW)
