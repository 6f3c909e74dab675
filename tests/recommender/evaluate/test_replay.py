"""The replay: rankings from what was known then, for ours and the baselines, and the future changes nothing."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from domain.people import Goal, MentorOffer
from domain.sessions import MentoringSession, SessionStatus
from domain.suggestions import Need
from recommender import MentorWeights, NeedVectors, TopicWeights, mentor_texts, need_texts
from recommender.evaluate.findings import OURS
from recommender.evaluate.past import Records, Wish
from recommender.evaluate.past_requests import Past, Today
from recommender.evaluate.replay import Outcome, Plan, replay
from tests.builders import NOW, a_feedback, a_goal, a_person, a_session, a_topic, an_offer, local, locals_of
from tests.recommender.spaces import BOTH, ENCODER, a_space, encoded

DAY = timedelta(days=1)
TEXTS = {"delegate": "hand over my work", "present": "speak to directors", "queries": "slow database report"}
TOPICS = [
    a_topic(key, title=local(text), summary=local(text), aliases=locals_of(), phrases=locals_of(text))
    for key, text in TEXTS.items()
]
SPACE = a_space(TOPICS)
PEOPLE = {key: a_person(key) for key in ("p1", "p2", "p3", "m1", "m2")}
OFFERS = [
    an_offer("m1", topic_ids=frozenset(TEXTS), biography="I hand over work"),
    an_offer("m2", topic_ids=frozenset(TEXTS), biography="I make a database fast"),
]
WISH = Wish("p1", "queries", "m2", NOW, "s9")
PLAN = Plan({OURS: TopicWeights()}, {OURS: MentorWeights()}, with_baselines=True)


def asked(id: str, topic_id: str, mentor_id: str, at: datetime, *mentee_ids: str, **more: object) -> MentoringSession:
    changes = {"status": SessionStatus.HELD, "starts_at": at + timedelta(hours=2), **more}
    return a_session(
        id, topic_id=topic_id, mentor_id=mentor_id, created_at=at, mentee_ids=mentee_ids or ("p2",), **changes
    )


def read_need(need: Need) -> NeedVectors:
    return NeedVectors(need, ENCODER.encode(need_texts(need.text)))


def outcome(
    sessions: Sequence[MentoringSession] = (),
    goals: Sequence[Goal] = (),
    offers: Sequence[MentorOffer] = OFFERS,
    wish: Wish = WISH,
    plan: Plan = PLAN,
) -> Outcome:
    written = {"p2": [a_feedback(author_id="p2", session_id="s1", created_at=NOW + DAY)]}
    records = Records(PEOPLE, {}, {"p1": goals}, written, sessions, offers)
    texts = mentor_texts(list(PEOPLE.values()), offers, sessions, BOTH)
    today = Today(SPACE, {}, encoded(texts), BOTH, read_need)
    return next(replay(Past(records, today), [wish], plan))


def test_a_goal_written_before_brings_its_topic_and_one_written_after_does_not() -> None:
    goal = a_goal(text="the database report is slow", created_at=NOW - DAY)
    assert outcome(goals=[goal]).topics[OURS][0] == "queries"
    later = outcome(goals=[replace(goal, created_at=NOW + DAY)])
    assert later.topics == outcome().topics
    assert later.mentors == outcome().mentors


def test_what_is_asked_for_later_changes_nothing() -> None:
    later = [asked(f"s{day}", "present", "m1", NOW + day * DAY, "p1") for day in range(1, 4)]
    now = asked("s9", "queries", "m2", NOW, "p1")
    assert outcome([now, *later]) == outcome()


def test_what_others_asked_for_on_the_day_itself_is_not_known_yet() -> None:
    before = [asked(f"s{hour}", "present", "m1", NOW - timedelta(hours=hour)) for hour in range(1, 4)]
    assert outcome(before).topic_asked == outcome().topic_asked == 0
    assert outcome(before).topics["popularity"] == outcome().topics["popularity"]


def test_what_the_person_did_up_to_the_moment_is_known() -> None:
    own = asked("s1", "queries", "m1", NOW - timedelta(hours=3), "p1")
    found = outcome([own])
    assert "queries" not in found.topics[OURS]  # talked about an hour ago
    assert found.person_asked == 1


def test_popularity_is_what_others_asked_for_most() -> None:
    sessions = [asked("s1", "present", "m1", NOW - 3 * DAY), asked("s2", "present", "m2", NOW - 2 * DAY, "p3")]
    sessions.append(asked("s3", "queries", "m2", NOW - 2 * DAY, "p3"))
    found = outcome(sessions)
    assert found.topics["popularity"] == ["present", "queries", "delegate"]
    assert found.mentors["popularity"] == ["m2", "m1"]
    assert (found.topic_asked, found.mentor_asked) == (1, 2)


def test_item_knn_goes_by_who_asked_for_the_same() -> None:
    sessions = [
        asked("s1", "delegate", "m1", NOW - 60 * DAY, "p1"),
        asked("s2", "delegate", "m1", NOW - 5 * DAY, "p2"),
        asked("s3", "queries", "m2", NOW - 4 * DAY, "p2"),
        asked("s4", "present", "m2", NOW - 3 * DAY, "p3"),
        asked("s5", "present", "m2", NOW - 2 * DAY, "p3"),
    ]
    found = outcome(sessions)
    assert found.topics["popularity"][0] == "delegate"
    assert found.topics["item-knn"].index("queries") < found.topics["item-knn"].index("present")


def test_words_find_the_topic_of_the_goal_and_the_mentor_of_the_topic() -> None:
    found = outcome(goals=[a_goal(text="the report is slow", created_at=NOW - DAY)])
    assert found.topics["bm25"][0] == "queries"
    assert found.mentors["bm25"][0] == "m2"


def test_baselines_choose_among_those_that_the_rules_let_through() -> None:
    own = asked("s1", "queries", "m1", NOW - 3 * DAY, "p1")
    for ranking in outcome([own]).topics.values():
        assert sorted(ranking) == ["delegate", "present"]
    for ranking in outcome(wish=replace(WISH, person_id="m1")).mentors.values():
        assert ranking == ["m2"]


def test_each_set_of_weights_has_its_own_ranking() -> None:
    only_need = replace(TopicWeights(), skill_gap=0, feedback=0, priority=0, freshness=0, supply=0)
    plan = Plan({OURS: TopicWeights(), "only need": only_need}, {OURS: MentorWeights()})
    found = outcome(plan=plan)
    assert list(found.topics) == [OURS, "only need"]
    assert list(found.mentors) == [OURS]


def test_a_mentor_who_pauses_today_may_have_helped_then() -> None:
    offers = [replace(offer, paused_until=NOW + 30 * DAY) for offer in OFFERS]
    assert sorted(outcome(offers=offers).mentors[OURS]) == ["m1", "m2"]
