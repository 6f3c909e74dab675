"""Counts of the programme: nothing that fewer than five people stand for, and nothing to work it out from."""

import random
from datetime import UTC, datetime, timedelta

import pytest

from domain.feedback import AgendaFit
from domain.people import Role
from domain.sessions import MentoringSession, SessionStatus
from services.context import Context
from services.hr_home import hr_home
from services.insights import FEWEST, Fate, insights, tell_parts
from store import unit_of_work
from tests.builders import NOW, a_feedback, a_person, a_session, an_offer

JANUARY = datetime(2026, 1, 10, tzinfo=UTC)


def by(*people: int) -> frozenset[str]:
    return frozenset(f"n{number}" for number in people)


def sessions(status: SessionStatus, count: int, first: int = 0, topic: str = "speak-up") -> list[MentoringSession]:
    """Return sessions asked for in January, each by a mentee of their own."""
    at = JANUARY.replace(tzinfo=UTC)
    return [
        a_session(
            f"{status}-{first + n}-{topic}",
            mentee_ids=(f"n{first + n}",),
            topic_id=topic,
            status=status,
            created_at=at,
            starts_at=at + timedelta(days=1, hours=n),
        )
        for n in range(count)
    ]


@pytest.fixture
def busy(running: Context) -> Context:
    """Twenty mentees: in January 12 sessions held, 6 cancelled, 2 missed."""
    with unit_of_work(running.engine, write=True) as store:
        store.people.save(a_person(f"n{number}") for number in range(20))
        held = sessions(SessionStatus.HELD, 12)
        missed = sessions(SessionStatus.NO_SHOW, 2, 18)
        store.sessions.save([*held, *sessions(SessionStatus.CANCELLED, 6, 12, "read-plans"), *missed])
        store.feedback.save(
            a_feedback(f"f{n}", session_id=held[n].id, author_id=f"n{n}", rating=5 if n else 3) for n in range(6)
        )
    return running


def test_a_small_group_is_hidden_and_so_is_what_it_could_be_worked_out_from(busy: Context) -> None:
    january = next(month for month in insights(busy).months if month.begins.month == 1)
    assert january.asked is None  # 20 - 12 - 6 would tell of the two
    assert january.fates == {
        Fate.HELD: 12,
        Fate.CANCELLED: 6,
        Fate.NO_SHOW: None,
        Fate.AHEAD: 0,
        Fate.UNANSWERED: 0,
    }


def test_months_end_with_this_one(busy: Context) -> None:
    assert [(m.begins.year, m.begins.month) for m in insights(busy).months] == [
        (2025, 10),
        (2025, 11),
        (2025, 12),
        (2026, 1),
        (2026, 2),
        (2026, 3),
    ]


def test_the_plain_counts(busy: Context) -> None:
    page = insights(busy)
    assert (page.people, page.mentees, page.mentors) == (24, 20, None)
    assert [(asked.topic.id, asked.sessions) for asked in page.most_asked] == [("speak-up", 14), ("read-plans", 6)]
    assert [topic.id for topic in page.without_mentor] == ["read-plans", "speak-up"]
    assert page.feedback_share == 50  # 6 of 12
    assert page.rating == pytest.approx((3 + 5 * 5) / 6)


def test_four_raters_have_no_mean(running: Context) -> None:
    with unit_of_work(running.engine, write=True) as store:
        store.people.save(a_person(f"n{number}") for number in range(4))
        held = sessions(SessionStatus.HELD, 4)
        store.sessions.save(held)
        store.feedback.save(a_feedback(f"f{n}", session_id=held[n].id, author_id=f"n{n}") for n in range(4))
    page = insights(running)
    assert (page.rating, page.raters, page.feedback_share, page.mentees) == (None, None, None, None)


@pytest.mark.parametrize(("unfit", "share"), [(5, 50), (4, None)])
def test_agendas_that_fitted_are_told_where_five_mentors_say_yes_and_five_do_not(
    running: Context, unfit: int, share: int | None
) -> None:
    fits = [AgendaFit.YES] * 5 + [AgendaFit.NO, AgendaFit.PARTLY, AgendaFit.NO, AgendaFit.NO, AgendaFit.NO][:unfit]
    held = sessions(SessionStatus.HELD, len(fits))
    with unit_of_work(running.engine, write=True) as store:
        store.people.save(a_person(f"n{number}") for number in range(len(fits)))
        store.sessions.save(held)
        store.feedback.save(
            a_feedback(f"f{n}", session_id=held[n].id, author_id=f"n{n}", agenda_fit=fit) for n, fit in enumerate(fits)
        )
    assert insights(running).agenda_share == share


def test_a_mentor_who_left_offers_nothing(running: Context) -> None:
    with unit_of_work(running.engine, write=True) as store:
        store.people.save([a_person("left", roles=frozenset({Role.MENTOR}), is_active=False)])
        store.offers.save([an_offer("left", topic_ids=frozenset({"speak-up"}))])
    assert "speak-up" in [topic.id for topic in insights(running).without_mentor]


def test_of_500_months_none_tells_of_fewer_than_five() -> None:
    chance = random.Random(7)
    for _ in range(500):
        people = chance.randint(1, 40)
        parts: dict[Fate, tuple[int, frozenset[str]]] = dict.fromkeys(Fate, (0, by()))
        for person in range(people):
            fate = chance.choices(list(Fate), weights=(8, 1, 2, 1, 1))[0]
            count, known = parts[fate]
            parts[fate] = count + 1, known | by(person)
        whole, shown = tell_parts(parts)
        hidden = [parts[fate][1] for fate, figure in shown.items() if figure is None]
        together = frozenset[str]().union(*hidden)
        assert whole is None or not together or len(together) >= FEWEST
        assert all(len(parts[fate][1]) >= FEWEST for fate, figure in shown.items() if figure)


def test_the_weekly_page_counts_what_waits(busy: Context) -> None:
    with unit_of_work(busy.engine, write=True) as store:
        asked = {"status": SessionStatus.REQUESTED, "starts_at": None}
        store.sessions.save([a_session("old", created_at=NOW - timedelta(days=2), **asked), a_session("new", **asked)])
    page = hr_home(busy)
    assert (page.waiting, page.waiting_long, page.unmet, page.drafted) == (2, 1, 0, 0)
    assert ([topic.id for topic in page.lonely], page.lonely_count) == (["speak-up", "read-plans"], 2)
    assert [news.number for news in page.versions] == [1]
