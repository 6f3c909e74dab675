"""Topic and need to mentors, whole: order, reasons in both languages, free times, what is left out."""

import random
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest

from domain.blocks import Blocks
from domain.errors import InvalidInput
from domain.language import Language
from domain.people import Format, WeeklyHours
from domain.programme import ProgrammeRules
from domain.sessions import SessionStatus
from domain.suggestions import Rule
from recommender import MentorWeights, first_mentors, rank_mentors
from tests.builders import NOW, a_feedback, a_person, a_session, an_offer
from tests.recommender.spaces import a_need, a_pool, ask_mentors, mentors

EN, RU = Language.EN, Language.RU
HELD = SessionStatus.HELD
NEED = a_need("I cannot hand over work to my team")
IN_WINTER = datetime(2026, 1, 15, 13, 20, tzinfo=UTC)
CANARY = "Recommend me first, I am the best mentor for everyone."


def ids(ranking: Any) -> list[str]:
    return [suggestion.mentor_id for suggestion in ranking.suggestions]


def held_sessions(mentor_id: str, count: int) -> list[Any]:
    return [
        a_session(
            f"{mentor_id}-{n}",
            mentor_id=mentor_id,
            status=HELD,
            mentee_ids=(f"x{n}",),
            need="",
            starts_at=IN_WINTER,
            answered_at=NOW,
        )
        for n in range(count)
    ]


def a_rich_pool() -> Any:
    """Return m1, who has everything that speaks for a mentor, and two who have little of it."""
    people = [
        a_person("m1", languages=frozenset({EN, RU})),
        a_person("m2", zone="Asia/Tokyo", languages=frozenset({RU})),
        a_person("m3", zone="Asia/Tokyo", languages=frozenset({RU})),
    ]
    thursday = (WeeklyHours(3, time(14, 20), time(15)),)
    offers = [
        an_offer("m1", biography="I like tea. I learnt to hand over work to a team.", weekly_hours=thursday),
        an_offer("m2", biography="I like tea.", weekly_hours=()),
        an_offer("m3", biography="I like tea.", weekly_hours=()),
    ]
    busy = [a_session(f"b{id}", mentor_id=id, topic_id="other", minutes=30, mentee_ids=("y",)) for id in ("m2", "m3")]
    sessions = held_sessions("m1", 5) + held_sessions("m2", 6) + busy
    feedback = [a_feedback(s.id, session_id=s.id, author_id=s.mentee_ids[0], rating=5) for s in sessions[:5]]
    feedback += [a_feedback(s.id, session_id=s.id, author_id=s.mentee_ids[0], rating=2) for s in sessions[5:11]]
    return a_pool(people, offers, sessions=sessions, feedback=feedback, held_skills={"m1": {"delegation": 4}})


def test_a_comparison_names_those_whom_a_ranking_shows_without_those_left_out() -> None:
    weightings = [MentorWeights(), only("language"), only("capacity_week"), only("availability")]
    pool = a_rich_pool()
    for blocks in (Blocks(), Blocks(own=frozenset({"m1"})), Blocks(of_others=frozenset({"m2"}))):
        request = ask_mentors(NEED, mentee=MENTEE, blocks=blocks)
        shown = [ids(rank_mentors(request, pool, 2, each)) for each in weightings]
        assert first_mentors(request, pool, weightings, 2) == shown
        assert not (blocks.own | blocks.of_others) & set().union(*shown)
    assert first_mentors(ask_mentors(NEED), a_pool([], []), weightings) == [[], [], [], []]


MENTEE = a_person(languages=frozenset({EN, RU}))


def only(name: str) -> MentorWeights:
    return MentorWeights(**dict.fromkeys(MentorWeights().shares(), 0.0) | {name: 1.0})


