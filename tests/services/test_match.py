"""HR's way with a cohort: proposed, pinned, excluded, proposed again, approved once, refused when it is stale."""

from dataclasses import replace
from pathlib import Path

import pytest

from domain.cohorts import Cohort, ProposalStatus, Why
from domain.errors import InvalidInput, NotFound, ProposalStale
from domain.language import Language
from domain.people import Role
from domain.sessions import SessionStatus
from domain.suggestions import Rule
from services.context import Context
from services.index import refresh_index
from services.match import approve, forbid, list_cohorts, make_cohort, pin, propose, take_back, view_cohort
from store import Engine, unit_of_work
from tests.builders import a_goal, a_person, an_offer
from tests.services.conftest import a_context

MENTOR = frozenset({Role.MENTOR})
DELEGATING = "I do everything myself, nobody else can do it"


@pytest.fixture
def running(stocked: Engine, tmp_path: Path) -> Context:
    """Three mentees who all want to delegate, m1 and m2 who offer it, m3 who offers something else; m1 manages p3."""
    with unit_of_work(stocked, write=True) as store:
        store.people.save(
            [
                *(a_person(mentor, roles=MENTOR) for mentor in ("m1", "m2", "m3")),
                a_person("p1"),
                a_person("p2", department="Sales"),
                a_person("p3", manager_id="m1"),
            ]
        )
        store.goals.save([a_goal(f"g{n}", f"p{n}", text=DELEGATING) for n in (1, 2, 3)])
        store.offers.save(
            [an_offer("m1"), an_offer("m2"), an_offer("m3", topic_ids=frozenset({"write-clearly"}))],
        )
    context = a_context(stocked, tmp_path)
    refresh_index(context)
    return context


@pytest.fixture
def cohort(running: Context) -> Cohort:
    return make_cohort(running, "Spring", per_mentor=1)


def pairs(context: Context, cohort: Cohort) -> dict[str, str]:
    return {pair.mentee_id: pair.mentor_id for pair in propose(context, cohort.id).pairs}


def change_person(context: Context, person_id: str, **changes: object) -> None:
    with unit_of_work(context.engine, write=True) as store:
        store.people.save([replace(store.people.get(person_id), **changes)])  # type: ignore[arg-type]


def sessions(context: Context) -> list[tuple[str, str, str, SessionStatus]]:
    with unit_of_work(context.engine) as store:
        return [(s.mentee_ids[0], s.mentor_id, s.topic_id, s.status) for s in store.sessions.list()]


def test_everybody_gets_somebody_by_the_rules_and_a_topic(running: Context, cohort: Cohort) -> None:
    proposal = propose(running, cohort.id)
    found = {pair.mentee_id: (pair.mentor_id, pair.topic_id) for pair in proposal.pairs}
    assert sorted(mentor for mentor, _ in found.values()) == ["m1", "m2", "m3"]
    assert found["p3"][0] != "m1"
    assert {topic for mentor, topic in found.values() if mentor != "m3"} == {"delegate-work"}
    assert proposal.key == f"{cohort.id}-1"
    assert proposal.objective == pytest.approx(proposal.bound, rel=1e-3)


def test_a_cohort_is_everybody_a_department_or_those_named(running: Context) -> None:
    assert make_cohort(running, "All").mentee_ids == ("p1", "p2", "p3")
    assert make_cohort(running, "Sales", department="Sales").mentee_ids == ("p2",)
    assert make_cohort(running, "Two", mentee_ids=("p3", "p1")).mentee_ids == ("p1", "p3")


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"per_mentor": 0}, "per-mentor must be 1 or more, got 0"),
        ({"per_mentor": -1}, "per-mentor must be 1 or more, got -1"),
        ({"department": "Nowhere"}, "cohort must hold at least one mentee, got nobody"),
        ({"mentee_ids": ("m1",)}, "mentee must be an active mentee, got m1"),
        ({"minutes": 14}, "minutes must be 15, 20, 25 or 30, got 14"),
    ],
)
def test_a_cohort_that_cannot_be_is_refused(running: Context, wrong: dict[str, object], message: str) -> None:
    with pytest.raises(InvalidInput, match=message):
        make_cohort(running, "Spring", **wrong)  # type: ignore[arg-type]
    assert list_cohorts(running) == []


