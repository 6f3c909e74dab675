"""Steps of 0 to 10 and weights mean each other; a preview counts people and points at none."""

from dataclasses import asdict, replace
from datetime import timedelta

import pytest

from domain.blocks import Block
from domain.errors import InvalidInput
from domain.language import Language
from domain.people import Role
from recommender import MentorWeights, TopicWeights
from services.context import Context
from services.programme_page import leading_share, steps_of, weights_of
from services.weight_preview import MentorPreview, preview_mentor_weights, preview_weights
from store import unit_of_work
from tests.builders import NOW, a_goal, a_person, an_offer

NOTHING = dict.fromkeys(asdict(TopicWeights()), 0)


def test_the_defaults_are_whole_steps_and_back() -> None:
    assert list(steps_of(TopicWeights()).values()) == [10, 4, 3, 2, 2, 1, 1, 1, 1]
    assert weights_of(steps_of(TopicWeights()), TopicWeights()) == TopicWeights()


def test_only_what_was_moved_changes() -> None:
    """Of weights learnt, .023 is less than a step of .05: it stays as it is where HR leaves its step alone."""
    learnt = TopicWeights.of(NOTHING | {"need": 0.5, "supply": 0.023, "priority": 0.1})
    steps = steps_of(learnt)
    assert (steps["need"], steps["supply"], steps["priority"]) == (10, 1, 2)
    moved = weights_of(steps | {"priority": 6}, learnt)
    assert moved == TopicWeights.of(NOTHING | {"need": 0.5, "supply": 0.023, "priority": 0.3})


def test_weights_of_mentors_are_no_whole_steps_and_stay_as_they_are() -> None:
    """.04 of .315 is step 1, and comes back as .04; raised to 5 it is half of .315."""
    steps = steps_of(MentorWeights())
    assert (steps["topic_fit"], steps["skill"], steps["load"]) == (10, 1, 3)
    assert weights_of(steps, MentorWeights()) == MentorWeights()
    assert weights_of(steps | {"skill": 5}, MentorWeights()) == MentorWeights(skill=0.1575)


def test_what_should_lead_is_counted_of_a_hundred() -> None:
    """Topics: (.40 + .16 + .12) / 1; mentors: .315 + .04 + .1125 + .06 + .0525 + .03, the whole being 1."""
    assert [leading_share(TopicWeights()), leading_share(MentorWeights())] == [68, 61]


@pytest.mark.parametrize("step", [-1, 11])
def test_a_step_beyond_the_scale_is_named(step: int) -> None:
    with pytest.raises(InvalidInput, match=f"step need must be 0 to 10, got {step}"):
        weights_of(steps_of(TopicWeights()) | {"need": step}, TopicWeights())
    with pytest.raises(InvalidInput, match="weights must not all be 0"):
        weights_of(NOTHING, TopicWeights())


def company(running: Context, people: int) -> None:
    """Let so many people want clear mails, and have put delegation forward."""
    with unit_of_work(running.engine, write=True) as store:
        store.people.save([a_person(f"x{n}") for n in range(people)])
        for n in range(people):
            store.goals.add(a_goal(f"gx{n}", f"x{n}", text="my messages get no answer"))
        store.put_setting("topic_priorities", {"delegate-work": 1.0})


ONLY_PRIORITY = TopicWeights.of(NOTHING | {"priority": 1})


def test_who_would_see_another_first_topic_is_counted(running: Context) -> None:
    """Six people have write-clearly first now and delegate-work then; the other three of the company do not change."""
    company(running, 6)
    preview = preview_weights(running, ONLY_PRIORITY)
    assert preview.is_told
    assert preview.changed == 6
    assert (preview.gains, preview.losses) == ([], [])  # both stand among the first three before and after


def test_the_same_weights_change_nothing(running: Context) -> None:
    company(running, 6)
    assert preview_weights(running, TopicWeights()).changed == 0


def test_fewer_than_five_are_not_counted(running: Context) -> None:
    """Of five mentees four change, and p1 keeps delegate-work."""
    company(running, 4)
    preview = preview_weights(running, ONLY_PRIORITY)
    assert (preview.people, preview.is_told, preview.changed) == (5, True, None)


@pytest.mark.parametrize(("people", "shift"), [(4, 5), (3, 0)])
def test_topics_that_come_and_go_for_five_or_more_are_named(running: Context, people: int, shift: int) -> None:
    """All four topics have mentors: after speak-up ties go by id then, so that read-plans comes in for all, p1 too."""
    with unit_of_work(running.engine, write=True) as store:
        store.offers.save([an_offer("m1", topic_ids=frozenset(topic.id for topic in store.catalog.current().topics))])
    company(running, people)
    with unit_of_work(running.engine, write=True) as store:
        store.put_setting("topic_priorities", {"speak-up": 1.0})
    preview = preview_weights(running, ONLY_PRIORITY)
    assert [(gain.topic.id, gain.people) for gain in preview.gains] == ([("read-plans", shift)] if shift else [])


def test_a_preview_ends_after_two_seconds_with_the_people_reached_by_then(running: Context) -> None:
    company(running, 20)
    ticks = iter(range(1000))
    slow = replace(running, clock=lambda: NOW + timedelta(seconds=next(ticks) / 4))
    assert preview_weights(slow, ONLY_PRIORITY).people == 8


def test_of_fewer_than_five_people_nothing_is_told(running: Context) -> None:
    with unit_of_work(running.engine, write=True) as store:
        store.people.save([a_person(id, is_active=False) for id in ("m1", "m2", "h1")])
    assert not preview_weights(running, ONLY_PRIORITY).is_told


ONLY = dict.fromkeys(asdict(MentorWeights()), 0)


def asked_elsewhere(running: Context, people: int) -> None:
    """Let m1 and m2 both offer clear mails to so many people, m2 in Russian too, and m1 be the first by id."""
    company(running, people)
    with unit_of_work(running.engine, write=True) as store:
        store.put_setting("topic_priorities", {})
        store.offers.save([an_offer(id, topic_ids=frozenset({"write-clearly"})) for id in ("m1", "m2")])
        both = frozenset({Language.EN, Language.RU})
        store.people.save([a_person("m2", languages=both, roles=frozenset({Role.MENTOR}))])
        store.people.save(
            [a_person(f"x{n}", locale=Language.RU, languages=both, manager_id=None) for n in range(people)]
        )
        store.put_setting("mentor_weights", ONLY | {"format": 1})


def test_who_would_see_another_first_mentor_is_counted(running: Context) -> None:
    """By format alone both are equal and m1 is first; by language m2 is, for the six who read in Russian."""
    asked_elsewhere(running, 6)
    preview = preview_mentor_weights(running, MentorWeights.of(ONLY | {"language": 1}))
    assert (preview.changed, preview.mentors_now, preview.mentors_then) == (6, 2, 2)
    assert preview_mentor_weights(running, MentorWeights.of(ONLY | {"format": 3})).changed == 0


def test_a_mentor_who_is_blocked_is_in_no_preview(running: Context) -> None:
    asked_elsewhere(running, 6)
    with unit_of_work(running.engine, write=True) as store:
        for n in range(6):
            store.blocks.add(Block(f"x{n}", "m2", NOW))
    assert preview_mentor_weights(running, MentorWeights.of(ONLY | {"language": 1})).changed == 0


def test_of_fewer_than_five_no_change_of_mentors_is_counted(running: Context) -> None:
    asked_elsewhere(running, 4)
    preview = preview_mentor_weights(running, MentorWeights.of(ONLY | {"language": 1}))
    assert preview.changed is None
    assert not MentorPreview(4, 0, 1, 1).is_told
