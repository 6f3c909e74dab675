"""Each feature of a topic, by arithmetic."""

from datetime import timedelta

import numpy as np
import pytest

from domain.people import SkillGap
from domain.sessions import SessionStatus
from domain.suggestions import NeedKind
from recommender.topic_features import built_gaps, topic_features
from tests.builders import NOW, a_session, a_topic
from tests.recommender.spaces import a_need, a_space, ask_topics

A, B = a_topic("a", skill_ids=("delegation", "coaching")), a_topic("b", skill_ids=("focus",), priority=0.5)
SPACE = a_space([A, B])


def held(days_ago: int, topic_id: str = "a", **changes: object) -> object:
    changes = {"status": SessionStatus.HELD, "starts_at": NOW - timedelta(days=days_ago)} | changes
    return a_session(topic_id=topic_id, **changes)


def feature(name: str, *needs: object, **changes: object) -> list[float]:
    return topic_features(ask_topics(*needs, **changes), SPACE)[name].tolist()


def test_gaps_add_up_with_less_from_each() -> None:
    """1 - (1 - 2/4) (1 - 1/4) = .625; a gap in a skill that no topic builds changes nothing."""
    gaps = [SkillGap("delegation", 1, 3), SkillGap("coaching", 2, 3), SkillGap("hiring", 0, 4)]
    assert feature("skill_gap", gaps=gaps) == [0.625, 0]


def test_a_gap_of_four_levels_is_1() -> None:
    assert feature("skill_gap", gaps=[SkillGap("focus", 0, 4)]) == [0, 1]


def test_built_gaps_come_largest_first() -> None:
    gaps = [SkillGap("b", 1, 2), SkillGap("c", 0, 3), SkillGap("a", 1, 2), SkillGap("d", 0, 4)]
    assert [gap.skill_id for gap in built_gaps(gaps, ["a", "b", "c"])] == ["c", "a", "b"]


def test_priority_is_hrs() -> None:
    assert feature("priority") == [0, 0.5]


def test_supply_is_half_at_two_mentors() -> None:
    assert feature("supply", supply={"a": 2, "b": 6}) == [0.5, 0.75]
    assert feature("supply", supply=None) == [0, 0]


def test_freshness_grows_back_in_half_a_year() -> None:
    assert feature("freshness", sessions=[held(45)]) == [0.25, 1]
    assert feature("freshness", sessions=[held(400)]) == [1, 1]
    assert feature("freshness", sessions=[held(90), held(45), held(135, "b")]) == [0.25, 0.75]


def test_only_sessions_held_take_freshness() -> None:
    assert feature("freshness", sessions=[held(1, status=SessionStatus.CANCELLED)]) == [1, 1]


def test_a_session_on_a_topic_that_is_gone_is_no_fault() -> None:
    assert feature("freshness", sessions=[held(1, "gone")]) == [1, 1]


def test_the_best_need_counts() -> None:
    near, far = a_need("I do everything myself"), a_need("pizza dough at home")
    alone, both = feature("need", near), feature("need", near, far)
    assert both == alone
    assert both[0] > feature("need", far)[0]


def test_a_need_counts_by_its_weight() -> None:
    full, half = a_need("I do everything myself"), a_need("I do everything myself", weight=0.5)
    assert feature("need", half) == pytest.approx([value / 2 for value in feature("need", full)])


def test_feedback_is_apart_from_goals() -> None:
    left_open = a_need("nobody else can do it", NeedKind.FEEDBACK)
    assert feature("need", left_open) == [0, 0]
    assert min(feature("feedback", left_open)) > 0.9


def test_every_feature_is_0_to_1() -> None:
    gaps = [SkillGap("delegation", 0, 4), SkillGap("coaching", 0, 4)]
    request = ask_topics(
        a_need("I do everything myself", weight=7), gaps=gaps, supply={"a": 10**6}, sessions=[held(-3)]
    )
    for values in topic_features(request, SPACE).values():
        assert values.shape == (2,)
        assert np.all((values >= 0) & (values <= 1))
