"""Likely skills: near roles vote, what is held or struck is not named, and silence where no role is near."""

import numpy as np
import pytest

from domain.errors import InvalidInput
from domain.language import LocalText
from domain.people import SkillGap
from recommender import LikelySkill, LikelySkills, RoleSpace, likely_skills
from tests.builders import a_role
from tests.recommender.spaces import BOTH, index_of

VECTORS = {"baker": (1.0, 0.0, 0.0), "cook": (0.8, 0.6, 0.0), "pilot": (0.0, 0.0, 1.0)}
LEVELS = {"baker": {"knead": 4, "tidy": 2}, "cook": {"tidy": 4, "taste": 1}, "pilot": {"fly": 4}}
NOTHING = LocalText("", "")
ROLES = [
    a_role(key, title=LocalText(key, key), summary=NOTHING, required_levels=levels) for key, levels in LEVELS.items()
]
SPACE = RoleSpace(ROLES, index_of(VECTORS), BOTH)
# The similarities to (1, 0, 0) are 2 / 2.5 = .8, 1.6 / 2.5 = .64 and 0; below .6 x .8 = .48 a role abstains. The votes
# are .32^2 = .1024 and .16^2 = .0256, shares of .8 and .2.
KNEAD = LikelySkill("knead", 4, pytest.approx(0.8 * 4 / 4), ("baker",))
TIDY = LikelySkill("tidy", 2, pytest.approx((0.8 * 2 + 0.2 * 4) / 4), ("baker", "cook"))


def likely(vector: tuple[float, ...] = (1.0, 0.0, 0.0), **more: object) -> LikelySkills:
    held = more.pop("held", {})
    text = f"xyz {vector}"  # a space remembers what it compared by text
    return likely_skills(SPACE, text, np.array([vector], dtype=np.float32), held, **more)  # type: ignore[arg-type]


def test_near_roles_vote_and_a_faint_vote_is_not_heard() -> None:
    assert likely() == LikelySkills(("baker", "cook"), (KNEAD, TIDY))


def test_the_level_is_the_mean_over_the_votes_and_halves_count_up() -> None:
    between = (3**0.5 / 2, 0.5, 0.0)
    roles = [
        a_role(key, title=LocalText(key, key), summary=NOTHING, required_levels={"s": n})
        for key, n in (("a", 2), ("b", 3))
    ]
    space = RoleSpace(roles, index_of({"a": (1.0, 0.0, 0.0), "b": (0.5, 3**0.5 / 2, 0.0)}), BOTH)
    found = likely_skills(space, "xyz", np.array([between], dtype=np.float32), {})
    assert [(skill.level, skill.role_ids) for skill in found.skills] == [(3, ("a", "b"))]


@pytest.mark.parametrize(
    ("held", "named"),
    [
        ({"knead": 3}, ["knead", "tidy"]),
        ({"knead": 4}, ["tidy"]),
        ({"tidy": 2}, ["knead"]),
        ({"tidy": 1}, ["knead", "tidy"]),
    ],
)
def test_a_skill_that_is_held_at_its_level_is_not_named(held: dict[str, int], named: list[str]) -> None:
    assert [skill.skill_id for skill in likely(held=held).skills] == named


def test_a_struck_skill_makes_room_for_the_next() -> None:
    assert [skill.skill_id for skill in likely(k=1).skills] == ["knead"]
    assert [skill.skill_id for skill in likely(k=1, left_out={"knead"}).skills] == ["tidy"]


def test_nothing_is_said_where_no_role_is_near() -> None:
    assert likely((-0.9, 0.0, 0.4)) == LikelySkills()


def test_everything_held_still_names_the_roles() -> None:
    found = likely(held={"knead": 4, "tidy": 4})
    assert (found.role_ids, found.skills) == (("baker", "cook"), ())


def test_equal_skills_come_by_id() -> None:
    role = a_role("baker", title=LocalText("baker", "baker"), summary=NOTHING, required_levels={"b": 2, "a": 2, "c": 2})
    space = RoleSpace([role], index_of({"baker": (1.0, 0.0, 0.0)}), BOTH)
    found = likely_skills(space, "xyz", np.array([(1.0, 0.0, 0.0)], dtype=np.float32), {})
    assert [skill.skill_id for skill in found.skills] == ["a", "b", "c"]


def test_words_alone_find_the_role() -> None:
    found = likely_skills(RoleSpace(ROLES), "a pilot", np.empty((0, 0), dtype=np.float32), {})
    assert found == LikelySkills(("pilot",), (LikelySkill("fly", 4, 1.0, ("pilot",)),))


def test_gaps_are_what_is_wanted_minus_what_is_held_largest_first() -> None:
    assert likely(held={"knead": 3}).gaps({"knead": 3}) == [SkillGap("tidy", 0, 2, True), SkillGap("knead", 3, 4, True)]


def test_k_must_be_at_least_1() -> None:
    with pytest.raises(InvalidInput, match="k must be at least 1, got 0"):
        likely(k=0)


class Taught:
    """A ranker that was taught these scores by skill id."""

    def __init__(self, **scores: float) -> None:
        self._scores = scores

    def scores(self, text: str, vectors: np.ndarray) -> np.ndarray:
        return np.array([self._scores.get(skill_id, 0.0) for skill_id in SPACE.skill_ids])


def test_what_was_learnt_orders_and_roles_near_say_the_level() -> None:
    """Roles count by .8 and .64 squared, shares of .61 and .39: tidy is wanted at 2 x .61 + 4 x .39 = 2.78."""
    found = likely(ranker=Taught(tidy=0.9, knead=0.5))
    assert found.skills == (
        LikelySkill("tidy", 3, 0.9, ("baker", "cook")),
        LikelySkill("knead", 4, 0.5, ("baker",)),
    )
    assert found.role_ids == ("baker", "cook")


def test_what_was_learnt_is_named_only_where_a_role_near_by_requires_it() -> None:
    assert [skill.skill_id for skill in likely(ranker=Taught(fly=0.99, tidy=0.4)).skills] == ["tidy"]


def test_what_is_a_quarter_as_likely_as_the_best_is_the_last_named() -> None:
    found = likely(ranker=Taught(tidy=0.8, knead=0.2, taste=0.19))
    assert [skill.skill_id for skill in found.skills] == ["tidy", "knead"]


def test_what_is_held_or_struck_is_not_named_by_what_was_learnt() -> None:
    found = likely(ranker=Taught(tidy=0.9, knead=0.8, taste=0.7), held={"tidy": 3}, left_out={"taste"})
    assert [skill.skill_id for skill in found.skills] == ["knead"]


def test_nothing_likely_enough_still_names_the_roles() -> None:
    assert likely(ranker=Taught()) == LikelySkills(("baker", "cook"))


def test_a_text_without_embeddings_lets_near_roles_vote() -> None:
    nothing = np.empty((0, 0), dtype=np.float32)
    found = likely_skills(SPACE, "a pilot", nothing, {}, ranker=Taught(tidy=0.9))  # type: ignore[arg-type]
    assert [skill.skill_id for skill in found.skills] == ["fly"]


def test_no_role_near_is_silence_whatever_was_learnt() -> None:
    assert likely((-0.9, 0.0, 0.4), ranker=Taught(tidy=0.9)) == LikelySkills()
