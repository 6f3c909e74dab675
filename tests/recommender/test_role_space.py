"""How near roles come to a text: by meaning, by words of both languages, and whether any is near enough."""

from collections.abc import Mapping, Sequence

import numpy as np
import pytest

from domain.language import Language, LocalText
from domain.people import RoleProfile
from recommender import RoleSpace, need_texts, role_texts
from tests.builders import a_role
from tests.recommender.spaces import BOTH, index_of

NOTHING = np.empty((0, 0), dtype=np.float32)
ENGLISH = frozenset({Language.EN})


def role(id: str, title: str, summary: str = "", ru: str = "") -> RoleProfile:
    return a_role(id, title=LocalText(title, ru or title), summary=LocalText(summary, summary))


def space_of(vectors: Mapping[str, Sequence[float]], *roles: RoleProfile) -> RoleSpace:
    return RoleSpace(roles, index_of(vectors), BOTH)


def asked(text: str, *vectors: Sequence[float]) -> tuple[str, np.ndarray]:
    assert len(vectors) == len(need_texts(text))
    return text, np.array(vectors, dtype=np.float32)


BAKER, PILOT = role("baker", "Baker", "Bakes bread"), role("pilot", "Pilot")
VECTORS = {"Baker": (1.0, 0.0), "Baker. Bakes bread": (0.6, 0.8), "Pilot": (-1.0, 0.0)}


def test_meaning_is_the_whole_and_the_title() -> None:
    found = space_of(VECTORS, BAKER, PILOT).nearness(*asked("xyz", (1.0, 0.0)))
    assert found.similarities == pytest.approx([(0.6 + 1.0) / 2.5, 0.0])
    assert found.is_near


def test_the_window_that_names_the_role_is_heard_against_the_title() -> None:
    text = "xyz qrs, uvw klm"
    found = space_of(VECTORS, BAKER).nearness(*asked(text, (0.0, 1.0), (1.0, 0.0), (0.0, 1.0)))
    assert found.similarities == pytest.approx([(0.8 + 1.0) / 2.5])


def test_words_add_to_meaning() -> None:
    alone = space_of(VECTORS, BAKER, PILOT)
    without, by_word = (alone.nearness(*asked(text, (0.6, 0.8))).similarities[0] for text in ("xyz", "baker"))
    assert without == pytest.approx((1.0 + 0.6) / 2.5)
    assert by_word - without == pytest.approx(0.5 / 2.5 * 3**-0.5)  # one of three words, all as rare


@pytest.mark.parametrize(("similarity", "is_near"), [(0.43, True), (0.41, False)])
def test_the_nearest_role_must_be_near_enough(similarity: float, is_near: bool) -> None:
    found = space_of(VECTORS, PILOT).nearness(*asked("xyz", (-similarity, (1 - similarity**2) ** 0.5)))
    assert found.is_near is is_near


@pytest.mark.parametrize(("text", "is_near"), [("baker", True), ("пекарь", True), ("xyz", False), ("", False)])
def test_without_embeddings_words_of_both_languages_decide(text: str, is_near: bool) -> None:
    space = RoleSpace([role("baker", "Baker", ru="Пекарь"), PILOT])
    found = space.nearness(text, NOTHING)
    assert found.is_near is is_near
    assert found.similarities == pytest.approx([1.0, 0.0] if is_near else [0.0, 0.0])


def test_a_need_with_embeddings_is_compared_by_words_where_the_roles_have_none() -> None:
    assert RoleSpace([BAKER]).nearness(*asked("baker", (1.0, 0.0))).is_near


def test_no_roles_are_no_fault() -> None:
    for vectors in (NOTHING, np.ones((1, 2), dtype=np.float32)):
        found = RoleSpace([]).nearness("baker", vectors)
        assert (found.similarities.tolist(), found.is_near) == ([], False)


def test_the_same_text_is_worked_out_once_and_apart_from_words_alone() -> None:
    space = space_of(VECTORS, BAKER)
    first, again = (space.nearness(*asked("xyz", (1.0, 0.0))) for _ in range(2))
    assert first.similarities.base is again.similarities.base
    assert space.nearness("xyz", NOTHING).similarities.tolist() == [0.0]


def test_levels_stand_by_role_and_skill_in_the_order_of_ids() -> None:
    space = RoleSpace([a_role("b", required_levels={"z": 1, "y": 4}), a_role("a", required_levels={"x": 2})])
    assert ([role.id for role in space.roles], space.skill_ids) == (["a", "b"], ("x", "y", "z"))
    assert space.levels.toarray().tolist() == [[2, 0, 0], [0, 4, 1]]


def test_texts_to_embed_come_once_each_and_only_in_languages_that_are_spoken() -> None:
    both = a_role("b", title=LocalText("Baker", "Пекарь"), summary=LocalText("Bakes", "Печёт"))
    assert role_texts([both, PILOT, PILOT], BOTH) == ["Baker", "Baker. Bakes", "Пекарь", "Пекарь. Печёт", "Pilot"]
    assert role_texts([both, PILOT], ENGLISH) == ["Baker", "Baker. Bakes", "Pilot"]
