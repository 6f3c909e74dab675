"""A mentor's week in one mail: on Monday morning, and only when something waits."""

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from domain.errors import NotFound
from domain.language import LocalText
from domain.people import MentorOffer, Person
from domain.sessions import MentoringSession, SessionStatus
from integrations.mail import Mail
from prep.sinks import header_text
from recommender.weeks import monday_of, zone_of
from services.availability import minutes_left
from services.booking.policy import booking_policy
from services.booking.quiet import after_quiet_hours
from services.context import Context
from services.notices.dates import length, short_date
from services.notices.letter import Letter
from services.session_event import topic_title
from store import Store, unit_of_work

PLAN_DIGESTS, DIGEST = "plan_digests", "mentor_digest"
MORNING = time(8)
WEEK, AHEAD = timedelta(days=7), timedelta(days=2)  # planned shortly before, so that zones and rules are those in force
TOO_LATE = timedelta(days=2)  # a week that is half over needs no digest
ASKED_FOR = timedelta(days=14)  # how long feedback is asked for

_SUBJECT = LocalText("Your week as a mentor", "Ваша неделя наставника")
_OPENING = LocalText("This is what waits for you.", "Вот что вас ждёт на этой неделе.")
_TO_ANSWER = LocalText("Requests to answer", "Просьбы, на которые ждут ответа")
_THIS_WEEK = LocalText("This week’s sessions", "Встречи на этой неделе")
_FEEDBACK = LocalText("Feedback still to give", "Осталось поделиться впечатлением")
_LEFT = LocalText("Still free this week", "Ещё свободно на этой неделе")
_ACTION = LocalText("See your sessions", "Посмотреть ваши встречи")
_CLOSING = LocalText(
    "Full up? You can pause, or lower your minutes, on your page of availability.",
    "Слишком плотно? На странице доступности можно взять паузу или уменьшить число минут.",
)

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class MentorWeek:
    """What waits for a mentor: requests, the sessions of the week, those without their feedback; minutes left."""

    to_answer: tuple[MentoringSession, ...]
    this_week: tuple[MentoringSession, ...]
    without_feedback: tuple[MentoringSession, ...]
    minutes_left: int

    @property
    def is_empty(self) -> bool:
        return not (self.to_answer or self.this_week or self.without_feedback)


def plan_digests(context: Context) -> None:
    """Let today's planning run once, by whichever worker is first."""
    with unit_of_work(context.engine, write=True) as store:
        _plan_again(store, context.clock())


def plan_next_digests(context: Context, payload: Mapping[str, Any]) -> None:
    """Plan the digests of the Monday that comes within two days, and the next planning. Run by a worker."""
    now = context.clock()
    with unit_of_work(context.engine, write=True) as store:
        policy = booking_policy(store)
        people = {person.id: person for person in store.people.list()}
        mentors = [people[offer.mentor_id] for offer in store.offers.list() if offer.mentor_id in people]
        for mentor in mentors if policy.has_digest else ():
            monday = _next_monday(mentor, now)
            at = datetime.combine(monday, MORNING, zone_of(mentor.zone)).astimezone(now.tzinfo)
            if at - now < AHEAD:
                payload = {"person_id": mentor.id, "monday": monday.isoformat()}
                run_at = after_quiet_hours(at, mentor.zone, policy)
                store.jobs.add(DIGEST, f"{DIGEST}:{mentor.id}:{monday.isoformat()}", payload, run_at, at=now)
        _plan_again(store, now + timedelta(days=1))


def send_digest(context: Context, payload: Mapping[str, Any]) -> None:
    """Send one mentor the week, if something waits and they still mentor. Run by a worker; raises MailFailed."""
    monday, now = date.fromisoformat(str(payload["monday"])), context.clock()
    with unit_of_work(context.engine) as store:
        found = _reader(store, str(payload["person_id"]))
        if found is None or not booking_policy(store).has_digest:
            return
        mentor, offer = found
        week = mentor_week(store, mentor, offer, monday, now)
        if week.is_empty or now - datetime.combine(monday, MORNING, zone_of(mentor.zone)) > TOO_LATE:
            log.info("a digest is dropped: nothing waits, or the week is half over")
            return
        letter = _letter(store, mentor, week, context.links.url("/sessions"))
    key = f"{DIGEST}:{mentor.id}:{monday.isoformat()}"
    context.mailer.send(Mail(key, mentor.email, letter.subject, letter.text(), letter.html()))


def mentor_week(store: Store, mentor: Person, offer: MentorOffer, monday: date, now: datetime) -> MentorWeek:
    """Return what waits for the mentor in the week of that Monday, soonest first."""
    own = store.sessions.of_mentor(mentor.id)
    end = datetime.combine(monday + WEEK, time(), zone_of(mentor.zone))
    rated = {one.session_id for one in store.feedback.of_person(mentor.id)}
    booked = [s for s in own if s.status is SessionStatus.BOOKED and s.starts_at and now < s.starts_at < end]
    held = [s for s in own if s.was_held and s.ends_at and now - ASKED_FOR < s.ends_at and s.id not in rated]
    return MentorWeek(
        to_answer=tuple(s for s in own if s.status is SessionStatus.REQUESTED),
        this_week=tuple(sorted(booked, key=lambda session: session.starts_at or now)),
        without_feedback=tuple(held),
        minutes_left=minutes_left(store, offer.mentor_id, now).week,
    )


def _letter(store: Store, mentor: Person, week: MentorWeek, link: str) -> Letter:
    language = mentor.locale
    parts = ((_TO_ANSWER, week.to_answer), (_THIS_WEEK, week.this_week), (_FEEDBACK, week.without_feedback))
    lists = [(name.get(language), tuple(_lines(store, mentor, some))) for name, some in parts if some]
    left = [(_LEFT.get(language), length(week.minutes_left, language))] if week.minutes_left else []
    return Letter(
        subject=_SUBJECT.get(language),
        language=language,
        opening=_OPENING.get(language),
        action=_ACTION.get(language),
        link=link,
        facts=tuple(left),
        lists=tuple(lists),
        closing=_CLOSING.get(language),
    )


def _lines(store: Store, mentor: Person, sessions: tuple[MentoringSession, ...]) -> Iterator[str]:
    """Yield one line per session: when, whom, what about; nobody's own words."""
    for session in sessions:
        names = ", ".join(store.people.get(mentee_id).name for mentee_id in session.mentee_ids)
        when = short_date(session.starts_at, mentor.locale, mentor.zone) if session.starts_at else ""
        yield header_text(" · ".join(filter(None, (when, names, topic_title(store, session, mentor)))))


def _reader(store: Store, person_id: str) -> tuple[Person, MentorOffer] | None:
    """Return the mentor with their offer; None for one who does not mentor any more."""
    try:
        mentor, offer = store.people.get(person_id), store.offers.get(person_id)
    except NotFound:
        return None
    return (mentor, offer) if offer and mentor.is_active else None


def _next_monday(mentor: Person, now: datetime) -> date:
    """Return the Monday whose morning is still to come on the mentor's clock: today's, where it has not passed."""
    zone = zone_of(mentor.zone)
    this = monday_of(now, zone)
    return this if datetime.combine(this, MORNING, zone) > now else this + WEEK


def _plan_again(store: Store, at: datetime) -> None:
    store.jobs.add(PLAN_DIGESTS, f"{PLAN_DIGESTS}:{at.date().isoformat()}", {}, at)
