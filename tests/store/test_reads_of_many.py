"""What is read of many people at once is what is read of each alone, and who has nothing is absent."""

from datetime import timedelta

from sqlalchemy import Engine

from domain.blocks import NO_BLOCKS, Block
from domain.language import Language
from domain.people import GoalRole
from store import unit_of_work
from tests.builders import NOW, a_feedback, a_goal, a_role, a_session, held

EVERYBODY = ("p1", "p2", "m1", "m2", "nobody")
LATER = NOW + timedelta(hours=1)


def test_goals_are_the_open_ones_oldest_first(company: Engine) -> None:
    with unit_of_work(company, write=True) as store:
        store.goals.save([a_goal("g2", created_at=LATER), a_goal("g3"), a_goal("g1"), a_goal("g4", person_id="p2")])
        store.goals.close("p1", "g3", LATER)
        found = store.goals.of_many(EVERYBODY)
        assert {id: [goal.id for goal in own] for id, own in found.items()} == {"p1": ["g1", "g2"], "p2": ["g4"]}
        assert found == {id: store.goals.of(id) for id in ("p1", "p2")}
        assert store.goals.of_many(["m1"]) == {}


def test_a_session_of_two_mentees_is_told_of_both(company: Engine) -> None:
    with unit_of_work(company, write=True) as store:
        store.sessions.save(
            [
                a_session("s2", mentee_ids=("p2", "p1"), starts_at=None),
                a_session("s1", created_at=LATER, starts_at=None),
                a_session("s0", starts_at=None),
            ]
        )
        found = store.sessions.of_many(EVERYBODY)
        assert {id: [s.id for s in own] for id, own in found.items()} == {"p1": ["s0", "s2", "s1"], "p2": ["s2"]}
        assert found == {id: store.sessions.of_person(id) for id in ("p1", "p2")}
        assert store.sessions.of_many(["p2"])["p2"][0].mentee_ids == ("p2", "p1")
        assert "p1" not in store.sessions.of_many(["p2"])


def test_feedback_is_that_of_its_author(company: Engine) -> None:
    with unit_of_work(company, write=True) as store:
        store.sessions.save([a_session("s1"), a_session("s2", starts_at=None)])
        store.feedback.save([a_feedback("f2", session_id="s1"), a_feedback("f1", session_id="s2")])
        assert store.feedback.of_mentees(EVERYBODY) == {"p1": store.feedback.of_person("p1")}
        assert [one.id for one in store.feedback.of_mentees(["p1"])["p1"]] == ["f1", "f2"]


def test_skills_and_roles_that_are_wanted(company: Engine) -> None:
    with unit_of_work(company, write=True) as store:
        store.people.save_held([held("p1", "saying-no", 2), held("p1", "delegation", 1), held("m1", "delegation", 4)])
        store.roles.save([a_role("buyer")])
        store.goal_roles.save(GoalRole("p2", "lead a team", Language.EN))
        store.goal_roles.strike("p2", ["saying-no", "delegation"])
        assert store.people.held_of_many(["p1", "p2"]) == {"p1": {"delegation": 1, "saying-no": 2}}
        assert sorted(store.roles.get_many(["buyer", "nothing"])) == ["buyer"]
        assert store.goal_roles.of_many(EVERYBODY) == {"p2": GoalRole("p2", "lead a team", Language.EN)}
        assert store.goal_roles.struck_of_many(EVERYBODY) == {"p2": {"saying-no", "delegation"}}


def test_blocks_are_told_from_both_sides(company: Engine) -> None:
    with unit_of_work(company, write=True) as store:
        for person, other in (("p1", "m1"), ("p1", "m2"), ("m1", "p2")):
            store.blocks.add(Block(person, other, NOW))
        found = store.blocks.around_many(EVERYBODY)
        assert sorted(found) == ["m1", "m2", "p1", "p2"]
        assert found == {id: store.blocks.around(id) for id in found}
        assert (found["m1"].own, found["m1"].of_others) == ({"p2"}, {"p1"})
        assert store.blocks.around("nobody") == NO_BLOCKS
