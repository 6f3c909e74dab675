"""What roles teach: more than their vote where texts say more, nothing where too few or too alike roles teach."""

from dataclasses import replace

import numpy as np
import pytest

from domain.language import LocalText
from domain.people import RoleProfile
from recommender import Comparison, RoleLesson, SkillRanker, count_teachers, learn_role_lesson, likely_skills
from recommender import role_lesson as lessons
from tests.recommender.crafts import craft_roles, gaps_of
from tests.recommender.spaces import ENCODER

EMPTY = LocalText("", "")


@pytest.fixture(scope="module")
def taught() -> tuple[list[RoleProfile], RoleLesson]:
    roles = craft_roles(lessons.FEWEST_ROLES)
    lesson = learn_role_lesson(gaps_of(roles))
    assert lesson
    return roles, lesson


def test_what_texts_say_is_learnt_and_beats_the_vote(taught: tuple[list[RoleProfile], RoleLesson]) -> None:
    told = taught[1].comparison
    assert told.roles == 100
    assert told.learnt > told.vote + 0.15  # half of the roles ask by title, which names no tool
    assert taught[1].ranker is not None


def test_a_new_role_in_own_words_gets_the_skills_that_its_words_name(
    taught: tuple[list[RoleProfile], RoleLesson],
) -> None:
    roles, lesson = taught
    gaps = gaps_of(roles)
    assert lesson.ranker
    text = "family3 gadget7 gadget21"
    found = likely_skills(gaps.space, text, ENCODER.encode([text]), {}, 4, ranker=SkillRanker(gaps, lesson.ranker))
    assert {skill.skill_id for skill in found.skills} == {"family3-first", "family3-second", "use-7", "use-21"}
    for skill in found.skills:
        assert all(skill.skill_id in roles[int(role_id[1:])].required_levels for role_id in skill.role_ids)


def test_the_same_roles_teach_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lessons, "FEWEST_ROLES", 60)
    first, again = (learn_role_lesson(gaps_of(craft_roles(60))) for _ in range(2))
    assert first
    assert again
    assert first.ranker
    assert again.ranker
    assert first.comparison == again.comparison
    np.testing.assert_array_equal(first.ranker.line, again.ranker.line)


def test_one_role_too_few_teaches_nothing() -> None:
    assert learn_role_lesson(gaps_of(craft_roles(lessons.FEWEST_ROLES - 1))) is None


def test_roles_without_skills_or_words_do_not_teach() -> None:
    roles = craft_roles(4)
    roles[0] = replace(roles[0], required_levels={})
    roles[1] = replace(roles[1], required_levels=dict.fromkeys(roles[1].required_levels, 2))
    assert count_teachers(roles) == 2
    roles[2] = replace(roles[2], title=EMPTY, summary=EMPTY)
    assert gaps_of(roles).teachers(lessons.FEWEST_CORE).tolist() == [3]


def test_skills_that_all_roles_share_teach_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lessons, "FEWEST_ROLES", 60)
    shared = {f"s{number}": 3 for number in range(5)}
    roles = [replace(role, required_levels=shared) for role in craft_roles(60)]
    assert learn_role_lesson(gaps_of(roles)) is None


def test_one_skill_in_all_roles_is_no_obstacle(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lessons, "FEWEST_ROLES", 60)
    roles = [replace(role, required_levels={**role.required_levels, "talk": 3}) for role in craft_roles(60)]
    lesson = learn_role_lesson(gaps_of(roles))
    assert lesson
    assert np.isfinite([lesson.comparison.vote, lesson.comparison.learnt]).all()


def test_where_the_vote_is_right_already_it_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """Roles of a family need just the same: their vote is without fault, nDCG 1, and nothing can beat it."""
    monkeypatch.setattr(lessons, "FEWEST_ROLES", 60)
    roles = craft_roles(60)
    for place, role in enumerate(roles):
        levels = {f"{role.title.en.split()[0]}-{number}": 3 for number in range(5)}
        roles[place] = replace(role, required_levels=levels)
    lesson = learn_role_lesson(gaps_of(roles))
    assert lesson
    assert lesson.comparison.vote == pytest.approx(1.0)
    assert lesson.ranker is None


@pytest.mark.parametrize(
    ("learnt", "error", "is_better"), [(0.60, 0.04, True), (0.60, 0.05, False), (0.50, 0.0, False), (0.4, 0.01, False)]
)
def test_better_means_by_more_than_two_standard_errors(learnt: float, error: float, is_better: bool) -> None:
    assert Comparison(100, 0.5, learnt, error).is_learnt_better is is_better


def test_a_comparison_is_the_mean_with_the_standard_error_of_the_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    worth = {0: (0.1, 0.4), 1: (0.3, 0.4)}  # differences .3 and .1: mean .2, spread .1 sqrt(2), error .1
    monkeypatch.setattr(lessons, "_worth", lambda gaps, ranker, row, by_title: worth[row])
    found = lessons.compare_with_vote(None, None, [0, 1])  # type: ignore[arg-type]
    assert found == Comparison(2, pytest.approx(0.2), pytest.approx(0.4), pytest.approx(0.1))
