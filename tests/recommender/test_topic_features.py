"""Each feature of a topic, by arithmetic."""

from datetime import timedelta

import numpy as np
import pytest

from domain.people import SkillGap
from domain.sessions import SessionStatus
from domain.suggestions import NeedKind
from recommender.topic_features import topic_features
from recommender.topic_gaps import built_gaps
from tests.builders import NOW, a_feedback, a_session, a_topic
from tests.recommender.spaces import a_need, a_space, ask_topics, helped_by

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


def test_progress_is_what_is_left_to_gain() -> None:
    """1 - 2/4 = .5; level 4 leaves nothing; the last word counts; what was not begun stands at 1/2."""
    sessions = [held(60, id="old"), held(45, id="new")]
    before = a_feedback("f1", session_id="old", level_after=0, still_open="", created_at=NOW - timedelta(days=60))

    def after(level: int | None, still_open: str = "") -> list[float]:
        now = a_feedback("f2", session_id="new", level_after=level, still_open=still_open)
        return feature("progress", sessions=sessions, own_feedback=[now, before])

    assert [after(level) for level in (0, 1, 2, 3, 4)] == [[1, 0.5], [0.75, 0.5], [0.5, 0.5], [0.25, 0.5], [0, 0.5]]
    assert after(2, "how to check") == [1, 0.5]
    assert after(3, "how to check") == [0.25, 0.5]
    assert after(None, "how to check") == [1, 0.5]
    assert after(None) == [0.5, 0.5]
    assert feature("progress") == [0.5, 0.5]


def test_priority_of_the_programme_goes_before_that_of_the_catalog() -> None:
    assert feature("priority", priorities={"a": 0.25, "b": 0.0, "gone": 1.0}) == [0.25, 0]


def test_mentors_with_time_soon_count_rather_than_all() -> None:
    assert feature("supply", supply={"a": 6, "b": 6}, free_soon={"a": 2}) == [0.5, 0]


def test_exploration_fades_with_the_times_shown() -> None:
    """1 / sqrt(1 + 3) = 1/2; what was never shown is 1; without counts it is no feature at all."""
    assert feature("exploration", shown={"a": 3}) == [0.5, 1]
    assert feature("exploration") == [0, 0]


def test_what_helped_people_of_the_same_topics_counts_and_own_topics_do_not() -> None:
    """Six people: likeness 6 / sqrt(6 * 6) * 6 / (6 + 10) = .375 both ways; a was held, so only b counts."""
    assert feature("helped_similar", sessions=[held(45)], helped=helped_by("a", "b", people=6)) == [0, 0.375]
    assert feature("helped_similar", helped=helped_by("a", "b", people=6)) == [0, 0]


def test_a_gap_that_no_topic_builds_counts_by_its_name_and_size() -> None:
    """1 - (1 - built by id) (1 - likeness of the name * levels / 4)."""
    gap = a_need("I do everything myself", NeedKind.SKILL_GAP, skill_id="esco-1", gap_levels=2)
    likeness = SPACE.phrases.similarity(gap).tolist()
    assert feature("skill_gap", gap) == pytest.approx([value / 2 for value in likeness])
    with_focus = feature("skill_gap", gap, gaps=[SkillGap("focus", 0, 2)])
    assert with_focus == pytest.approx([likeness[0] / 2, 1 - (1 - 0.5) * (1 - likeness[1] / 2)])


def test_a_gap_that_a_topic_builds_counts_by_id_alone() -> None:
    gap = a_need("I do everything myself", NeedKind.SKILL_GAP, skill_id="focus", gap_levels=2)
    assert feature("skill_gap", gap) == [0, 0]
    assert feature("skill_gap", gap, gaps=[SkillGap("focus", 0, 2)]) == [0, 0.5]


def test_only_sessions_held_take_freshness() -> None:
    assert feature("freshness", sessions=[held(1, status=SessionStatus.CANCELLED)]) == [1, 1]


def test_a_session_on_a_topic_that_is_gone_is_no_fault() -> None:
    assert feature("freshness", sessions=[held(1, "gone")]) == [1, 1]


def test_a_likely_gap_counts_half() -> None:
    gaps = [[SkillGap("delegation", 1, 3, is_likely=guess)] for guess in (False, True)]
    chosen, likely = (feature("skill_gap", gaps=some) for some in gaps)
    assert (max(chosen), max(likely)) == (0.5, 0.25)


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