def test_who_gets_nobody_is_told_why(running: Context, cohort: Cohort) -> None:
    for mentor in ("m2", "m3"):
        change_person(running, mentor, is_active=False)
    unmatched = {one.mentee_id: (one.why, one.mentor_ids) for one in propose(running, cohort.id).unmatched}
    assert unmatched == {"p2": (Why.MENTORS_FULL, ("m1",)), "p3": (Why.NO_CANDIDATE, ())}


def test_without_a_limit_the_minutes_that_a_mentor_offers_count(running: Context) -> None:
    with unit_of_work(running.engine, write=True) as store:
        store.offers.save([an_offer(mentor, capacity_minutes_per_week=0) for mentor in ("m2", "m3")])
        store.offers.save([an_offer("m1", capacity_minutes_per_week=20)])
    assert pairs(running, make_cohort(running, "Spring")) == {"p1": "m1", "p2": "m1"}  # 20 minutes in each of two weeks


def test_pins_and_exclusions_hold_in_every_further_run(running: Context, cohort: Cohort) -> None:
    pin(running, cohort.id, "p1", "m3")
    forbid(running, cohort.id, "p2", "m1")
    for number in (1, 2):
        proposal = propose(running, cohort.id)
        assert proposal.number == number
        found = {pair.mentee_id: pair.mentor_id for pair in proposal.pairs}
        assert found == {"p1": "m3", "p2": "m2"}
        assert [(pair.mentee_id, pair.topic_id) for pair in proposal.pairs if pair.is_pinned] == [
            ("p1", "write-clearly")
        ]
    take_back(running, cohort.id, "p1", "m3")
    take_back(running, cohort.id, "p2", "m1")
    assert len(pairs(running, cohort)) == 3


def test_a_second_pin_of_a_mentee_takes_the_place_of_the_first(running: Context, cohort: Cohort) -> None:
    pin(running, cohort.id, "p1", "m3")
    pin(running, cohort.id, "p1", "m2")
    assert view_cohort(running, cohort.id).cohort.pins == {("p1", "m2")}


def test_wishes_that_cannot_be_are_refused_by_name(running: Context, cohort: Cohort) -> None:
    with pytest.raises(InvalidInput, match=r"pin of p3 with m1 must keep the rules, got own_manager.*mentee's manager"):
        pin(running, cohort.id, "p3", "m1")
    pin(running, cohort.id, "p1", "m2")
    with pytest.raises(InvalidInput, match="pins on m2 must be at most the 1 places there are, got 2"):
        pin(running, cohort.id, "p2", "m2")
    with pytest.raises(InvalidInput, match="pair must not be both pinned and excluded"):
        forbid(running, cohort.id, "p1", "m2")
    forbid(running, cohort.id, "p1", "m1")
    with pytest.raises(InvalidInput, match="pair must not be both pinned and excluded"):
        pin(running, cohort.id, "p1", "m1")
    with pytest.raises(InvalidInput, match="mentee must be one of this cohort, got m1"):
        forbid(running, cohort.id, "m1", "m2")
    with pytest.raises(InvalidInput, match="mentor must offer a topic"):
        pin(running, cohort.id, "p1", "p2")


def test_a_pin_that_a_rule_forbids_by_now_stops_the_next_run(running: Context, cohort: Cohort) -> None:
    pin(running, cohort.id, "p1", "m2")
    change_person(running, "m2", is_active=False)
    with pytest.raises(InvalidInput, match="pin of p1 with m2 must keep the rules, got inactive"):
        propose(running, cohort.id)


def test_only_approval_asks_for_sessions_and_only_once(running: Context, cohort: Cohort) -> None:
    proposal = propose(running, cohort.id)
    assert sessions(running) == []
    assert approve(running, proposal.key).created == 3
    made = sessions(running)
    change_person(running, "m1", is_active=False)  # what was approved stays approved, whatever changes later
    assert sorted(made) == sorted(
        (pair.mentee_id, pair.mentor_id, pair.topic_id, SessionStatus.REQUESTED) for pair in proposal.pairs
    )
    again = approve(running, proposal.key)
    assert (again.created, again.proposal.status) == (0, ProposalStatus.APPROVED)
    assert sessions(running) == made


