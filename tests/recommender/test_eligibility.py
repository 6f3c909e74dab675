"""Hard rules: each removes whom it should, the first in their order is named, nobody is removed silently."""

from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.blocks import Blocks
from domain.language import Language
from domain.people import Format
from domain.programme import ProgrammeRules
from domain.sessions import LIVE, WAS_HELD, SessionStatus
from domain.suggestions import Rule
from domain.topics import TopicStatus
from recommender.eligibility import PERSON_RULES, REST, count_mentors, mentor_rules, topic_rules
from recommender.mentors import rank_mentors
from recommender.topics import EXCLUDED_AMONG, recommend_topics
from tests.builders import NOW, a_person, a_session, a_topic, an_offer
from tests.recommender.spaces import a_need, a_pool, a_space, ask_mentors, ask_topics

HELD, BOOKED = SessionStatus.HELD, SessionStatus.BOOKED
RU_ONLY = frozenset({Language.RU})


def days_ago(days: float, **changes: Any) -> Any:
    return a_session(status=HELD, starts_at=NOW - timedelta(days=days), **changes)


@pytest.mark.parametrize(
    ("topic", "sessions", "supply", "rule"),
    [
        ({}, [], None, None),
        ({}, [], {"delegate-work": 1}, None),
        ({"status": TopicStatus.RETIRED}, [], None, Rule.RETIRED),
        ({}, [a_session()], None, Rule.ALREADY_BOOKED),
        ({}, [a_session(status=SessionStatus.REQUESTED)], None, Rule.ALREADY_BOOKED),
        ({}, [a_session(status=SessionStatus.CANCELLED)], None, None),
        ({}, [a_session(topic_id="other")], None, None),
        ({}, [days_ago(29.9)], None, Rule.DONE_LATELY),
        ({}, [days_ago(30)], None, None),
        ({}, [days_ago(90), days_ago(10)], None, Rule.DONE_LATELY),
        ({}, [], {}, Rule.NO_MENTOR),
        ({}, [], {"delegate-work": 0}, Rule.NO_MENTOR),
        ({"status": TopicStatus.RETIRED}, [a_session(), days_ago(1)], {}, Rule.RETIRED),
        ({}, [a_session(), days_ago(1)], {}, Rule.ALREADY_BOOKED),
        ({}, [days_ago(1)], {}, Rule.DONE_LATELY),
    ],
)
def test_topics(topic: dict, sessions: list, supply: dict | None, rule: Rule | None) -> None:
    assert topic_rules(ask_topics(sessions=sessions, supply=supply), [a_topic(**topic)]) == [rule]


@pytest.mark.parametrize(
    ("days", "sessions", "rule"),
    [
        (0, [], Rule.PASSED),
        (89.9, [], Rule.PASSED),
        (90, [], None),
        (1, [a_session()], Rule.ALREADY_BOOKED),
        (1, [days_ago(1)], Rule.PASSED),
    ],
)
def test_a_topic_passed_on_stays_away_for_90_days(days: float, sessions: list, rule: Rule | None) -> None:
    request = ask_topics(sessions=sessions, passed={"delegate-work": NOW - timedelta(days=days)})
    assert topic_rules(request, [a_topic(), a_topic("other")]) == [rule, None]


@pytest.mark.parametrize(
    ("person", "offer", "asked", "rule"),
    [
        ({}, {}, {}, None),
        ({}, {}, {"mentee": a_person("m1")}, Rule.SELF),
        ({}, {}, {"mentee": a_person(manager_id="m1")}, Rule.OWN_MANAGER),
        ({"manager_id": "p1"}, {}, {}, Rule.OWN_REPORT),
        ({"manager_id": "p1"}, {}, {"mentee": None}, None),
        ({"is_active": False}, {}, {}, Rule.INACTIVE),
        ({}, {"paused_until": NOW + timedelta(minutes=1)}, {}, Rule.PAUSED),
        ({}, {"paused_until": NOW}, {}, None),
        ({"languages": RU_ONLY}, {}, {}, Rule.NO_COMMON_LANGUAGE),
        ({"languages": RU_ONLY}, {}, {"mentee": None}, Rule.NO_COMMON_LANGUAGE),
        ({"languages": RU_ONLY}, {}, {"mentee": None, "language": Language.RU}, None),
        ({}, {"capacity_minutes_per_week": 19}, {}, Rule.NO_CAPACITY),
        ({}, {"capacity_minutes_per_week": 20}, {}, None),
        ({}, {"capacity_minutes_per_week": 20}, {"minutes": 25}, Rule.NO_CAPACITY),
        ({}, {"formats": frozenset({Format.CHAT})}, {"format": Format.GROUP}, Rule.NO_COMMON_FORMAT),
        ({}, {"formats": frozenset()}, {}, Rule.NO_COMMON_FORMAT),
        ({}, {"formats": frozenset({Format.CHAT})}, {"topic": a_topic(formats={Format.GROUP})}, Rule.NO_COMMON_FORMAT),
        ({}, {}, {"topic": a_topic(formats={Format.CHAT}), "format": Format.GROUP}, Rule.NO_COMMON_FORMAT),
        ({}, {"formats": frozenset({Format.CHAT})}, {"format": Format.CHAT}, None),
        ({}, {"topic_ids": frozenset({"other"})}, {}, Rule.NOT_OFFERED),
    ],
)
def test_mentors(person: dict, offer: dict, asked: dict, rule: Rule | None) -> None:
    pool = a_pool([a_person("m1", **person)], [an_offer("m1", **offer)])
    assert mentor_rules(ask_mentors(**asked), pool, np.array([0])) == [rule]


