"""What roles taught is kept beside the index, is read at once, and is never learnt while somebody waits."""

from dataclasses import replace
from pathlib import Path

import pytest

from recommender import Comparison, RoleSpace, SkillRanker, role_lesson
from services import role_spaces
from services.context import Context
from services.doctor import State, examine
from services.index import refresh_index, warm_spaces
from services.likely_skills import likely_for_text
from services.role_teaching import NOT_LEARNT, teach_roles
from store import unit_of_work
from tests.builders import a_skill, held
from tests.fakes.encoder import FakeEncoder
from tests.recommender.crafts import craft_roles, skill_names
from tests.services.conftest import a_context

ROLES = 90
WORDS = "family3 gadget7 gadget21"


@pytest.fixture
def crafted(running: Context, monkeypatch: pytest.MonkeyPatch) -> Context:
    """The small company with 90 roles more, embedded, of which all may teach."""
    monkeypatch.setattr(role_lesson, "FEWEST_ROLES", 60)
    monkeypatch.setattr("services.role_teaching.FEWEST_ROLES", 60)
    roles = craft_roles(ROLES)
    with unit_of_work(running.engine, write=True) as store:
        names = skill_names(roles)
        store.imported_skills.save(replace(a_skill(key), name=a_skill(name).name) for key, name in names.items())
        store.roles.save(roles)
    refresh_index(running)
    return running


def read(context: Context) -> tuple[RoleSpace, SkillRanker | None]:
    with unit_of_work(context.engine) as store:
        return context.spaces.role_spaces.space_and_ranker(store)


def lesson_file(context: Context) -> Path:
    return context.spaces.folder / "roles.lesson"


def told_by_doctor(context: Context) -> tuple[State, str]:
    return next((found.state, found.text) for found in examine(context) if found.part == "likely skills")


def test_pages_and_a_warm_up_learn_nothing(crafted: Context) -> None:
    warm_spaces(crafted)
    likely_for_text(crafted, WORDS)
    assert read(crafted)[1] is None
    assert not lesson_file(crafted).exists()
    assert told_by_doctor(crafted) == (State.NOTE, NOT_LEARNT)


def test_what_was_taught_is_in_force_at_once_and_in_other_processes(crafted: Context, tmp_path: Path) -> None:
    before = [skill.skill_id for skill in likely_for_text(crafted, WORDS, k=4).likely.skills]
    other = a_context(crafted.engine, tmp_path)
    assert read(other)[1] is None
    told = teach_roles(crafted)
    assert told.startswith("as learnt from the roles; nDCG@10 on 30 roles left out ")
    assert told_by_doctor(crafted) == (State.OK, told)
    for context in (crafted, other, a_context(crafted.engine, tmp_path)):
        assert read(context)[1] is not None
        after = [skill.skill_id for skill in likely_for_text(context, WORDS, k=4).likely.skills]
        assert set(after) == {"family3-first", "family3-second", "use-7", "use-21"} != set(before)


def test_a_kept_lesson_is_not_learnt_again(crafted: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    teach_roles(crafted)

    def refuse(*_: object) -> None:
        raise AssertionError("it was learnt again")

    monkeypatch.setattr(role_spaces, "learn_role_lesson", refuse)
    teach_roles(crafted)


def test_a_lesson_of_another_encoder_is_ignored_and_replaced(crafted: Context, tmp_path: Path) -> None:
    """Its keys are the same texts: only the id of the encoder tells them apart."""
    teach_roles(crafted)
    other = a_context(crafted.engine, tmp_path, FakeEncoder(dim=128))
    refresh_index(other)
    assert read(other)[1] is None
    assert told_by_doctor(other) == (State.NOTE, NOT_LEARNT)
    teach_roles(other)
    assert read(other)[1] is not None


def test_a_lesson_of_other_roles_is_ignored(crafted: Context) -> None:
    teach_roles(crafted)
    with unit_of_work(crafted.engine, write=True) as store:
        role = store.roles.get("r003")
        store.roles.save([replace(role, required_levels={**role.required_levels, "delegation": 4})])
    assert read(crafted)[1] is None


@pytest.mark.parametrize("content", [b"", b"damaged" * 20])
def test_a_damaged_lesson_is_ignored_and_replaced(crafted: Context, content: bytes) -> None:
    teach_roles(crafted)
    lesson_file(crafted).write_bytes(content)
    assert read(crafted)[1] is None
    teach_roles(crafted)
    assert read(crafted)[1] is not None


def test_a_lesson_that_cannot_be_written_leaves_the_vote(crafted: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(role_spaces, "keep_lesson", full)
    assert teach_roles(crafted) == NOT_LEARNT
    assert likely_for_text(crafted, WORDS).likely.skills


def test_a_lesson_that_does_not_beat_the_vote_is_kept_as_that(
    crafted: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    worse = role_lesson.RoleLesson(Comparison(30, 0.5, 0.45, 0.01), None)
    monkeypatch.setattr(role_spaces, "learn_role_lesson", lambda gaps: worse)
    told = teach_roles(crafted)
    assert told == "by the vote of near roles; nDCG@10 on 30 roles left out 0.450 as learnt, 0.500 by vote"
    assert told_by_doctor(crafted) == (State.OK, told)
    assert read(crafted)[1] is None


def test_few_roles_vote(running: Context) -> None:
    told = "by the vote of near roles; 0 roles are rich enough to learn from, 300 are needed"
    assert teach_roles(running) == told
    assert told_by_doctor(running) == (State.OK, told)


def test_what_is_held_is_not_named(crafted: Context) -> None:
    teach_roles(crafted)
    with unit_of_work(crafted.engine, write=True) as store:
        store.people.save_held([held("p1", "use-7", 3)])
    found = likely_for_text(crafted, WORDS, person_id="p1", k=4).likely.skills
    assert "use-7" not in {skill.skill_id for skill in found}
    assert "use-21" in {skill.skill_id for skill in found}
