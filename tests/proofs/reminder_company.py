"""The people and sessions of the proof of reminders: pairs that meet once, an hour after their reminder is due."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from domain.availability import Availability
from domain.notices import Notice
from domain.people import Role, WeeklyHours
from domain.sessions import MentoringSession, SessionStatus
from domain.transitions import Action, Side
from integrations.mail import Mail
from services.booking.desk import Desk
from services.booking.jobs import NOTICE, session_key
from services.booking.policy import booking_policy
from services.notices.told import Told
from store import Engine, unit_of_work
from tests.builders import a_person, a_session, a_skill, a_topic, an_area, an_offer

BEGINS = datetime(2026, 3, 9, 9, 0, tzinfo=UTC)  # a Monday morning in Berlin
WAVES = {0: 100, 1: 80, 2: 70}  # so many sessions are to be reminded of at 5, 10 and 15 minutes past
FIRST_DUE, STEP = timedelta(minutes=5), timedelta(minutes=5)
MOVED_BY = timedelta(minutes=10)
HOUR = timedelta(hours=1)
_ALL_DAY = tuple(WeeklyHours(day, time(0), time(23, 59)) for day in range(7))


def fill(engine: Engine) -> list[MentoringSession]:
    """Book every session by the use cases' own desk, and return them in order."""
    wanted = [_wanted(wave, number) for wave, count in WAVES.items() for number in range(count)]
    with unit_of_work(engine, write=True) as store:
        store.catalog.publish([an_area()], [a_skill()], [a_topic()], "for the proof", BEGINS)
        store.people.save(a_person(session.mentee_ids[0]) for session in wanted)
        store.people.save(a_person(session.mentor_id, roles=frozenset({Role.MENTOR})) for session in wanted)
        store.offers.save(an_offer(session.mentor_id, weekly_hours=_ALL_DAY) for session in wanted)
        desk = Desk(store, BEGINS, booking_policy(store))
        booked = []
        for session in wanted:
            store.availability.save(session.mentor_id, Availability(notice_hours=0))
            asked = desk.begin(session, Action.REQUEST, session.mentee_ids[0])
            booked.append(desk.step(asked, Action.ACCEPT, Side.MENTOR, session.mentor_id))
        _forget(desk, booked)
    return booked


def tokens(session: MentoringSession) -> set[str]:
    """Return what names the reminders of a session at its time, one for each of the two."""
    told = Told(session.id, session.revision, session.starts_at, Notice.REMINDER, "", hours=1)
    return {_token(replace(told, person_id=person_id)) for person_id in session.everybody}


def all_tokens(sessions: Iterable[MentoringSession]) -> set[str]:
    return {token for session in sessions for token in tokens(session)}


def _token(told: Told) -> str:
    return Mail(told.key, "somebody@example.org", "-", "-").token


def _wanted(wave: int, number: int) -> MentoringSession:
    name = f"{wave}-{number:03}"
    return a_session(
        f"s{name}",
        mentor_id=f"m{name}",
        mentee_ids=(f"p{name}",),
        status=SessionStatus.REQUESTED,
        created_at=BEGINS,
        starts_at=BEGINS + FIRST_DUE + wave * STEP + HOUR,
    )


def _forget(desk: Desk, booked: list[MentoringSession]) -> None:
    """Take the mails back that are no reminders: of them the proof says nothing."""
    for session in booked:
        for person_id in session.everybody:
            desk.store.jobs.cancel(session_key(NOTICE, session, Notice.BOOKED, person_id, "1"))
        desk.store.jobs.cancel(session_key(NOTICE, session, Notice.REQUESTED, session.mentor_id, "0"))
