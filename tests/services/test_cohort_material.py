"""A cohort is read in a few statements, however many mentees it has, and as each mentee alone would be."""

from dataclasses import replace

import pytest
from sqlalchemy import event

from domain.blocks import Block
from domain.cohorts import Cohort
from domain.language import Language
from domain.people import GoalRole
from recommender import TopicRequest, need_texts
from services.cohort_material import EXACT_UP_TO, Material, material_of
from services.context import Context
from services.index import refresh_index
from services.likely_skills import gaps_of
from services.needs import own_needs
from store import Store, unit_of_work
from tests.builders import NOW, a_feedback, a_goal, a_person, a_session, held

GOAL = "I do everything myself, nobody else can do it, and so my evenings go"


def hire(context: Context, count: int) -> Cohort:
    """Add so many mentees, each with a goal, a past, skills, a wanted role in own words and a block."""
    ids = [f"x{number:03}" for number in range(count)]
    with unit_of_work(context.engine, write=True) as store:
        store.people.save([a_person(id) for id in ids])
        store.goals.save([a_goal(f"g{id}", id, text=GOAL) for id in ids])
        store.people.save_held([held(id, "delegation", 1) for id in ids])
        store.sessions.save([a_session(f"s{id}", mentee_ids=(id,), starts_at=None) for id in ids])
        store.feedback.save([a_feedback(f"f{id}", session_id=f"s{id}", author_id=id, still_open=GOAL) for id in ids])
        for id in ids:
            store.goal_roles.save(GoalRole(id, "lead a team", Language.EN))
            store.blocks.add(Block(id, "m1", NOW))
    refresh_index(context)
    return Cohort("c", "Spring", tuple(ids), None, 20, 0.0, NOW)


def read(context: Context, cohort: Cohort) -> tuple[Material, int]:
    """Return the material, and in how many statements it was read once topics and mentors are known."""
    seen: list[str] = []

    def note(*arguments: object) -> None:
        seen.append(str(arguments[2]))

    with unit_of_work(context.engine) as store:
        material_of(context, store, cohort)
        event.listen(context.engine, "before_cursor_execute", note)
        material = material_of(context, store, cohort)
        event.remove(context.engine, "before_cursor_execute", note)
    return material, len(seen)


def test_ten_times_the_mentees_take_no_statement_more(running: Context) -> None:
    few = read(running, hire(running, 5))[1]
    assert few < 40
    assert read(running, hire(running, 50))[1] == few


def alone(context: Context, store: Store, request: TopicRequest) -> TopicRequest:
    """Return the request with all that is read of the mentee alone."""
    person = request.person
    assert person is not None
    return replace(
        request,
        needs=own_needs(context, store, person.id, NOW),
        gaps=gaps_of(context, store, person),
        sessions=store.sessions.of_person(person.id),
        own_feedback=store.feedback.of_mentee(person.id),
    )


@pytest.mark.parametrize(("count", "rows"), [(3, len(need_texts(GOAL))), (EXACT_UP_TO + 1, 1)])
def test_each_mentee_is_read_as_alone_but_for_windows_in_large_cohorts(running: Context, count: int, rows: int) -> None:
    material, _ = read(running, hire(running, count))
    assert [len(request.needs) for request in material.requests] == [2] * count
    assert {len(need.vectors) for request in material.requests for need in request.needs} == {rows}
    with unit_of_work(running.engine) as store:
        for request in material.requests:
            single = alone(running, store, request)
            assert (request.gaps, request.sessions) == (single.gaps, single.sessions)
            assert request.own_feedback == single.own_feedback
            for own, other in zip(request.needs, single.needs, strict=True):
                assert own.need == other.need
                assert (own.vectors == other.vectors[:rows]).all()
    assert {id: blocks.own for id, blocks in material.blocks.items()} == {m.id: {"m1"} for m in material.mentees}