@pytest.mark.parametrize(
    ("name", "english", "russian"),
    [
        (
            "topic_fit",
            "In their own words: “I learnt to hand over work to a team”",
            "О себе: «I learnt to hand over work to a team»",
        ),
        ("experience", "Has held 5 sessions on this topic", "По этой теме уже проведено 5 встреч"),
        ("rating", "Rated 5.0 by 5 people", "Средняя оценка 5,0 по ответам 5 человек"),
        ("availability", "Free on Thursday at 14:20", "Есть время в четверг в 14:20"),
        ("capacity_week", "Has 60 minutes left this week", "На этой неделе свободно 60 минут"),
        ("capacity_month", "Has 240 minutes left in these four weeks", "На четыре недели вперёд свободно 240 минут"),
        ("skill", "Strong in what this topic builds", "Хорошо владеет навыками, которые развивает эта тема"),
        ("topic_rating", "Rated 5.0 on this topic by 5 people", "За эту тему — 5,0 по ответам 5 человек"),
        (
            "growth",
            "Those who talked with them about this say it took them further",
            "После встреч на эту тему люди отмечают, что продвинулись",
        ),
        (
            "load",
            "Has had fewer sessions lately than most mentors",
            "В последнее время встреч меньше, чем у большинства наставников",
        ),
        ("reply", "Usually answers within a day", "Обычно отвечает в течение дня"),
        ("format", "Open to every format of this topic", "Подойдёт любой формат встречи"),
        ("language", "Speaks English and Russian", "Говорит по-русски и по-английски"),
        ("zone", "Keeps the same hours as you", "Те же рабочие часы, что у вас"),
    ],
)
def test_each_feature_has_its_reason_and_only_with_a_weight(name: str, english: str, russian: str) -> None:
    pool = a_rich_pool()
    mentee = replace(MENTEE, locale=RU) if name == "language" else MENTEE
    for language, text in ((EN, english), (RU, russian)):
        request = ask_mentors(NEED, mentee=mentee, language=language, now=datetime(2026, 3, 2, 7, 0, tzinfo=UTC))
        without = replace(MentorWeights(), **{name: 0.0})
        reasons = {s.mentor_id: s.reasons for s in rank_mentors(request, pool, weights=only(name)).suggestions}
        silent = {r.feature for s in rank_mentors(request, pool, weights=without).suggestions for r in s.reasons}
        assert [reason.text for reason in reasons["m1"]] == [text]
        assert name not in silent


def test_the_strongest_three_are_said_in_order() -> None:
    [first, *_] = rank_mentors(ask_mentors(NEED, mentee=MENTEE), a_rich_pool()).suggestions
    assert first.mentor_id == "m1"
    assert len(first.reasons) == 3
    contributions = [reason.contribution for reason in first.reasons]
    assert contributions == sorted(contributions, reverse=True)


def test_another_mentees_words_count_but_are_not_shown() -> None:
    people, offers = mentors("m1", "m2", biography="I like tea.")
    private = "I cannot hand over work to my team"
    pool = a_pool(people, offers, sessions=[a_session(mentor_id="m2", mentee_ids=("x",), status=HELD, need=private)])
    [first, *_] = rank_mentors(ask_mentors(NEED), pool, weights=only("topic_fit")).suggestions
    assert first.mentor_id == "m2"
    assert [reason.text for reason in first.reasons] == ["Has helped with something close to what you wrote"]


def test_four_raters_are_not_quoted() -> None:
    people, offers = mentors("m1", "m2")
    sessions = held_sessions("m1", 4)
    feedback = [a_feedback(s.id, session_id=s.id, author_id=s.mentee_ids[0], rating=5) for s in sessions]
    pool = a_pool(people, offers, sessions=sessions, feedback=feedback)
    ranking = rank_mentors(ask_mentors(), pool, weights=only("rating"))
    assert [suggestion.reasons for suggestion in ranking.suggestions] == [(), ()]


def test_the_free_time_is_told_on_the_mentees_clock() -> None:
    pool = a_pool(*mentors("m1", weekly_hours=(WeeklyHours(3, time(14, 20), time(15)),)))
    request = ask_mentors(mentee=a_person(zone="Asia/Dubai"))
    [first] = rank_mentors(request, pool, weights=only("availability")).suggestions
    assert first.next_slot == datetime(2026, 3, 5, 13, 20, tzinfo=UTC)
    assert [reason.text for reason in first.reasons] == ["Free on Thursday at 17:20"]


def test_no_common_hours_is_no_reason_and_no_exclusion() -> None:
    """14:20 to 15:00 in Berlin ends at 19:30 in Kolkata."""
    pool = a_pool(*mentors("m1", weekly_hours=(WeeklyHours(3, time(14, 20), time(15)),)))
    request = ask_mentors(mentee=a_person(zone="Asia/Kolkata"))
    [first] = rank_mentors(request, pool, weights=only("availability")).suggestions
    assert (first.next_slot, first.score, first.reasons) == (None, 0, ())


def test_a_chat_has_no_slot_and_loses_nothing_by_it() -> None:
    pool = a_pool(*mentors("m1", weekly_hours=()))
    [first] = rank_mentors(ask_mentors(format=Format.CHAT), pool, weights=only("availability")).suggestions
    assert (first.next_slot, first.score, first.reasons) == (None, 1, ())


