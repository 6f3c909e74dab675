"""What is told about a person is what an export of them holds."""

from services.context import Context
from services.privacy import all_calls_seen, stored_about
from services.privacy_rules import Kind
from tests.services.a_life import WHO, live_a_life


def test_every_kind_is_counted_and_none_is_empty_after_a_life(running: Context) -> None:
    live_a_life(running)
    counted = stored_about(running, WHO)
    assert list(counted) == list(Kind)
    assert [kind for kind, count in counted.items() if not count] == []
    assert counted[Kind.GOALS] == 2  # a goal and a role in own words


def test_who_wrote_nothing_is_known_by_name_alone(running: Context) -> None:
    assert {kind: count for kind, count in stored_about(running, "h1").items() if count} == {Kind.PROFILE: 1}


def test_calls_to_a_model_are_shown_word_for_word(running: Context) -> None:
    live_a_life(running)
    calls = all_calls_seen(running, WHO)
    assert [call.messages for call in calls] == [[("user", "canary-sent")]] * 2
    assert all_calls_seen(running, "h1") == []
