"""Ten invented people: their topics under other weights, found without anybody's words."""

from dataclasses import replace

from recommender import TopicWeights
from services.context import Context
from services.sample_people import SAMPLES, preview_samples
from store import unit_of_work
from tests.builders import a_goal, a_role


def test_there_are_ten_in_both_languages() -> None:
    assert len(SAMPLES) == 10
    assert all(sample.goal.en and sample.goal.ru for sample in SAMPLES)


def test_the_weights_in_force_change_nothing_for_them(running: Context) -> None:
    found = preview_samples(running, TopicWeights())
    assert [change.goal for change in found] == [sample.goal for sample in SAMPLES]
    assert all(change.now == change.then and change.now for change in found)
    assert [change.role.en for change in found if change.role] == ["team-lead"]


def test_other_weights_change_their_order(running: Context) -> None:
    only_gaps = replace(TopicWeights(), **{name: float(name == "supply") for name in TopicWeights().shares()})
    assert any(change.now != change.then for change in preview_samples(running, only_gaps))


def test_what_people_wrote_makes_no_difference(running: Context) -> None:
    before = preview_samples(running, TopicWeights())
    with unit_of_work(running.engine, write=True) as store:
        store.goals.save([a_goal("g9", "h1", text="louder colleagues interrupt")])
        store.roles.save([a_role("data-analyst", required_levels={"sql": 2})])
    after = preview_samples(running, TopicWeights())
    assert [change.now for change in after[:3]] == [change.now for change in before[:3]]
