"""Not for me: the next ranking is another one, and taking it back gives the very one from before."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.errors import NotFound
from domain.suggestions import Rule, SuggestionSet
from services.context import Context
from services.passed_topics import pass_topic, take_topic_back
from services.suggest import suggest_for_need, suggest_for_person
from store import unit_of_work
from tests.builders import NOW


def shown(context: Context) -> SuggestionSet:
    return suggest_for_person(context, "p1").answer


def test_the_next_ranking_differs_and_undo_restores_it_exactly(running: Context) -> None:
    before = shown(running)
    first = before.topics[0].topic_id
    pass_topic(running, "p1", first)
    without = shown(running)
    assert [topic.topic_id for topic in without.topics] == [topic.topic_id for topic in before.topics[1:]]
    assert [(gone.rule, gone.text) for gone in without.excluded if gone.candidate_id == first] == [
        (
            Rule.PASSED,
            "You said on 2 March that “Handing work over” is not for you; it may come up again after 31 May",
        )
    ]
    take_topic_back(running, "p1", first)
    assert (shown(running).topics, shown(running).excluded) == (before.topics, before.excluded)


def test_a_need_typed_later_keeps_to_it_too(running: Context) -> None:
    pass_topic(running, "p1", "delegate-work")
    answer = suggest_for_need(running, "I do everything myself", person_id="p1").answer
    assert "delegate-work" not in [topic.topic_id for topic in answer.topics]
    assert [gone.rule for gone in answer.excluded if gone.candidate_id == "delegate-work"] == [Rule.PASSED]


def test_it_is_nobody_elses_business(running: Context) -> None:
    before = suggest_for_person(running, "h1").answer.topics
    pass_topic(running, "p1", "delegate-work")
    assert suggest_for_person(running, "h1").answer.topics == before


@pytest.mark.parametrize(("days", "is_back"), [(89, False), (90, True)])
def test_after_90_days_it_may_come_up_again(days: int, is_back: bool, running: Context) -> None:
    pass_topic(running, "p1", "delegate-work")
    later = replace(running, clock=lambda: NOW + timedelta(days=days))
    assert ("delegate-work" in [topic.topic_id for topic in shown(later).topics]) is is_back


def test_an_unknown_topic_cannot_be_passed_on(running: Context) -> None:
    with pytest.raises(NotFound, match="topic"):
        pass_topic(running, "p1", "juggling")
    with unit_of_work(running.engine) as store:
        assert store.passed_topics.of("p1") == {}