def test_two_full_weeks_and_a_free_third_are_capacity() -> None:
    booked = [a_session(str(week), minutes=20, starts_at=NOW + timedelta(weeks=week)) for week in range(3)]
    people, offers = [a_person("m1")], [an_offer("m1", capacity_minutes_per_week=20)]
    two, three = (a_pool(people, offers, sessions=booked[:count]) for count in (2, 3))
    assert mentor_rules(ask_mentors(), two, np.array([0])) == [None]
    assert mentor_rules(ask_mentors(), three, np.array([0])) == [Rule.NO_CAPACITY]


def test_the_first_rule_in_the_documented_order_is_named() -> None:
    """Each mentor breaks all rules from the n-th on."""
    wrong_person = {"manager_id": "p1", "is_active": False, "languages": RU_ONLY}
    wrong_offer = {
        "paused_until": NOW + timedelta(days=1), "capacity_minutes_per_week": 0,
        "topic_ids": frozenset(), "formats": frozenset(),
    }  # fmt: skip
    rules = []
    for name in [
        "all",
        "manager_id",
        "is_active",
        "paused_until",
        "languages",
        "capacity_minutes_per_week",
        "topic_ids",
    ]:
        wrong_person.pop(name, None)
        wrong_offer.pop(name, None)
        pool = a_pool([a_person("m1", **wrong_person)], [an_offer("m1", **wrong_offer)])
        rules += mentor_rules(ask_mentors(), pool, np.array([0]))
    assert rules == [
        Rule.OWN_REPORT, Rule.INACTIVE, Rule.PAUSED, Rule.NO_COMMON_LANGUAGE,
        Rule.NO_CAPACITY, Rule.NOT_OFFERED, Rule.NO_COMMON_FORMAT,
    ]  # fmt: skip
    assert [rule for rule, _ in PERSON_RULES][:3] == [Rule.SELF, Rule.OWN_MANAGER, Rule.OWN_REPORT]


def test_mentors_are_counted_for_the_person_who_asks() -> None:
    people = [a_person("m1"), a_person("m2", manager_id="p1"), a_person("m3"), a_person("p1"), a_person("m4")]
    offers = [
        *(an_offer(id, topic_ids=frozenset({"a", "b"})) for id in ("m1", "m2", "p1")),
        an_offer("m3", topic_ids=frozenset({"b"})),
        an_offer("m4", topic_ids=frozenset({"b"}), formats=frozenset({Format.CHAT})),
    ]
    topics = [a_topic("a"), a_topic("b", formats=frozenset({Format.GROUP})), a_topic("c")]
    pool = a_pool(people, offers)
    assert count_mentors(pool, topics, a_person(), NOW, Language.EN) == {"a": 1, "b": 2, "c": 0}
    assert count_mentors(pool, topics, None, NOW, Language.EN) == {"a": 3, "b": 4, "c": 0}
    assert count_mentors(pool, topics, None, NOW, Language.RU) == {"a": 0, "b": 0, "c": 0}


def test_blocks_and_rules_of_the_programme_count_in_both_directions() -> None:
    people = [a_person("m1"), a_person("m2"), a_person("m3", department="Risk"), a_person("m4")]
    pool, topics = a_pool(people, [an_offer(person.id) for person in people]), [a_topic()]
    blocks = Blocks(own=frozenset({"m1"}), of_others=frozenset({"m2"}))
    apart = ProgrammeRules().with_conflict("Risk", "Support")
    counts = [
        count_mentors(pool, topics, a_person(), NOW, Language.EN, *bars)["delegate-work"]
        for bars in ((), (blocks,), (blocks, apart), (Blocks(), apart))
    ]
    assert counts == [4, 2, 1, 3]