def test_the_words_of_a_mentee_do_not_travel_with_the_request(running: Context, cohort: Cohort) -> None:
    approve(running, propose(running, cohort.id).key)
    with unit_of_work(running.engine) as store:
        assert {session.need for session in store.sessions.list()} == {""}


def test_an_approved_cohort_is_closed(running: Context, cohort: Cohort) -> None:
    approve(running, propose(running, cohort.id).key)
    for act in (propose, lambda c, i: pin(c, i, "p1", "m2"), lambda c, i: forbid(c, i, "p1", "m2")):
        with pytest.raises(InvalidInput, match="cohort must still be open, got one that is approved"):
            act(running, cohort.id)


def test_a_superseded_or_unknown_proposal_is_not_approved(running: Context, cohort: Cohort) -> None:
    first = propose(running, cohort.id)
    propose(running, cohort.id)
    with pytest.raises(InvalidInput, match="proposal must be the newest of its cohort"):
        approve(running, first.key)
    with pytest.raises(NotFound):
        approve(running, f"{cohort.id}-9")
    with pytest.raises(InvalidInput, match="proposal must be named as `halfhour match` printed it"):
        approve(running, "spring")


def test_a_stale_proposal_is_refused_by_name_of_what_changed(running: Context, cohort: Cohort) -> None:
    proposal = propose(running, cohort.id)
    mentor_of = {pair.mentee_id: pair.mentor_id for pair in proposal.pairs}
    change_person(running, "p1", is_active=False)
    change_person(running, mentor_of["p2"], is_active=False)
    with unit_of_work(running.engine, write=True) as store:
        store.offers.save([replace(offer, capacity_minutes_per_week=0) for offer in store.offers.list()])
    with pytest.raises(ProposalStale) as stale:
        approve(running, proposal.key)
    assert "Person p1 no longer takes part" in stale.value.changes
    assert f"Person p2 / Person {mentor_of['p2']}: the mentor no longer takes part" in stale.value.changes
    assert f"Person {mentor_of['p3']} has places for 0 now, the proposal needs 1" in stale.value.changes
    assert "Run the matching again." in str(stale.value)
    assert sessions(running) == []
    with pytest.raises(ProposalStale, match="больше не участвует"):
        approve(running, proposal.key, Language.RU)


def test_a_cohort_of_which_everybody_left_is_refused(running: Context, cohort: Cohort) -> None:
    for mentee in cohort.mentee_ids:
        change_person(running, mentee, is_active=False)
    with pytest.raises(InvalidInput, match="cohort must hold somebody who still takes part"):
        propose(running, cohort.id)


def test_a_rule_that_the_scores_do_not_know_is_kept_all_the_same(
    running: Context, cohort: Cohort, monkeypatch: pytest.MonkeyPatch
) -> None:
    change_person(running, "m2", is_active=False)
    monkeypatch.setattr("recommender.cohort_scores.PERSON_RULES", ((Rule.SELF, lambda pool, rows, seeker: rows < 0),))
    proposal = propose(running, cohort.id)
    assert "m2" not in {pair.mentor_id for pair in proposal.pairs}
    assert len(proposal.pairs) == 2


@pytest.mark.parametrize("limits", [(0, 0), (0, 9)])
def test_larger_cohorts_read_needs_more_quickly(
    running: Context, cohort: Cohort, limits: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    exact = pairs(running, cohort)
    monkeypatch.setattr("services.cohort_material.EXACT_UP_TO", limits[0])
    monkeypatch.setattr("services.cohort_material.BY_WORDS_UP_TO", limits[1])
    assert sorted(pairs(running, cohort)) == sorted(exact)


def test_cohorts_are_listed_with_how_far_they_are(running: Context, cohort: Cohort) -> None:
    assert list_cohorts(running) == [(cohort, None)]
    proposal = propose(running, cohort.id)
    assert list_cohorts(running)[0][1] is ProposalStatus.PROPOSED
    approve(running, proposal.key)
    assert list_cohorts(running)[0][1] is ProposalStatus.APPROVED
