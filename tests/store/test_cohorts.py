"""Cohorts, HR's wishes and proposals come back as they were kept."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from domain.cohorts import Cohort, Proposal, ProposalStatus, ProposedPair, Unmatched, Why
from domain.errors import InvalidInput, NotFound
from store import unit_of_work
from tests.builders import NOW

COHORT = Cohort("c1", "Spring", ("p1", "p2"), None, 20, 0.06, NOW)


def a_proposal(**changes: Any) -> Proposal:
    pairs = (ProposedPair("p1", "m1", "delegate-work", 0.25, is_pinned=True),)
    unmatched = (Unmatched("p2", Why.MENTORS_FULL, ("m1", "m2")),)
    fields: dict[str, Any] = {"pairs": pairs, "unmatched": unmatched, "objective": 0.25, "bound": 0.26, "made_at": NOW}
    return Proposal("c1", 0, **fields | changes)


@pytest.fixture
def with_cohort(company: Engine) -> Engine:
    with unit_of_work(company, write=True) as store:
        store.cohorts.add(COHORT)
    return company


def test_a_cohort_comes_back_and_newer_ones_come_first(with_cohort: Engine) -> None:
    newer = Cohort("c0", "Autumn", ("p2",), 3, 30, 0.1, NOW + timedelta(days=1))
    with unit_of_work(with_cohort, write=True) as store:
        store.cohorts.add(newer)
        assert store.cohorts.get("c1") == COHORT
        assert store.cohorts.list() == [newer, COHORT]


def test_an_unknown_cohort_or_mentee_is_refused(with_cohort: Engine) -> None:
    with unit_of_work(with_cohort, write=True) as store:
        with pytest.raises(NotFound):
            store.cohorts.get("c9")
        with pytest.raises(InvalidInput, match=r"mentee must name something that is stored, got p9"):
            store.cohorts.add(Cohort("c2", "x", ("p9",), None, 20, 0.0, NOW))


def test_of_two_wishes_for_a_pair_the_last_counts_until_it_is_taken_back(with_cohort: Engine) -> None:
    with unit_of_work(with_cohort, write=True) as store:
        store.cohorts.wish("c1", "p1", "m1", is_pin=True)
        store.cohorts.wish("c1", "p1", "m2", is_pin=False)
        assert store.cohorts.get("c1").pins == {("p1", "m1")}
        store.cohorts.wish("c1", "p1", "m1", is_pin=False)
        assert store.cohorts.get("c1").pins == frozenset()
        assert store.cohorts.get("c1").forbids == {("p1", "m1"), ("p1", "m2")}
        assert store.cohorts.take_back("c1", "p1", "m1")
        assert not store.cohorts.take_back("c1", "p1", "m1")
        assert store.cohorts.get("c1").forbids == {("p1", "m2")}


def test_proposals_are_numbered_and_a_new_one_supersedes_the_last(with_cohort: Engine) -> None:
    with unit_of_work(with_cohort, write=True) as store:
        first = store.cohorts.add_proposal(a_proposal())
        second = store.cohorts.add_proposal(a_proposal(made_at=NOW + timedelta(minutes=1)))
        assert (first.key, second.key) == ("c1-1", "c1-2")
        assert store.cohorts.proposal("c1", 1).status is ProposalStatus.SUPERSEDED
        assert store.cohorts.latest_proposal("c1") == second
        assert store.cohorts.statuses() == {"c1": ProposalStatus.PROPOSED}
    assert second.pairs == a_proposal().pairs
    assert second.unmatched == a_proposal().unmatched


def test_an_approved_proposal_is_approved_once_and_never_superseded(with_cohort: Engine) -> None:
    with unit_of_work(with_cohort, write=True) as store:
        proposal = store.cohorts.add_proposal(a_proposal())
        assert store.cohorts.approve(proposal)
        assert not store.cohorts.approve(proposal)
        store.cohorts.add_proposal(a_proposal())
        assert store.cohorts.proposal("c1", 1).status is ProposalStatus.APPROVED


def test_without_a_proposal_there_is_none(with_cohort: Engine) -> None:
    with unit_of_work(with_cohort, write=True) as store:
        assert store.cohorts.latest_proposal("c1") is None
        with pytest.raises(NotFound, match="proposal must exist, got c1-3"):
            store.cohorts.proposal("c1", 3)
        with pytest.raises(NotFound):
            store.cohorts.add_proposal(Proposal("c9", 0, (), (), 0.0, 0.0, NOW))