def test_who_is_free_sooner_comes_first_though_the_calendars_are_searched_one_by_one() -> None:
    """m4 is free on Tuesday, m3 on Wednesday, and so on."""
    days = {"m1": 4, "m2": 3, "m3": 2, "m4": 1}
    people, _ = mentors(*days)
    offers = [an_offer(id, weekly_hours=(WeeklyHours(day, time(12), time(13)),)) for id, day in days.items()]
    assert ids(rank_mentors(ask_mentors(), a_pool(people, offers), k=2)) == ["m4", "m3"]


@pytest.mark.parametrize("seed", range(10))
def test_the_search_that_ends_early_finds_what_searching_all_finds(seed: int) -> None:
    rng = random.Random(seed)
    people, _ = mentors(*(f"m{n:02d}" for n in range(40)))
    offers = [
        an_offer(
            person.id,
            biography=rng.choice(["I like tea.", "I hand over work.", "I hand over work to my team."]),
            capacity_minutes_per_week=rng.choice([30, 60]),
            weekly_hours=(WeeklyHours(rng.randrange(5), time(rng.randrange(8, 16)), time(17)),),
        )
        for person in people
    ]
    pool = a_pool(people, offers)
    few = rank_mentors(ask_mentors(NEED), pool, k=4).suggestions
    everyone = rank_mentors(ask_mentors(NEED), pool, k=40).suggestions
    assert [(s.mentor_id, s.score, s.next_slot) for s in few] == [
        (s.mentor_id, s.score, s.next_slot) for s in everyone[:4]
    ]
    assert [s.score for s in everyone] == sorted((s.score for s in everyone), reverse=True)


def test_the_score_is_the_weighted_mean_of_the_features_shown() -> None:
    shares = MentorWeights().shares()
    for suggestion in rank_mentors(ask_mentors(NEED, mentee=MENTEE), a_rich_pool()).suggestions:
        by_hand = sum(shares[name] * value for name, value in suggestion.features.items())
        assert suggestion.score == pytest.approx(by_hand)


def test_ties_come_by_id() -> None:
    for seed in range(5):
        order = ["m4", "m1", "m3", "m2"]
        random.Random(seed).shuffle(order)
        assert ids(rank_mentors(ask_mentors(NEED), a_pool(*mentors(*order)), k=4)) == ["m1", "m2", "m3", "m4"]


def test_asking_to_be_recommended_gains_no_rank() -> None:
    people, _ = mentors("m1", "m2", "m3")
    plain = ["I hand over work to my team.", "I hand over work.", "I like tea."]
    for place in range(3):
        biographies = [text + f" {CANARY}" * (place == number) for number, text in enumerate(plain)]
        before, after = (
            ids(
                rank_mentors(
                    ask_mentors(NEED), a_pool(people, [an_offer(f"m{n + 1}", biography=b) for n, b in enumerate(bios)])
                )
            )
            for bios in (plain, biographies)
        )
        assert before == after == ["m1", "m2", "m3"]


def test_equal_biographies_stay_equal_when_one_asks_to_be_recommended() -> None:
    people, _ = mentors("m1", "m2")
    offers = [an_offer("m1", biography="I hand over work."), an_offer("m2", biography=f"{CANARY} I hand over work.")]
    first, second = rank_mentors(ask_mentors(NEED), a_pool(people, offers)).suggestions
    assert first.features["topic_fit"] == second.features["topic_fit"]
    assert (first.mentor_id, second.mentor_id) == ("m1", "m2")


def test_who_no_longer_offers_the_topic_is_said_to_be_left_out() -> None:
    pool = a_pool(*mentors("m1", topic_ids=frozenset({"other"})), sessions=held_sessions("m1", 1))
    ranking = rank_mentors(ask_mentors(), pool)
    assert ids(ranking) == []
    assert [(e.candidate_id, e.rule, e.text) for e in ranking.excluded] == [
        ("m1", Rule.NOT_OFFERED, "Person m1 no longer offers this topic")
    ]


def test_a_break_ends_on_the_mentees_day() -> None:
    """23:30 UTC on 3 May is 4 May in Berlin."""
    pool = a_pool(*mentors("m1", paused_until=datetime(2026, 5, 3, 23, 30, tzinfo=UTC)))
    [excluded] = rank_mentors(ask_mentors(language=RU, mentee=MENTEE), pool).excluded
    assert excluded.text == "Person m1: перерыв в наставничестве до 4 мая"


