"""Each feature of a mentor, by arithmetic."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from domain.language import Language
from domain.people import Format
from domain.sessions import SessionStatus
from recommender.mentor_features import availability, first_slot, mentor_features, shared_hours
from tests.builders import NOW, a_feedback, a_person, a_session, a_topic, an_offer
from tests.recommender.spaces import a_need, a_pool, ask_mentors, mentors

HELD = SessionStatus.HELD
ONE_TEXT = 3 / 4 + 1 / 12  # what one text alone that says the same reaches


def features_of(pool: Any, *needs: Any, **changes: Any) -> dict[str, list[float]]:
    rows = np.arange(len(pool.offers))
    return {name: list(values) for name, values in mentor_features(ask_mentors(*needs, **changes), pool, rows).items()}


def test_the_sentence_that_fits_best_counts() -> None:
    people, _ = mentors("m1", "m2")
    fitting, other = "I learnt to hand over work.", "I like long walks by the sea."
    offers = [an_offer("m1", biography=f"{other} {fitting}"), an_offer("m2", biography=other)]
    fit = features_of(a_pool(people, offers), a_need("I learnt to hand over work."))["topic_fit"]
    assert fit[0] > 0.9 * ONE_TEXT
    assert fit[1] < 0.3


def test_needs_of_sessions_held_count_too() -> None:
    people, offers = mentors("m1", "m2", biography="...")
    sessions = [a_session(status=HELD, need="I do everything myself"), a_session("s2", mentor_id="m2", need="I do all")]
    fit = features_of(a_pool(people, offers, sessions=sessions), a_need("I do everything myself"))["topic_fit"]
    assert fit[0] > 0.9 * ONE_TEXT
    assert fit[1] == 0


def test_each_further_need_met_adds_a_twelfth_of_its_likeness_up_to_three() -> None:
    people, offers = mentors("m1", "m2", "m3", "m4", biography="...")
    said = "I do everything myself"
    sessions = [
        a_session(f"{id}-{n}", mentor_id=id, status=HELD, need=said)
        for id, count in (("m1", 1), ("m2", 2), ("m3", 3), ("m4", 9))
        for n in range(count)
    ]
    fit = features_of(a_pool(people, offers, sessions=sessions), a_need(said))["topic_fit"]
    same = fit[0] / ONE_TEXT
    assert fit == pytest.approx([same * (3 / 4 + count / 12) for count in (1, 2, 3, 3)])


def test_a_need_met_half_a_year_ago_says_half_as_much() -> None:
    people, offers = mentors("m1", "m2", biography="...")
    said = "I do everything myself"
    sessions = [
        a_session("s1", status=HELD, need=said, starts_at=NOW),
        a_session("s2", mentor_id="m2", status=HELD, need=said, starts_at=NOW - timedelta(days=180)),
    ]
    fit = features_of(a_pool(people, offers, sessions=sessions), a_need(said))["topic_fit"]
    assert fit[1] == pytest.approx(fit[0] / 2)


def test_a_long_biography_counts_by_its_one_best_sentence() -> None:
    people, _ = mentors("m1", "m2")
    said = "I learnt to hand over work."
    more = "We handed over work at night. To hand over is to let go. I teach how to hand over work."
    offers = [an_offer("m1", biography=said), an_offer("m2", biography=f"{said} {more}")]
    fit = features_of(a_pool(people, offers), a_need(said))["topic_fit"]
    assert fit[0] == pytest.approx(fit[1], abs=0.01)


def test_skills_count_from_level_3_as_a_share_of_what_the_topic_builds() -> None:
    people, offers = mentors("m1", "m2", "m3")
    held = {"m1": {"delegation": 4, "saying-no": 2}, "m2": {"delegation": 3, "saying-no": 3}}
    topic = a_topic(skill_ids=("delegation", "saying-no"))
    assert features_of(a_pool(people, offers, held_skills=held), topic=topic)["skill"] == [4 / 8, 6 / 8, 0]
    assert features_of(a_pool(people, offers, held_skills=held), topic=a_topic(skill_ids=()))["skill"] == [0, 0, 0]


def test_experience_fades_by_half_in_180_days() -> None:
    """One session of today and one of 180 days ago are 1.5: 1.5 / (1.5 + 3)."""
    people, offers = mentors("m1")
    sessions = [a_session("s1", status=HELD), a_session("s2", status=HELD, starts_at=NOW - timedelta(days=180))]
    assert features_of(a_pool(people, offers, sessions=sessions))["experience"] == [pytest.approx(1.5 / 4.5)]


def outcomes(mentor_id: str, topic_id: str, raters: int, rating: int, levels: tuple[int, int]) -> tuple[list, list]:
    ids = [f"{mentor_id}-{topic_id}-{n}" for n in range(raters)]
    sessions = [a_session(id, mentor_id=mentor_id, topic_id=topic_id, status=HELD, mentee_ids=(id,)) for id in ids]
    before, after = levels
    words = [
        a_feedback(id, session_id=id, author_id=id, rating=rating, level_before=before, level_after=after) for id in ids
    ]
    return sessions, words


def test_how_sessions_on_the_topic_went_counts_from_five_raters() -> None:
    """m1: mean of all raters 35/9... five 5s on the topic; m2: four 2s, which count as none."""
    people, offers = mentors("m1", "m2")
    first, second = outcomes("m1", "delegate-work", 5, 5, (1, 3)), outcomes("m2", "delegate-work", 4, 2, (2, 2))
    pool = a_pool(people, offers, sessions=first[0] + second[0], feedback=first[1] + second[1])
    found = features_of(pool)
    prior = (5 * 5 + 4 * 2) / 9
    overall = (5 * prior + 25) / 10
    assert found["rating"] == pytest.approx([(overall - 1) / 4, (prior - 1) / 4])
    assert found["topic_rating"] == pytest.approx([((5 * overall + 25) / 10 - 1) / 4, (prior - 1) / 4])
    assert found["growth"] == pytest.approx([(5 * 0.5 + 5 * 2) / 10 / 2, 0.5 / 2])


def test_load_is_half_for_the_mean_of_all_and_one_for_none() -> None:
    """Of 240 minutes in four weeks m1 gave 60, m2 120, m3 none: shares .25, .5, 0, mean .25."""
    people, offers = mentors("m1", "m2", "m3")
    sessions = [
        a_session("s1", minutes=30, status=HELD, starts_at=NOW - timedelta(days=27)),
        a_session("s2", minutes=30, status=SessionStatus.REQUESTED, starts_at=None),
        *(a_session(f"m2-{n}", mentor_id="m2", minutes=30, starts_at=NOW + timedelta(days=n)) for n in range(4)),
        a_session("old", mentor_id="m3", minutes=30, status=HELD, starts_at=NOW - timedelta(days=29)),
        a_session("off", mentor_id="m3", minutes=30, status=SessionStatus.DECLINED),
    ]
    assert features_of(a_pool(people, offers, sessions=sessions))["load"] == pytest.approx([1 / 2, 1 / 3, 1])
    assert features_of(a_pool(people, offers))["load"] == [1, 1, 1]


def test_expected_reply_is_drawn_to_the_median_of_all_mentors() -> None:
    """m1 answered three times in 6 hours; m2 once in 30: the median of the four is 6."""
    people, offers = mentors("m1", "m2", "m3")
    hours = [("m1", 6), ("m1", 6), ("m1", 6), ("m2", 30)]
    sessions = [
        a_session(f"s{n}", mentor_id=id, answered_at=NOW + timedelta(hours=waited))
        for n, (id, waited) in enumerate(hours)
    ]
    expected = [6, (30 + 3 * 6) / 4, 6]
    assert features_of(a_pool(people, offers, sessions=sessions))["reply"] == pytest.approx(
        [24 / (24 + hours) for hours in expected]
    )
    assert features_of(a_pool(people, offers))["reply"] == [0.5, 0.5, 0.5]


def test_format_is_the_share_of_the_topics_formats_or_of_the_one_asked_for() -> None:
    people, _ = mentors("m1", "m2")
    offers = [an_offer("m1"), an_offer("m2", formats=frozenset({Format.CHAT}))]
    assert features_of(a_pool(people, offers))["format"] == pytest.approx([1, 1 / 3])
    assert features_of(a_pool(people, offers), format=Format.CHAT)["format"] == [1, 1]


def test_experience_is_half_at_three_sessions_on_this_topic() -> None:
    people, offers = mentors("m1", "m2")
    sessions = [a_session(f"s{n}", status=HELD) for n in range(3)] + [
        a_session("s9", status=HELD, mentor_id="m2", topic_id="other")
    ]
    assert features_of(a_pool(people, offers, sessions=sessions))["experience"] == [0.5, 0]


def test_rating_runs_from_1_to_5_and_few_raters_give_the_prior() -> None:
    people, offers = mentors("m1", "m2")
    sessions = [a_session(f"s{n}", status=HELD, mentee_ids=(f"p{n}",)) for n in range(5)]
    feedback = [a_feedback(f"f{n}", session_id=f"s{n}", author_id=f"p{n}", rating=5) for n in range(5)]
    assert features_of(a_pool(people, offers))["rating"] == [0.75, 0.75]
    assert features_of(a_pool(people, offers, sessions=sessions, feedback=feedback))["rating"] == [1, 1]


def test_capacity_is_the_share_left_this_week_and_in_four_weeks() -> None:
    """60 a week, 240 in four: 20 of this week and 60 of the next three are gone, the fifth week is another matter."""
    people, offers = mentors("m1")
    sessions = [
        a_session("s1", minutes=20),
        a_session("s2", minutes=30, starts_at=datetime(2026, 3, 9, 9, 0, tzinfo=UTC)),
        a_session("s3", minutes=30, starts_at=datetime(2026, 3, 23, 9, 0, tzinfo=UTC)),
        a_session("s4", minutes=30, starts_at=datetime(2026, 3, 30, 9, 0, tzinfo=UTC)),
    ]
    found = features_of(a_pool(people, offers, sessions=sessions))
    assert found["capacity_week"] == [pytest.approx(40 / 60)]
    assert found["capacity_month"] == [pytest.approx(160 / 240)]


def test_no_capacity_at_all_is_0() -> None:
    found = features_of(a_pool(*mentors("m1", capacity_minutes_per_week=0)))
    assert (found["capacity_week"], found["capacity_month"]) == ([0], [0])


def test_the_language_of_the_page_is_better_than_another_shared_one() -> None:
    people = [a_person("m1"), a_person("m2", languages=frozenset({Language.RU}))]
    pool = a_pool(people, [an_offer("m1"), an_offer("m2")])
    assert features_of(pool)["language"] == [1, 0.5]
    assert features_of(pool, language=Language.RU)["language"] == [0.5, 1]


@pytest.mark.parametrize(
    ("zone", "hours"),
    [("Europe/Berlin", 11), ("Europe/Moscow", 9), ("Asia/Kolkata", 6.5), ("Asia/Tokyo", 3), ("Pacific/Auckland", 0)],
)
def test_shared_hours_from_berlin_in_winter(zone: str, hours: float) -> None:
    assert shared_hours(ZoneInfo("Europe/Berlin"), ZoneInfo(zone), datetime(2026, 1, 5, tzinfo=UTC)) == hours


def test_zones_at_the_two_ends_of_the_day_are_near_again() -> None:
    """UTC+14 and UTC-10 show the same clock."""
    kiritimati, honolulu = ZoneInfo("Pacific/Kiritimati"), ZoneInfo("Pacific/Honolulu")
    assert shared_hours(kiritimati, honolulu, NOW) == 11


def test_availability_falls_to_0_in_two_weeks() -> None:
    request = ask_mentors()
    assert availability(NOW + timedelta(days=7), request) == 0.5
    assert availability(NOW + timedelta(days=20), request) == 0
    assert availability(None, request) == 0
    assert availability(None, ask_mentors(format=Format.CHAT)) == 1


def test_the_first_slot_avoids_sessions_of_both_and_full_weeks() -> None:
    people, offers = mentors("m1", capacity_minutes_per_week=40)
    monday_8_utc = datetime(2026, 3, 9, 8, 0, tzinfo=UTC)  # 09:00 in Berlin
    own = a_session("s1", mentor_id="m9", mentee_ids=("p1",), starts_at=monday_8_utc)
    theirs = a_session("s2", mentee_ids=("p2",), starts_at=monday_8_utc + timedelta(minutes=20))
    pool = a_pool(people, offers, sessions=[own, theirs])
    assert first_slot(ask_mentors(), pool, 0) == monday_8_utc + timedelta(minutes=40)
    third = a_session("s3", mentee_ids=("p3",), starts_at=monday_8_utc + timedelta(minutes=40))
    full = a_pool(people, offers, sessions=[own, theirs, third])
    assert first_slot(ask_mentors(), full, 0) == datetime(2026, 3, 16, 8, 0, tzinfo=UTC)


def test_a_chat_needs_no_slot() -> None:
    assert first_slot(ask_mentors(format=Format.CHAT), a_pool(*mentors("m1")), 0) is None
