"""Booking asks one pair by the same rules by which rankings ask all."""

from dataclasses import replace
from itertools import product

from domain.blocks import Block
from domain.people import Role
from domain.suggestions import Rule
from recommender import parting_rule, seeker_of
from services.booking.pair_rules import rule_apart
from services.context import Context
from services.programme_rules import add_conflict, programme_rules
from store import unit_of_work
from tests.builders import NOW, a_person, an_offer


def test_one_pair_is_judged_as_in_a_ranking(running: Context) -> None:
    mentors = [
        a_person("m1", roles=frozenset({Role.MENTOR}), manager_id="p1"),
        a_person("m2", roles=frozenset({Role.MENTOR}), department="Trading"),
        a_person("m3", roles=frozenset({Role.MENTOR}), is_active=False),
        a_person("m4", roles=frozenset({Role.MENTOR})),
    ]
    mentees = [a_person("p1", manager_id="m4"), a_person("p2", department="Audit"), a_person("p3"), mentors[3]]
    with unit_of_work(running.engine, write=True) as store:
        store.people.save([*mentees, *mentors])
        store.offers.save([an_offer(mentor.id) for mentor in mentors])
        store.blocks.add(Block("p3", "m4", NOW))
        store.blocks.add(Block("m2", "p3", NOW))
    add_conflict(running.engine, "Trading", "Audit")
    with unit_of_work(running.engine) as store:
        pool, rules = running.spaces.mentors(store), programme_rules(store)
        found = {}
        for mentee, mentor in product(mentees, mentors):
            seeker = seeker_of(mentee, mentee.locale, NOW, 20, store.blocks.around(mentee.id), rules)
            one = rule_apart(store, mentee, mentor, store.offers.get(mentor.id))
            assert (one is None) == (parting_rule(pool, mentor.id, seeker) is None), (mentee.id, mentor.id)
            found[mentee.id, mentor.id] = one
    assert found["p1", "m1"] is Rule.OWN_REPORT
    assert found["p1", "m4"] is Rule.OWN_MANAGER
    assert found["p2", "m2"] is Rule.CONFLICT_OF_INTEREST
    assert found["p3", "m4"] is found["p3", "m2"] is Rule.BLOCKED
    assert found["p2", "m3"] is Rule.INACTIVE
    assert found["m4", "m4"] is Rule.SELF
    assert found["p2", "m4"] is None


def test_who_offers_nothing_is_no_mentor(running: Context) -> None:
    with unit_of_work(running.engine) as store:
        mentee = store.people.get("p1")
        assert rule_apart(store, mentee, replace(mentee, id="h1"), None) is Rule.INACTIVE
