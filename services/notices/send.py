"""Sends one message about a session to one person, if it is still true; with it an invitation to a calendar."""

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from domain.jobs import JobFailed
from domain.notices import Notice
from integrations.calendar import Method
from integrations.ical import Party, invitation
from integrations.mail import CalendarPart, Mail
from services.booking.jobs import ARRANGE, session_key
from services.booking.policy import booking_policy
from services.booking.quiet import send_at
from services.context import Context
from services.notices.still_true import is_still_true
from services.notices.told import Look, Told, look_at, read_told
from services.notices.write import write_letter
from services.session_event import session_event
from store import Store, unit_of_work

ROOM_ATTEMPTS = 3
ROOM_PAUSE, ROOM_PATIENCE = timedelta(seconds=20), timedelta(minutes=3)
QUIET = "hours.quiet"
_INVITES = {Notice.BOOKED: Method.REQUEST, Notice.MOVED: Method.REQUEST, Notice.CANCELLED: Method.CANCEL}

log = logging.getLogger(__name__)


def send_notice(context: Context, payload: Mapping[str, Any]) -> None:
    """Send the message, unless what it says is no longer so. Run by a worker.

    The session is read once more right before the mail is handed over: only a change within those moments may be told
    of as it was before.

    Raises
    ------
    JobFailed
        If it has to wait: for the end of quiet hours, or for the room of the call.
    MailFailed
        If the mail did not leave.
    """
    told = read_told(payload)
    with unit_of_work(context.engine) as store:
        look = _true_look(context, store, told)
        if look is None:
            return
        _check_time(store, look)
        mail = _mail(context, store, look)
    with unit_of_work(context.engine) as store:  # writing may take a moment, for instance the first mail of a process
        look = _true_look(context, store, told)
    if look:
        context.mailer.send(mail)


def _true_look(context: Context, store: Store, told: Told) -> Look | None:
    """Return how things stand, None where what the message says is no longer so."""
    look = look_at(store, told, context.clock())
    if look is None or not is_still_true(look):
        log.info("a message is dropped, %s: it is no longer so", told.notice)
        return None
    return look


def is_room_awaited(store: Store, look: Look) -> bool:
    """Say whether a room may still be found for this revision: tried less than three times, in the last minutes."""
    job = store.jobs.get(session_key(ARRANGE, look.session, str(look.told.revision)))
    if job is None or not job.is_waiting or look.session.place:
        return False
    return job.attempts < ROOM_ATTEMPTS and look.now - job.created_at < ROOM_PATIENCE


def _check_time(store: Store, look: Look) -> None:
    told, now = look.told, look.now
    at = send_at(told.notice, now, look.person.zone, booking_policy(store), told.about)
    if at > now:  # it was due before the quiet hours, and could not leave then
        raise JobFailed(QUIET, retry_after=at - now)
    if _INVITES.get(told.notice) is Method.REQUEST and is_room_awaited(store, look):
        raise JobFailed("room.awaited", retry_after=ROOM_PAUSE)


def _mail(context: Context, store: Store, look: Look) -> Mail:
    letter = write_letter(store, look, context.links)
    part = _calendar_part(store, look, context.organizer, look.now)
    return Mail(look.told.key, look.person.email, letter.subject, letter.text(), letter.html(), part)


def _calendar_part(store: Store, look: Look, organizer: Party, now: datetime) -> CalendarPart | None:
    """Return the invitation, or its end; None for other messages, and where the person's own calendar is written."""
    method, event = _INVITES.get(look.told.notice), session_event(store, look.session, look.person)
    connection = store.calendars.of(look.person.id)
    if method is None or event is None or (connection and not connection.needs_the_person):
        return None
    reader = Party(look.person.name, look.person.email)
    return CalendarPart(invitation(event, organizer, [reader], method, now), method)