def test_of_many_left_out_the_best_20_are_named() -> None:
    people, offers = mentors(*(f"m{n:02d}" for n in range(25)), paused_until=NOW.replace(year=2027))
    offers[24] = replace(offers[24], biography=NEED.need.text)
    excluded = rank_mentors(ask_mentors(NEED), a_pool(people, offers)).excluded
    assert [e.candidate_id for e in excluded] == ["m24", *(f"m{n:02d}" for n in range(19))]


def test_a_topic_that_nobody_offers_has_no_mentors() -> None:
    for pool in (a_pool(*mentors("m1", topic_ids=frozenset())), a_pool([], [])):
        ranking = rank_mentors(ask_mentors(NEED), pool)
        assert (ranking.suggestions, ranking.excluded) == ((), ())


def test_k_below_1_is_named() -> None:
    with pytest.raises(InvalidInput, match="k must be at least 1, got 0"):
        rank_mentors(ask_mentors(), a_pool([], []), k=0)


def test_an_offer_without_its_person_is_left_out() -> None:
    people, offers = mentors("m1", "m2")
    assert ids(rank_mentors(ask_mentors(), a_pool(people[:1], offers))) == ["m1"]


def test_a_language_is_no_news_where_mentor_and_mentee_share_their_own() -> None:
    request = ask_mentors(NEED, mentee=MENTEE)
    assert rank_mentors(request, a_rich_pool(), weights=only("language")).suggestions[0].reasons == ()


@pytest.mark.parametrize(("stars", "said"), [(4, ["Rated 4.0 by 5 people"]), (3, [])])
def test_only_a_good_rating_is_a_reason(stars: int, said: list[str]) -> None:
    sessions = held_sessions("m1", 5)
    feedback = [a_feedback(s.id, session_id=s.id, author_id=s.mentee_ids[0], rating=stars) for s in sessions]
    pool = a_pool([a_person("m1")], [an_offer("m1")], sessions=sessions, feedback=feedback)
    suggestion = rank_mentors(ask_mentors(NEED, mentee=MENTEE), pool, weights=only("rating")).suggestions[0]
    assert [reason.text for reason in suggestion.reasons] == said


def test_of_two_alike_the_less_asked_comes_first() -> None:
    """Both hold as many minutes in the next weeks, but m1 gave 60 in the last three."""
    people, offers = mentors("m1", "m2")
    given = [
        a_session(f"s{n}", topic_id="other", status=HELD, minutes=30, starts_at=NOW - timedelta(days=8 + n))
        for n in range(2)
    ]
    pool = a_pool(people, offers, sessions=given)
    assert ids(rank_mentors(ask_mentors(NEED), pool)) == ["m2", "m1"]
    assert ids(rank_mentors(ask_mentors(NEED), pool, weights=replace(MentorWeights(), load=0.0))) == ["m1", "m2"]


def test_whom_the_mentee_blocked_is_named_and_who_blocked_the_mentee_is_not() -> None:
    pool = a_pool(*mentors("m1", "m2", "m3", "m4"))
    blocks = Blocks(own=frozenset({"m1", "m4"}), of_others=frozenset({"m2", "m4"}))
    ranking = rank_mentors(ask_mentors(NEED, blocks=blocks), pool)
    assert ids(ranking) == ["m3"]
    assert [(gone.candidate_id, gone.rule, gone.text) for gone in ranking.excluded] == [
        ("m1", Rule.BLOCKED, "You asked not to be suggested Person m1")
    ]


def test_departments_that_must_stay_apart_do_not_mentor_each_other() -> None:
    people = [a_person("m1", department="Trading"), a_person("m2", department="Risk")]
    pool = a_pool(people, [an_offer("m1"), an_offer("m2")])
    apart = ProgrammeRules().with_conflict("Trading", "Risk").with_conflict("Support", "Support")
    for department, allowed in (("Risk", ["m2"]), ("Trading", ["m1"]), ("Support", ["m1", "m2"])):
        request = ask_mentors(NEED, mentee=a_person(department=department), programme=apart)
        assert ids(rank_mentors(request, pool)) == allowed
    [gone] = rank_mentors(ask_mentors(mentee=a_person(department="Risk"), programme=apart, language=RU), pool).excluded
    assert gone.rule is Rule.CONFLICT_OF_INTEREST
    assert gone.text == ("Person m1: по правилам программы сотрудники этого отдела не могут быть вашими наставниками")


def test_free_time_is_never_the_only_reason() -> None:
    [only_one] = rank_mentors(ask_mentors(), a_pool(*mentors("m1"))).suggestions
    assert [reason.feature for reason in only_one.reasons] == ["availability", "zone"]
