"""Gaps as needs: the skill by name, with the vectors that the index keeps, and no more than a person works on."""

from domain.language import LocalText
from domain.people import Skill, SkillGap
from domain.suggestions import NeedKind
from recommender import need_texts
from services.context import Context
from services.index import refresh_index
from services.needs import MOST_GAPS, gap_needs
from store import unit_of_work
from tests.builders import a_role

LONG = "negotiate terms of sale with many suppliers of goods"


def test_a_gap_is_said_by_the_name_of_its_skill_with_stored_vectors(running: Context) -> None:
    with unit_of_work(running.engine) as store:
        [need] = gap_needs(running, store, [SkillGap("delegation", 1, 3)])
    assert (need.need.kind, need.need.text) == (NeedKind.SKILL_GAP, "delegation")
    assert (need.need.skill_id, need.need.gap_levels, need.vectors.shape) == ("delegation", 2, (1, 64))


def test_an_imported_skill_has_vectors_after_the_next_refresh(running: Context) -> None:
    with unit_of_work(running.engine, write=True) as store:
        store.imported_skills.save([Skill("esco:n", LocalText(LONG, LONG))])
        store.roles.save([a_role("esco:buyer", required_levels={"esco:n": 3})])
        gaps = [SkillGap("esco:n", 0, 3)]
        assert [len(need.vectors) for need in gap_needs(running, store, gaps)] == [0]
    refresh_index(running)
    with unit_of_work(running.engine) as store:
        assert [len(need.vectors) for need in gap_needs(running, store, gaps)] == [len(need_texts(LONG))]


def test_a_skill_that_nobody_knows_any_more_is_left_out(running: Context) -> None:
    with unit_of_work(running.engine) as store:
        assert gap_needs(running, store, [SkillGap("gone", 0, 2)]) == []


def test_only_the_first_twelve_gaps_are_read(running: Context) -> None:
    names = [f"esco:{at:02}" for at in range(MOST_GAPS + 3)]
    with unit_of_work(running.engine, write=True) as store:
        store.imported_skills.save([Skill(name, LocalText(name, name)) for name in names])
        needs = gap_needs(running, store, [SkillGap(name, 0, 2) for name in names])
    assert [need.need.skill_id for need in needs] == names[:MOST_GAPS]
