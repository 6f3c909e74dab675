"""Roles as the learnt ranker sees them: what gives a left-out role away is hidden, and a goal names a title."""

from dataclasses import replace

import numpy as np

from domain.language import LocalText
from recommender import need_texts
from tests.builders import a_role
from tests.recommender.crafts import craft_roles, gaps_of
from tests.recommender.spaces import ENCODER

NOBODY = np.array([], dtype=np.int64)


def test_a_skill_that_only_hidden_roles_require_is_no_candidate() -> None:
    roles = craft_roles(30)
    roles[5] = replace(roles[5], required_levels={**roles[5].required_levels, "rare": 3})
    gaps = gaps_of(roles)
    rare = gaps.space.skill_ids.index("rare")
    assert rare in gaps.candidates(5, True, NOBODY).rows
    left_out = gaps.candidates(5, True, np.array([5]))
    assert rare not in left_out.rows
    assert len(left_out.rows) == len(left_out.features) > 0


def test_core_are_the_skills_wanted_at_level_3_or_above() -> None:
    role = a_role("baker", required_levels={"a": 2, "b": 3, "c": 4})
    assert gaps_of([role]).is_core(0).tolist() == [False, True, True]


def test_a_role_asks_by_title_or_in_full() -> None:
    gaps = gaps_of([a_role("baker", title=LocalText("Baker", "Baker"), summary=LocalText("Bakes", "Bakes"))])
    text, vectors = gaps.asked(0, by_title=True)
    assert text == "Baker"
    np.testing.assert_allclose(vectors, ENCODER.encode(["Baker"]), atol=1e-6)
    text, vectors = gaps.asked(0, by_title=False)
    assert text == "Baker. Bakes"
    np.testing.assert_allclose(vectors, ENCODER.encode(["Baker. Bakes", "Baker"]), atol=1e-6)


def test_the_window_nearest_to_a_title_is_read_as_the_title() -> None:
    text = "I have had enough of my desk, family3 family3 worker 3"
    gaps = gaps_of(craft_roles(30))
    found = gaps.candidates_for(text, ENCODER.encode(need_texts(text)))
    best = found.rows[np.argmax(found.features[:, found.names.index("votes.fused_5")])]
    assert gaps.space.skill_ids[best].startswith("family3")


def test_a_role_without_words_and_a_skill_without_a_name_are_no_fault() -> None:
    empty = a_role("empty", title=LocalText("", ""), summary=LocalText("", ""), required_levels={"": 3})
    gaps = gaps_of([*craft_roles(12), empty])
    found = gaps.candidates_for("family3", ENCODER.encode(["family3"]))
    assert np.isfinite(found.features).all()
