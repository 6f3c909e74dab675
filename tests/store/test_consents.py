"""Consents: nobody agrees until they say so, and a withdrawal leaves nothing."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine

from domain.errors import InvalidInput
from store import unit_of_work
from tests.builders import NOW


def test_a_person_agrees_until_they_withdraw(company: Engine) -> None:
    with unit_of_work(company, write=True) as store:
        assert store.consents.given_at("p1") is None
        store.consents.give("p1", NOW)
        store.consents.give("p1", NOW + timedelta(days=1))
        assert store.consents.given_at("p1") == NOW
        assert store.consents.among(["p1", "m1"]) == {"p1"}
        assert store.consents.withdraw("p1")
        assert not store.consents.withdraw("p1")
        assert store.consents.among(["p1", "m1"]) == set()


def test_nobody_unknown_agrees(company: Engine) -> None:
    with unit_of_work(company, write=True) as store, pytest.raises(InvalidInput, match=r"person_id .* got p404"):
        store.consents.give("p404", NOW)
