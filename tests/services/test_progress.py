"""Progress is the person's own: lines of skills, what sessions changed, steps, sessions held."""

from datetime import timedelta

from domain.language import Language
from services.context import Context
from services.own_skills import set_level
from services.progress import Progress, progress_of
from store import unit_of_work
from tests.builders import NOW, a_feedback
from tests.services.conftest import hold_a_session


def read(context: Context, person_id: str = "p1") -> Progress:
    with unit_of_work(context.engine) as store:
        person = store.people.get(person_id)
    return progress_of(context, person, Language.EN)


def test_a_skill_whose_level_changed_comes_first(running: Context) -> None:
    set_level(running, "p1", "sql", 1)
    assert [(line.skill.id, line.level, len(line.changes)) for line in read(running).skills] == [
        ("delegation", 1, 0),
        ("sql", 1, 1),
    ]
    set_level(running, "p1", "sql", 1)
    set_level(running, "p1", "delegation", 3)
    lines = read(running).skills
    assert [(line.skill.id, [one.level for one in line.changes]) for line in lines] == [
        ("delegation", [1, 3]),
        ("sql", [1]),
    ]


def test_topics_steps_and_sessions_are_those_of_the_mentee(running: Context) -> None:
    hold_a_session(running)
    with unit_of_work(running.engine, write=True) as store:
        untold = a_feedback("f1", session_id="s0", level_before=None, created_at=NOW + timedelta(days=1))
        of_mentor = a_feedback("f2", session_id="s0", author_id="m1")
        store.feedback.save([untold, of_mentor])
    own, mentors = read(running), read(running, "m1")
    assert [(move.title.en, move.before, move.after) for move in own.topics] == [("Handing work over", 1, 2)]
    assert [row.next_step for row in own.steps] == ["Hand over one"]
    assert [row.id for row in own.held] == ["s0"]
    assert (mentors.topics, mentors.steps, [row.id for row in mentors.held]) == ((), [], ["s0"])


def test_without_anything_it_is_empty(running: Context) -> None:
    assert read(running, "h1") == Progress((), (), ())
