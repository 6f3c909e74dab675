"""The own past, from the store to findings: refused where it is too short, honest where it is made up."""

from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import date, timedelta

import pytest

from domain.errors import InvalidInput
from domain.sessions import MentoringSession, SessionStatus
from recommender import MentorWeights, TopicWeights
from recommender.evaluate.findings import OURS
from services.context import Context
from services.evaluate_history import DEFAULT_WEIGHTS, FEWEST_SESSIONS, HistoryEvaluation, evaluate_history
from services.fill_demo import MADE_UP
from store import unit_of_work
from tests.builders import NOW, a_goal, a_person, a_session, an_offer

DAY = timedelta(days=1)
GOALS = {"delegate-work": "nobody else can do it", "write-clearly": "people skim what they receive"}
SPLIT = (NOW - 50 * DAY).date()


def a_past(sessions: int, people: int) -> list[MentoringSession]:
    """Return sessions, one a day up to yesterday, by people in turn, each on the topic of the person's goal."""
    return [
        a_session(
            f"s{number:03d}",
            mentee_ids=(f"e{number % people}",),
            topic_id=list(GOALS)[number % people % 2],
            mentor_id="m2",
            status=SessionStatus.DECLINED,  # asked for all the same, and it may be asked for again
            created_at=NOW - (number + 1) * DAY,
            starts_at=None,
        )
        for number in range(sessions)
    ]


@pytest.fixture
def lived(running: Context) -> Callable[..., Context]:
    """Fill the company with a past."""

    def fill(sessions: int = 40, people: int = 10) -> Context:
        names = [f"e{number}" for number in range(people)]
        goals = [
            a_goal(f"g-{name}", name, text=list(GOALS.values())[number % 2], created_at=NOW - 400 * DAY)
            for number, name in enumerate(names)
        ]
        with unit_of_work(running.engine, write=True) as store:
            store.people.save(a_person(name, department=f"D{number % 2}") for number, name in enumerate(names))
            store.goals.save(replace(goal, closed_at=NOW - DAY / 2) for goal in goals)
            store.offers.save([an_offer("m2", topic_ids=frozenset(GOALS), capacity_minutes_per_week=600)])
            store.sessions.save(a_past(sessions, people))
        return running

    return fill


def found(context: Context, **more: object) -> HistoryEvaluation:
    return evaluate_history(context, split=SPLIT, **more)  # type: ignore[arg-type]


def test_topics_that_people_had_written_about_are_found_before_they_ask(lived: Callable[..., Context]) -> None:
    history = found(lived(), with_baselines=True)
    assert (history.sessions, history.people, history.left_out, history.is_made_up) == (40, 10, 0, False)
    assert list(history.topics.metrics) == ["mrr", "hr@3", "ndcg@5"]
    assert list(history.mentors.metrics) == ["mrr", "hr@3"]
    assert history.topics.metrics["mrr"].value == 1.0
    assert set(history.topics.others) == set(history.mentors.others) == {"popularity", "bm25", "item-knn", "random"}
    assert history.topics.metrics["mrr"].value > history.topics.others["popularity"]["mrr"].value


def test_a_goal_closed_since_is_read_although_its_vectors_may_be_gone(lived: Callable[..., Context]) -> None:
    context = lived()
    with unit_of_work(context.engine) as store:
        assert store.goals.of("e0") == []
    assert found(context).topics.metrics["mrr"].value == 1.0


def test_people_are_parted_in_groups_of_five_or_more(lived: Callable[..., Context]) -> None:
    groups = found(lived()).topics.groups
    assert {(one.grouping, one.group) for one in groups if one.grouping == "department"} == {
        ("department", "D0"),
        ("department", "D1"),
    }
    assert "language" not in {one.grouping for one in groups}  # all speak one


def test_a_department_of_four_is_not_told(lived: Callable[..., Context]) -> None:
    assert "department" not in {one.grouping for one in found(lived(people=8)).topics.groups}


