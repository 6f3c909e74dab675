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
from tests.builders import NOW, a_feedback, a_person, a_session, an_offer
from tests.recommender.spaces import a_need, a_pool, ask_mentors, mentors

HELD = SessionStatus.HELD


def features_of(pool: Any, *needs: Any, **changes: Any) -> dict[str, list[float]]:
    rows = np.arange(len(pool.offers))
    return {name: list(values) for name, values in mentor_features(ask_mentors(*needs, **changes), pool, rows).items()}


def test_the_sentence_that_fits_best_counts() -> None:
    people, _ = mentors("m1", "m2")
    fitting, other = "I learnt to hand over work.", "I like long walks by the sea."
    offers = [an_offer("m1", biography=f"{other} {fitting}"), an_offer("m2", biography=other)]
    fit = features_of(a_pool(people, offers), a_need("I learnt to hand over work."))["topic_fit"]
    assert fit[0] > 0.9
    assert fit[1] < 0.3


def test_needs_of_sessions_held_count_too() -> None:
    people, offers = mentors("m1", "m2", biography="...")
    sessions = [a_session(status=HELD, need="I do everything myself"), a_session("s2", mentor_id="m2", need="I do all")]
    fit = features_of(a_pool(people, offers, sessions=sessions), a_need("I do everything myself"))["topic_fit"]
    assert fit[0] > 0.9
    assert fit[1] == 0


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


def test_capacity_is_the_share_left_this_week_and_next() -> None:
    """60 a week: 120 in two weeks; 20 in this week and 30 in the next are gone, the third week is another matter."""
    people, offers = mentors("m1")
    sessions = [
        a_session("s1", minutes=20),
        a_session("s2", minutes=30, starts_at=datetime(2026, 3, 9, 9, 0, tzinfo=UTC)),
        a_session("s3", minutes=30, starts_at=datetime(2026, 3, 16, 9, 0, tzinfo=UTC)),
    ]
    assert features_of(a_pool(people, offers, sessions=sessions))["capacity"] == [pytest.approx(70 / 120)]


def test_no_capacity_at_all_is_0() -> None:
    assert features_of(a_pool(*mentors("m1", capacity_minutes_per_week=0)))["capacity"] == [0]


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
