"""Agendas rest on what was shared for the session: the need, gaps of the topic, the last time; never on other goals."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from domain.agendas import FactKind
from domain.blocks import Block
from domain.errors import InvalidInput, NotFound
from domain.language import Language
from domain.people import Format, Role
from services.context import Context
from services.draft_agenda import keep_template
from services.own_sessions import own_agenda, sessions_of
from services.prepare import Pair, agenda_for_pair
from services.programme_rules import CONFLICTS
from store import Store, unit_of_work
from tests.builders import NOW, a_goal, a_person, a_session, an_offer
from tests.services.conftest import hold_a_session

PAIR = Pair("p1", "delegate-work", "m1")


def facts(context: Context, pair: Pair, kind: FactKind) -> list[str]:
    return [fact.text for fact in agenda_for_pair(context, pair).facts if fact.kind is kind]


def test_the_closest_goal_is_the_need_and_other_goals_stay_private(running: Context) -> None:
    with unit_of_work(running.engine, write=True) as store:
        store.goals.add(a_goal("g2", text="I look for another employer"))
    assert facts(running, PAIR, FactKind.NEED) == ["I do everything myself, nobody else can do it"]
    assert "employer" not in str(agenda_for_pair(running, PAIR))


def test_a_goal_that_says_nothing_about_the_topic_is_not_told(running: Context) -> None:
    assert facts(running, Pair("p1", "read-plans", "m1"), FactKind.NEED) == []


def test_a_typed_need_comes_before_goals(running: Context) -> None:
    assert facts(running, Pair("p1", "delegate-work", "m1", need="hand over the report"), FactKind.NEED) == [
        "hand over the report"
    ]


def test_only_gaps_that_the_topic_builds_are_told(running: Context) -> None:
    gaps = facts(running, PAIR, FactKind.SKILL_GAP)
    assert len(gaps) == 1
    assert "delegation" in gaps[0]


def test_the_last_session_of_the_pair_is_carried_on(running: Context) -> None:
    hold_a_session(running)
    assert facts(running, PAIR, FactKind.LAST_NEXT_STEP) == ["Hand over one"]
    assert facts(running, PAIR, FactKind.LAST_FEEDBACK) == ["people skim what they receive"]
    assert facts(running, Pair("p1", "delegate-work", "m2"), FactKind.LAST_NEXT_STEP) == []


@pytest.mark.parametrize("minutes", [14, 31, 0, -20])
def test_wrong_minutes_are_refused(running: Context, minutes: int) -> None:
    with pytest.raises(InvalidInput, match=f"minutes must be 15, 20, 25 or 30, got {minutes}"):
        agenda_for_pair(running, Pair("p1", "delegate-work", "m1", minutes))


def test_unknown_parts_of_a_pair_are_named(running: Context) -> None:
    for pair, what in [
        (Pair("nobody", "delegate-work", "m1"), "person"),
        (Pair("p1", "nothing", "m1"), "topic"),
        (Pair("p1", "delegate-work", "h1"), "mentor"),
        (Pair("p1", "delegate-work", "nobody"), "mentor"),
    ]:
        with pytest.raises(NotFound, match=f"{what} must exist"):
            agenda_for_pair(running, pair)


MENTOR = frozenset({Role.MENTOR})


def manages_p1(store: Store) -> None:
    store.people.save([a_person("p1", manager_id="m1")])


def reports_to_p1(store: Store) -> None:
    store.people.save([a_person("m1", roles=MENTOR, manager_id="p1")])


def is_blocked(store: Store) -> None:
    store.blocks.add(Block("p1", "m1", NOW))


def has_blocked(store: Store) -> None:
    store.blocks.add(Block("m1", "p1", NOW))


def is_kept_apart(store: Store) -> None:
    store.people.save([a_person("m1", roles=MENTOR, department="Risk"), a_person("p1", department="Trading")])
    store.put_setting(CONFLICTS, [["Risk", "Trading"]])


def has_left(store: Store) -> None:
    store.people.save([a_person("m1", roles=MENTOR, is_active=False)])


def is_p1(store: Store) -> None:
    store.offers.save([an_offer("p1")])


@pytest.mark.parametrize(
    ("part", "mentor_id"),
    [
        (manages_p1, "m1"),
        (reports_to_p1, "m1"),
        (is_blocked, "m1"),
        (has_blocked, "m1"),
        (is_kept_apart, "m1"),
        (has_left, "m1"),
        (is_p1, "p1"),
    ],
)
def test_a_mentor_whom_a_rule_parts_from_the_person_reads_like_none(
    running: Context, part: Callable[[Store], None], mentor_id: str
) -> None:
    with unit_of_work(running.engine, write=True) as store:
        part(store)
    with pytest.raises(NotFound) as told:
        agenda_for_pair(running, Pair("p1", "delegate-work", mentor_id))
    assert str(told.value) == f"mentor must exist, got {mentor_id}. Choose one of the people under the topic."


@pytest.mark.parametrize(
    ("languages", "offer"),
    [
        ({Language.EN}, {"paused_until": NOW + timedelta(days=9)}),
        ({Language.EN}, {"capacity_minutes_per_week": 0}),
        ({Language.RU}, {}),
    ],
)
def test_a_mentor_without_time_or_a_common_language_has_a_draft(
    running: Context, languages: set[Language], offer: dict[str, Any]
) -> None:
    with unit_of_work(running.engine, write=True) as store:
        store.offers.save([an_offer("m1", **offer)])
        store.people.save([a_person("m1", roles=MENTOR, languages=frozenset(languages))])
    assert agenda_for_pair(running, PAIR).minutes == 20


def test_a_group_needs_a_session(running: Context) -> None:
    with pytest.raises(InvalidInput, match="A group needs a session"):
        agenda_for_pair(running, Pair("p1", "delegate-work", "m1", format=Format.GROUP))


def test_a_session_keeps_its_agenda_and_another_language_is_a_new_version(running: Context) -> None:
    with unit_of_work(running.engine, write=True) as store:
        store.sessions.save([a_session("s1")])
    first = keep_template(running, "s1")
    assert keep_template(running, "s1") == first
    assert keep_template(running, "s1", Language.RU).version == 2


def test_a_group_session_has_an_agenda_without_names_or_private_goals(running: Context) -> None:
    with unit_of_work(running.engine, write=True) as store:
        store.people.save([a_person("p2", name="Zebedee Quux"), a_person("p3")])
        seats = ("p1", "p2", "p3")
        store.sessions.save([a_session("s2", mentee_ids=seats, format=Format.GROUP, need="Zebedee Quux does it all")])
    agenda = keep_template(running, "s2").agenda
    assert agenda.format is Format.GROUP
    assert "Quux" not in str(agenda)


def test_only_those_who_take_part_see_session_and_agenda(running: Context, tmp_path: Path) -> None:
    with unit_of_work(running.engine, write=True) as store:
        store.sessions.save([a_session("s1")])
        people = {key: store.people.get(key) for key in ("p1", "m1", "m2", "h1")}
    assert own_agenda(running, people["p1"], "s1", Language.EN)[0].other == "Person m1"
    assert own_agenda(running, people["m1"], "s1", Language.EN)[0].other == "Person p1"
    for stranger in ("m2", "h1"):
        with pytest.raises(NotFound, match="session must exist"):
            own_agenda(running, people[stranger], "s1", Language.EN)


def test_own_sessions_are_sorted_into_coming_and_held(running: Context) -> None:
    hold_a_session(running)
    with unit_of_work(running.engine, write=True) as store:
        store.sessions.save([a_session("past", starts_at=NOW.replace(year=2025)), a_session("s1")])
        person = store.people.get("p1")
    own = sessions_of(running, person)
    assert [row.id for row in own.upcoming] == ["s1"]
    assert [row.id for row in own.held] == ["s0"]
    assert own.last_step == "Hand over one"


def test_the_step_agreed_last_time_is_carried_on_also_to_another_topic(running: Context) -> None:
    hold_a_session(running)
    with unit_of_work(running.engine, write=True) as store:
        store.sessions.save(
            [
                a_session("s1"),
                a_session("s2", topic_id="write-clearly", starts_at=NOW + timedelta(days=4)),
                a_session("s3", mentor_id="m2", starts_at=NOW + timedelta(days=5)),
            ]
        )
    same, other, stranger = (keep_template(running, key).agenda.facts for key in ("s1", "s2", "s3"))
    told = [{fact.kind for fact in facts} for facts in (same, other, stranger)]
    assert [FactKind.LAST_NEXT_STEP in kinds for kinds in told] == [True, True, False]
    assert [FactKind.LAST_FEEDBACK in kinds for kinds in told] == [True, False, False]