def test_too_few_sessions_are_refused_with_what_is_needed(lived: Callable[..., Context]) -> None:
    with pytest.raises(InvalidInput, match=r"history must hold at least 30 sessions .*, got 29\. Choose an earlier"):
        found(lived(sessions=FEWEST_SESSIONS - 1))


def test_sessions_of_too_few_people_are_refused(lived: Callable[..., Context]) -> None:
    with pytest.raises(InvalidInput, match="history must hold sessions of at least 5 people after the split, got 4"):
        found(lived(people=4))


def test_a_store_without_sessions_is_refused(running: Context) -> None:
    with pytest.raises(InvalidInput, match="history must hold at least 30 sessions"):
        evaluate_history(running)


def test_without_a_day_the_last_three_tenths_are_to_be_found(lived: Callable[..., Context]) -> None:
    history = evaluate_history(lived(sessions=100))
    assert history.split == date(2026, 1, 31)  # the 71st of 100 days that end on 1 March
    assert history.sessions == 30


def test_sessions_on_topics_that_are_gone_are_counted(lived: Callable[..., Context]) -> None:
    context = lived()
    with unit_of_work(context.engine, write=True) as store:
        catalog = store.catalog.current()
        topics = [topic for topic in catalog.topics if topic.id != "write-clearly"]
        store.sessions.save(a_past(70, 10))
        store.catalog.publish(catalog.areas, catalog.skills, topics, "fewer", NOW)
    history = evaluate_history(context, split=(NOW - 100 * DAY).date())
    assert (history.sessions, history.left_out) == (35, 35)


def test_a_made_up_past_says_so(lived: Callable[..., Context]) -> None:
    context = lived()
    with unit_of_work(context.engine, write=True) as store:
        store.put_setting(MADE_UP, True)
    assert found(context).is_made_up


def test_weights_that_hr_set_rank_and_the_default_ones_stand_beside(lived: Callable[..., Context]) -> None:
    context = lived()
    blind = asdict(replace(TopicWeights(), need=0.0, feedback=0.0, skill_gap=0.0))
    with unit_of_work(context.engine, write=True) as store:
        store.put_setting("topic_weights", blind)
    history = found(context, with_baselines=True)
    assert history.topics.metrics["mrr"].value < 1.0
    assert history.topics.others[DEFAULT_WEIGHTS]["mrr"].value == 1.0
    rivals = {one.other for one in history.topics.differences if one.metric == "mrr"}
    assert DEFAULT_WEIGHTS in rivals
    assert len(rivals) == 2
    assert DEFAULT_WEIGHTS not in history.mentors.others


def test_mentors_have_weights_of_their_own(lived: Callable[..., Context]) -> None:
    context = lived()
    with unit_of_work(context.engine, write=True) as store:
        store.put_setting("mentor_weights", asdict(MentorWeights()))
    history = found(context)
    assert history.mentors.others[DEFAULT_WEIGHTS] == history.mentors.metrics
    assert history.topics.others == {}


def test_weights_that_cannot_be_read_are_named(lived: Callable[..., Context]) -> None:
    context = lived()
    with unit_of_work(context.engine, write=True) as store:
        store.put_setting("topic_weights", {"charm": 1.0})
    with pytest.raises(InvalidInput, match="topic_weights must name weights that there are, got charm"):
        found(context)


def test_each_feature_is_left_out_in_turn(lived: Callable[..., Context]) -> None:
    history = found(lived(), with_ablation=True)
    worth = {one.feature: one.differences["mrr"].value for one in history.topics.ablation}
    assert set(worth) == set(asdict(TopicWeights()))
    assert max(worth, key=worth.__getitem__) == "need"
    assert set(history.topics.others) == set()
    assert list(history.topics.spreads) == [OURS]
    assert history.mentors.spreads[OURS].k == 3
