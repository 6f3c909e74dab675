"""Skill gaps over made-up roles whose structure is known: a family shares a core, one word of a text tells it."""

import numpy as np
import pytest

from recommender.evaluate.baselines import baseline_scores
from recommender.evaluate.measure import measure
from recommender.evaluate.skill_gap import gap_space, rank_missing_entries
from recommender.evaluate.tasks import Entry, GapNeed, KnownRole, SkillGapTask
from recommender.metrics import parse_metric
from tests.fakes.encoder import FakeEncoder

FAMILIES = ("nursing", "masonry", "auditing", "baking", "sailing", "tuning")
CORE, ROLES_EACH = 12, 14
ENCODE = FakeEncoder().encode


def core_of(family: str) -> list[str]:
    return [f"{family}-{number:02d}" for number in range(CORE)]


def families_task(seed: int) -> SkillGapTask:
    """Roles hold two thirds of their family's core and two entries from anywhere; titles of entries tell nothing."""
    chance = np.random.default_rng(seed)
    everything = [key for family in FAMILIES for key in core_of(family)]
    entries = tuple(Entry(key, f"ability {chance.integers(10_000)}", "") for key in everything)
    roles = []
    for family in FAMILIES:
        for number in range(ROLES_EACH):
            essential = [*chance.choice(core_of(family), 8, replace=False), *chance.choice(everything, 2)]
            text = f"They do {family} with word{chance.integers(50)} and word{chance.integers(50)}."
            roles.append(KnownRole(f"{family}{number}", f"title{number} {family}", text, tuple(essential), ()))
    needs = tuple(
        GapNeed(family, f"new {family} role. They do {family} at word{number}.", frozenset(core_of(family)[:4]))
        for number, family in enumerate(FAMILIES)
    )
    return SkillGapTask(entries, tuple(roles), needs)


@pytest.mark.parametrize("seed", range(3))
def test_what_the_family_of_the_goal_needs_comes_first(seed: int) -> None:
    task = families_task(seed)
    relevant = {family: dict.fromkeys(core_of(family)[4:], 1) for family in FAMILIES}
    precision = [parse_metric("rp@8")]

    ours = measure(task, rank_missing_entries(task, ENCODE), relevant, precision)["rp@8"]

    assert ours > 0.9
    for name in ("popularity", "bm25", "tfidf", "minilm", "random"):
        assert measure(task, baseline_scores(task, ENCODE)[name](), relevant, precision)["rp@8"] < ours


def test_a_role_to_learn_from_does_not_see_itself_nor_its_twins() -> None:
    own = tuple(f"e{number}" for number in range(6))
    roles = (
        KnownRole("r1", "baker", "bakes bread", own, ()),
        KnownRole("r2", "baker of cakes", "bakes bread and cakes", (*own, "x"), ()),
        KnownRole("r3", "sailor", "sails", ("x", "y"), ("z",)),
    )
    task = SkillGapTask(tuple(Entry(key, f"thing {key}", "") for key in (*own, "x", "y", "z")), roles, ())
    space = gap_space(task, ENCODE)

    goals = space.goals_of_roles(np.array([0]))

    assert goals.hidden[0].tolist() == [0, 1]
    candidates = next(space.candidates(goals))
    own_rows = np.isin(candidates.rows, range(6))
    for name, values in zip(candidates.names, candidates.features.T, strict=True):
        if name.startswith(("votes", "kernel.essential", "kin.together")) and not name.endswith("_by_best"):
            np.testing.assert_allclose(values[own_rows], 0.0, atol=1e-6, err_msg=name)


def test_at_most_three_twins_are_hidden() -> None:
    own = tuple(f"e{number}" for number in range(6))
    roles = tuple(KnownRole(f"r{number}", "baker", f"bakes bread {number}", own, ()) for number in range(9))
    space = gap_space(SkillGapTask(tuple(Entry(key, key, "") for key in own), roles, ()), ENCODE)
    assert len(space.goals_of_roles(np.array([8])).hidden[0]) == 1 + 3


def test_what_is_held_is_no_candidate() -> None:
    task = families_task(0)
    space = gap_space(task, ENCODE)
    goals = space.goals_of_roles(np.array([3, 40]))
    for held, candidates in zip(goals.held, space.candidates(goals), strict=True):
        assert len(held) > 0
        assert set(held) & set(candidates.rows) == set()


def test_roles_too_poor_to_learn_from_still_vote() -> None:
    roles = (KnownRole("r1", "baker", "bakes bread", ("e1", "e2"), ()), KnownRole("r2", "sailor", "sails", ("e3",), ()))
    entries = tuple(Entry(key, f"thing {key}", "") for key in ("e1", "e2", "e3"))
    task = SkillGapTask(entries, roles, (GapNeed("n", "sailor. sails the sea", frozenset()),))
    assert rank_missing_entries(task, ENCODE).argmax() == 2


def test_the_same_task_gives_the_same_scores() -> None:
    task = families_task(1)
    np.testing.assert_array_equal(rank_missing_entries(task, ENCODE), rank_missing_entries(task, ENCODE))
