"""Sessions and feedback of the demo company obey the product's own rules: hours, minutes, languages, no overlap."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from domain.language import Language
from domain.people import Format, MentorOffer, Person
from domain.sessions import MentoringSession, SessionStatus
from services.demo.diary import Diary, Draft, Span
from services.demo.files import read_demo_texts
from services.demo.sessions import PER_PERSON
from services.demo.texts import DemoTexts
from services.demo_company import Company, generate_company

NOW = datetime(2026, 3, 16, 9, 30, tzinfo=UTC)
QUARTER_SECONDS = 900


@pytest.fixture(scope="module")
def texts() -> DemoTexts:
    return read_demo_texts()


@pytest.fixture(scope="module")
def company() -> Company:
    return generate_company(NOW)


@pytest.fixture(scope="module")
def people(company: Company) -> dict[str, Person]:
    return {person.id: person for person in company.people}


@pytest.fixture(scope="module")
def offers(company: Company) -> dict[str, MentorOffer]:
    return {offer.mentor_id: offer for offer in company.offers}


def with_status(company: Company, *statuses: SessionStatus) -> list[MentoringSession]:
    return [session for session in company.sessions if session.status in statuses]


def timed(company: Company) -> Iterable[tuple[MentoringSession, datetime]]:
    return ((session, session.starts_at) for session in company.sessions if session.starts_at)


# --- sessions -------------------------------------------------------------------------------------------------------


def test_half_a_year_of_held_sessions_and_some_ahead(company: Company) -> None:
    counts = Counter(session.status for session in company.sessions)
    assert counts[SessionStatus.HELD] == 420
    assert counts[SessionStatus.BOOKED] == 25
    assert all(counts[status] for status in PER_PERSON)
    assert {session.minutes for session in company.sessions} == {15, 20, 25, 30}
    assert {session.format for session in company.sessions} == set(Format)


def test_held_sessions_lie_behind_and_booked_ones_within_ten_days(company: Company) -> None:
    half_a_year = timedelta(days=190)
    for session in with_status(company, SessionStatus.HELD):
        assert NOW - half_a_year < (session.ends_at or session.created_at) < NOW
    for session in with_status(company, SessionStatus.BOOKED, SessionStatus.REQUESTED):
        assert session.starts_at is not None
        assert NOW < session.starts_at < NOW + timedelta(days=10)
        assert session.created_at < NOW


def test_a_session_is_asked_for_before_it_starts(company: Company) -> None:
    assert [session.id for session, start in timed(company) if session.created_at >= start] == []


def test_nobody_is_in_two_sessions_in_one_quarter_of_an_hour(company: Company) -> None:
    taken = Counter(
        (person_id, quarter)
        for session, start in timed(company)
        for quarter in range(
            int(start.timestamp()) // QUARTER_SECONDS,
            -(-int((start + timedelta(minutes=session.minutes)).timestamp()) // QUARTER_SECONDS),
        )
        for person_id in (session.mentor_id, *session.mentee_ids)
    )
    assert max(taken.values()) == 1


def test_sessions_fall_into_the_mentors_weekly_hours(
    company: Company, people: dict[str, Person], offers: dict[str, MentorOffer]
) -> None:
    for session, start in timed(company):
        zone = ZoneInfo(people[session.mentor_id].zone)
        begins, ends = start.astimezone(zone), (start + timedelta(minutes=session.minutes)).astimezone(zone)
        assert any(
            hours.weekday == begins.weekday() and hours.start <= begins.time() and ends.time() <= hours.end
            for hours in offers[session.mentor_id].weekly_hours
        )


def test_nobody_is_met_at_night(company: Company, people: dict[str, Person]) -> None:
    for session, start in timed(company):
        for mentee_id in session.mentee_ids:
            begins = start.astimezone(ZoneInfo(people[mentee_id].zone))
            assert time(8) <= begins.time() < (begins + timedelta(minutes=session.minutes)).time() <= time(19)


def test_a_mentor_gives_no_more_minutes_a_week_than_offered(
    company: Company, people: dict[str, Person], offers: dict[str, MentorOffer]
) -> None:
    given: dict[tuple[str, int, int], int] = defaultdict(int)
    for session, start in timed(company):
        year, week, _ = start.astimezone(ZoneInfo(people[session.mentor_id].zone)).isocalendar()
        given[session.mentor_id, year, week] += session.minutes
    over = [key for key, minutes in given.items() if minutes > (offers[key[0]].capacity_minutes_per_week or 60)]
    assert over == []


def test_the_diary_refuses_what_is_over_the_weeks_minutes(offers: dict[str, MentorOffer]) -> None:
    offer = replace(next(iter(offers.values())), mentor_id="m", capacity_minutes_per_week=45)
    diary = Diary([offer], {"m": "Europe/Berlin"})
    draft = Draft("delegate-work", "m", ("a",), Format.CHAT, 30, "", Language.EN)
    assert [diary.give(draft, NOW), diary.give(draft, NOW), diary.give(draft, NOW + timedelta(days=7))] == [
        True,
        False,
        True,
    ]


def test_a_span_draws_within_itself() -> None:
    class Half:
        def random(self) -> float:
            return 0.5

    span = Span(NOW, NOW + timedelta(hours=4))
    assert span.draw(Half()) == NOW + timedelta(hours=2)  # type: ignore[arg-type]


def test_nobody_is_mentored_in_the_own_line_or_without_a_common_language(
    company: Company, people: dict[str, Person]
) -> None:
    for session in company.sessions:
        mentor = people[session.mentor_id]
        for mentee in (people[person_id] for person_id in session.mentee_ids):
            assert mentor.id not in (mentee.id, mentee.manager_id)
            assert mentor.manager_id != mentee.id
            assert mentor.languages & mentee.languages


def test_topics_and_formats_are_those_that_the_mentor_offers(company: Company, offers: dict[str, MentorOffer]) -> None:
    for session in company.sessions:
        assert session.topic_id in offers[session.mentor_id].topic_ids
        assert session.format in offers[session.mentor_id].formats
        assert (session.starts_at is None) == (session.format is Format.CHAT)
        assert len(session.mentee_ids) == 1 or (session.format is Format.GROUP and 3 <= len(session.mentee_ids) <= 6)


def test_nothing_is_booked_with_a_mentor_who_pauses_or_has_no_minutes(
    company: Company, people: dict[str, Person], offers: dict[str, MentorOffer]
) -> None:
    for session in with_status(company, SessionStatus.BOOKED, SessionStatus.REQUESTED):
        offer = offers[session.mentor_id]
        assert offer.paused_until is None
        assert offer.capacity_minutes_per_week > 0
        assert all(people[person_id].is_active for person_id in (session.mentor_id, *session.mentee_ids))


def test_nobody_talks_about_one_topic_twice(company: Company) -> None:
    talked = Counter((one, session.topic_id) for session in company.sessions for one in session.mentee_ids)
    assert max(talked.values()) == 1


def test_session_ids_follow_their_time(company: Company) -> None:
    at = [session.starts_at or session.created_at for session in company.sessions]
    assert at == sorted(at)
    assert company.sessions[0].id == "s0001"


# --- feedback -------------------------------------------------------------------------------------------------------


def test_feedback_is_by_mentees_of_held_sessions_after_the_session(company: Company) -> None:
    held = {session.id: session for session in with_status(company, SessionStatus.HELD)}
    keys = [(feedback.session_id, feedback.author_id) for feedback in company.feedback]
    assert len(keys) == len(set(keys)) >= 300
    for feedback in company.feedback:
        session = held[feedback.session_id]
        assert feedback.author_id in session.mentee_ids
        assert (session.ends_at or session.created_at) < feedback.created_at <= NOW


def test_feedback_texts_are_not_repeated_and_some_are_empty(company: Company) -> None:
    written = [feedback.still_open for feedback in company.feedback if feedback.still_open]
    assert len(written) == len(set(written)) >= 150
    assert len(company.feedback) - len(written) >= 50


def test_ratings_are_mixed_and_levels_never_fall(company: Company) -> None:
    ratings = Counter(feedback.rating for feedback in company.feedback)
    assert set(ratings) == {1, 2, 3, 4, 5}
    assert sum(ratings[low] for low in (1, 2, 3)) >= 0.15 * len(company.feedback)
    for feedback in company.feedback:
        assert (feedback.level_before is None) == (feedback.level_after is None)
        assert (feedback.level_before or 0) <= (feedback.level_after or 0) <= 4


def test_feedback_fits_topic_and_format_of_its_session(company: Company, texts: DemoTexts) -> None:
    by_text = {text.text: text for text in texts.feedback}
    sessions = {session.id: session for session in company.sessions}
    for feedback in company.feedback:
        if feedback.still_open:
            text, session = by_text[feedback.still_open], sessions[feedback.session_id]
            assert text.about in (None, session.topic_id)
            assert text.format in (None, session.format)
            assert text.rating == feedback.rating
