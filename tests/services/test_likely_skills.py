"""Likely skills of a person: from the role in own words, minus what is held and struck; a target role goes first."""

from pathlib import Path

import pytest

from domain.errors import InvalidInput, NotFound
from domain.language import Language, LocalText
from domain.origins import ACKNOWLEDGEMENTS, Origin
from domain.people import GoalRole, RoleProfile, SkillGap
from services.context import Context, LazyEncoder
from services.goal_role import write_goal_role
from services.index import refresh_index
from services.likely_skills import acknowledgements_for, gaps_of, likely_for_person, likely_for_text
from services.suggest import has_told_us, suggest_for_person
from store import unit_of_work
from tests.builders import a_person, a_role, held
from tests.fakes.encoder import FakeEncoder

WORDS = "read plans of queries as a database tuner"


def tuner(**changes: object) -> RoleProfile:
    title, summary = LocalText("Database tuner", "Настройщик баз"), LocalText("Reads plans of queries", "Читает планы")
    return a_role("tuner", title=title, summary=summary, required_levels={"sql": 3, "delegation": 1}, **changes)


@pytest.fixture
def wishing(running: Context) -> Context:
    """The small company with one more role, and p5 who wants it and has no target role."""
    with unit_of_work(running.engine, write=True) as store:
        store.people.save([a_person("p5")])
        store.roles.save([tuner()])
    refresh_index(running)
    write_goal_role(running, "p5", f"  {WORDS} ")
    return running


def test_a_role_in_own_words_gives_gaps_that_say_they_are_likely(wishing: Context) -> None:
    with unit_of_work(wishing.engine) as store:
        person = store.people.get("p5")
        assert store.goal_roles.of("p5") == GoalRole("p5", WORDS, Language.EN)
        assert gaps_of(wishing, store, person) == [SkillGap("sql", 0, 3, True), SkillGap("delegation", 0, 1, True)]


def test_what_is_held_or_struck_is_not_named(wishing: Context) -> None:
    with unit_of_work(wishing.engine, write=True) as store:
        store.people.save_held([held("p5", "delegation", 1)])
        assert [skill.skill_id for skill in likely_for_person(wishing, store, "p5").skills] == ["sql"]
        store.goal_roles.strike("p5", ["sql"])
        found = likely_for_person(wishing, store, "p5")
    assert (found.role_ids, found.skills) == (("tuner",), ())


def test_a_target_role_goes_before_own_words(wishing: Context) -> None:
    with unit_of_work(wishing.engine, write=True) as store:
        store.people.save([a_person("p5", target_role_id="team-lead")])
        assert gaps_of(wishing, store, store.people.get("p5")) == [SkillGap("delegation", 0, 3)]


def test_nothing_written_gives_nothing(wishing: Context) -> None:
    with unit_of_work(wishing.engine) as store:
        assert gaps_of(wishing, store, store.people.get("m1")) == []


def test_a_likely_gap_counts_for_topics_and_nothing_is_embedded(wishing: Context) -> None:
    def refuse() -> FakeEncoder:
        raise AssertionError("the encoder was loaded")

    unloaded = Context(wishing.engine, wishing.clock, LazyEncoder(wishing.encoder.name, refuse), wishing.spaces)
    with unit_of_work(wishing.engine) as store:
        assert has_told_us(wishing, store.people.get("p5"))
    first = suggest_for_person(unloaded, "p5").answer.topics[0]
    # every topic builds delegation: half of one level of four; the name of the other skill adds next to nothing
    assert first.features["skill_gap"] == pytest.approx(0.125, abs=0.01)


def test_a_text_typed_now_is_answered_and_not_kept(wishing: Context) -> None:
    found = likely_for_text(wishing, WORDS)
    assert [skill.skill_id for skill in found.likely.skills] == ["sql", "delegation"]
    assert (found.skills["sql"].name.en, found.roles["tuner"]) == ("sql", tuner())
    assert [skill.skill_id for skill in likely_for_text(wishing, WORDS, person_id="p1").likely.skills] == ["sql"]
    with unit_of_work(wishing.engine) as store:
        assert store.goal_roles.of("p1") is None


def test_words_without_a_role_find_none(wishing: Context) -> None:
    assert likely_for_text(wishing, "somewhere warm").likely.role_ids == ()


def test_a_changed_role_is_read_at_once(wishing: Context) -> None:
    with unit_of_work(wishing.engine, write=True) as store:
        store.roles.save([tuner(origin=Origin.ESCO)])
    found = likely_for_text(wishing, WORDS)
    assert acknowledgements_for(found.roles.values()) == [ACKNOWLEDGEMENTS[Origin.ESCO]]


@pytest.mark.parametrize("text", ["", " \n", "?!", "a\x00b", "ab\ud800c", "x" * 301])
def test_what_is_no_role_is_refused(wishing: Context, text: str) -> None:
    with pytest.raises(InvalidInput, match="goal role must"):
        likely_for_text(wishing, text)


def test_an_unknown_person_is_named(wishing: Context) -> None:
    with pytest.raises(NotFound, match="person must exist, got nobody"):
        likely_for_text(wishing, WORDS, person_id="nobody")


def test_the_role_index_is_made_again_when_it_is_damaged(wishing: Context, tmp_path: Path) -> None:
    path = wishing.spaces.path_of("roles")
    assert path.exists()
    path.write_bytes(b"damaged")
    fresh = type(wishing.spaces)(wishing.spaces.encoder, wishing.spaces.folder)
    with unit_of_work(wishing.engine) as store:
        assert fresh.role_spaces.space(store).nearness(WORDS, wishing.encoder.encode([WORDS])).is_near
    assert path.read_bytes() != b"damaged"
