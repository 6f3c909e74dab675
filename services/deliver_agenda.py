"""The agenda of a session in the mentor's mail, two hours before it begins, in the words that count then."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

from domain.errors import NotFound
from domain.language import LocalText
from domain.sessions import MentoringSession, SessionStatus
from integrations.mail import Mail
from prep import render_agenda
from prep.sinks import header_text
from recommender.weeks import zone_of
from services.context import Context
from services.draft_agenda import keep_template, read_draft
from store import Store, unit_of_work

DELIVER_AGENDA = "deliver_agenda"
BEFORE = timedelta(hours=2)
_SUBJECT = LocalText("Agenda: {title}, {minutes} min", "План встречи: {title}, {minutes} мин")
_INTRODUCTION = LocalText(
    "At {time} (your time) you meet {names}. This is the agenda; each line says what it rests on.",
    "В {time} по вашему времени у вас встреча: {names}. Вот план: у каждой строки указано, на чём она основана.",
)

_LINK = LocalText("Change it together: {link}", "Изменить вместе: {link}")


def prepare_session(context: Context, session_id: str) -> None:
    """Draft the agenda of a session that was just booked, and let it reach the mentor before the session begins.

    Called in the use case that books or moves a session; the same session at the same time is prepared once.
    """
    with unit_of_work(context.engine) as store:
        draft = read_draft(context, store, session_id)
        mentor = store.people.get(draft.session.mentor_id)
    for language in dict.fromkeys((draft.request.language, mentor.locale)):
        keep_template(context, session_id, language)
    with unit_of_work(context.engine, write=True) as store:
        enqueue_delivery(store, draft.session, context.clock())


def prepare_booked(context: Context, payload: Mapping[str, Any]) -> None:
    """Prepare a session that was just booked or moved; nothing where it is booked no more. Run by a worker."""
    session_id = str(payload["session_id"])
    with unit_of_work(context.engine) as store:
        session = store.sessions.get(session_id)
    if session.status is SessionStatus.BOOKED and session.mentee_ids:
        prepare_session(context, session_id)


def enqueue_delivery(store: Store, session: MentoringSession, now: datetime) -> bool:
    """Ask for the mail to the mentor two hours before the session; return whether it is asked for now."""
    if session.starts_at is None or session.starts_at <= now:
        return False
    at = max(now, session.starts_at - BEFORE)
    payload = {"session_id": session.id, "starts_at": session.starts_at.isoformat()}
    return store.jobs.add(DELIVER_AGENDA, delivery_key(session), payload, at, at=now)


def delivery_key(session: MentoringSession) -> str:
    """Return what names this mail among all: a session that was moved has another."""
    return f"{DELIVER_AGENDA}:{session.id}:{session.starts_at.isoformat() if session.starts_at else ''}"


def deliver_agenda(context: Context, payload: Mapping[str, Any]) -> None:
    """Send the agenda to the mentor; nothing where the session was moved, cancelled or has begun. Run by a worker."""
    session_id = str(payload["session_id"])
    try:
        with unit_of_work(context.engine) as store:
            session = store.sessions.get(session_id)
            mentor = store.people.get(session.mentor_id)
            names = ", ".join(store.people.get(mentee_id).name for mentee_id in session.mentee_ids)
    except NotFound:
        return
    is_as_planned = session.starts_at == datetime.fromisoformat(str(payload["starts_at"]))
    may = session.status is SessionStatus.BOOKED and is_as_planned and mentor.is_active
    if not may or session.starts_at is None or session.starts_at <= context.clock():
        return
    agenda = keep_template(context, session_id, mentor.locale).agenda
    subject = _SUBJECT.get(mentor.locale).format(title=header_text(agenda.title), minutes=agenda.minutes)
    time = f"{session.starts_at.astimezone(zone_of(mentor.zone)):%H:%M}"
    introduction = _INTRODUCTION.get(mentor.locale).format(time=time, names=names)
    link = _LINK.get(mentor.locale).format(link=context.links.url(f"/sessions/{quote(session_id)}/agenda"))
    text = f"{introduction}\n\n{render_agenda(agenda)}\n\n{link}\n"
    context.mailer.send(Mail(delivery_key(session), mentor.email, subject, text))