IDS = ["p1", "m1", "m2", "m3", "m4"]
TOPIC_IDS = ["a", "b", "c", "d"]
people_drawn = st.builds(
    a_person,
    manager_id=st.sampled_from([None, *IDS]),
    is_active=st.booleans(),
    languages=st.frozensets(st.sampled_from(Language), min_size=1),
)
offers_drawn = st.builds(
    an_offer,
    topic_ids=st.frozensets(st.sampled_from(TOPIC_IDS)),
    capacity_minutes_per_week=st.sampled_from([0, 15, 20, 60]),
    formats=st.frozensets(st.sampled_from(Format)),
    paused_until=st.sampled_from([None, NOW - timedelta(days=1), NOW + timedelta(days=1)]),
)
sessions_drawn = st.builds(
    a_session,
    topic_id=st.sampled_from(TOPIC_IDS),
    mentor_id=st.sampled_from(IDS),
    status=st.sampled_from(SessionStatus),
    starts_at=st.sampled_from([None, NOW - timedelta(days=40), NOW - timedelta(days=2), NOW + timedelta(days=2)]),
)


def allowed_by_hand(mentee: Any, mentor: Any, offer: Any, topic_id: str, asked: Format | None, taken: int) -> bool:
    """Say the same as the mentor rules, in one sentence, for a session of 20 minutes in the weeks of the sessions."""
    return (
        mentor.id != mentee.id
        and mentor.id != mentee.manager_id
        and mentor.manager_id != mentee.id
        and mentor.is_active
        and not (offer.paused_until and offer.paused_until > NOW)
        and bool(mentor.languages & mentee.languages)
        and topic_id in offer.topic_ids
        and (asked in offer.formats if asked else bool(offer.formats))
        and offer.capacity_minutes_per_week >= 20
    )


@given(
    st.lists(people_drawn, min_size=5, max_size=5),
    st.lists(offers_drawn, min_size=4, max_size=4),
    st.lists(sessions_drawn, max_size=6),
    st.sampled_from([None, *Format]),
)
def test_nobody_ineligible_is_suggested_and_nobody_is_left_out_without_a_rule(
    people: list, offers: list, sessions: list, asked: Format | None
) -> None:
    people = [
        a_person(id, **_fields(p, "manager_id", "is_active", "languages")) for id, p in zip(IDS, people, strict=True)
    ]
    names = ("topic_ids", "capacity_minutes_per_week", "formats", "paused_until")
    offers = [an_offer(id, **_fields(offer, *names)) for id, offer in zip(IDS[1:], offers, strict=True)]
    pool = a_pool(people, offers, sessions=sessions)
    by_id, mentee = {offer.mentor_id: offer for offer in offers}, people[0]
    for topic_id in TOPIC_IDS:
        ranking = rank_mentors(ask_mentors(mentee=mentee, topic=a_topic(topic_id), format=asked), pool, k=5)
        suggested = {suggestion.mentor_id for suggestion in ranking.suggestions}
        fit = {
            mentor.id for mentor in people[1:] if allowed_by_hand(mentee, mentor, by_id[mentor.id], topic_id, asked, 0)
        }
        offering = {offer.mentor_id for offer in offers if topic_id in offer.topic_ids}
        assert suggested == fit
        assert offering <= suggested | {excluded.candidate_id for excluded in ranking.excluded}
        assert suggested.isdisjoint(excluded.candidate_id for excluded in ranking.excluded)


def _fields(thing: Any, *names: str) -> dict[str, Any]:
    return {name: getattr(thing, name) for name in names}


@given(
    st.lists(st.sampled_from(TopicStatus), min_size=4, max_size=4),
    st.lists(sessions_drawn, max_size=6),
    st.dictionaries(st.sampled_from(TOPIC_IDS), st.integers(0, 2)),
)
def test_no_ineligible_topic_is_suggested_and_none_is_left_out_without_a_rule(
    statuses: list, sessions: list, supply: dict[str, int]
) -> None:
    topics = [a_topic(id, status=status) for id, status in zip(TOPIC_IDS, statuses, strict=True)]
    request = ask_topics(a_need("I do everything myself"), sessions=sessions, supply=supply)
    ranking = recommend_topics(request, a_space(topics), k=4)
    live = {s.topic_id for s in sessions if s.status in LIVE}
    lately = {s.topic_id for s in sessions if s.status in WAS_HELD and NOW - (s.starts_at or s.created_at) < REST}
    fit = {t.id for t in topics if t.status is TopicStatus.ACTIVE and supply.get(t.id, 0)} - live - lately
    assert {suggestion.topic_id for suggestion in ranking.suggestions} == fit
    assert {excluded.candidate_id for excluded in ranking.excluded} == set(TOPIC_IDS) - fit
    assert len(TOPIC_IDS) <= EXCLUDED_AMONG
