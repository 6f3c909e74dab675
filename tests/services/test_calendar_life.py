"""R8: booked, moved five times, cancelled: calendars update and do not multiply, by mail and on a real server."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage

import pytest
from icalendar import Calendar

from compose import build_calendar_kinds
from domain.sessions import MentoringSession
from domain.transitions import Action, Side, transition
from integrations.calendar import Method
from integrations.ical import Party, invitation
from integrations.mail import CalendarPart, Mail
from integrations.smtp import Security, SmtpMailer, SmtpServer
from services.calendars import calendar_of
from services.connect_calendar import connect_caldav
from services.context import Context
from services.jobs import run_due
from services.session_event import session_event
from services.write_event import WRITE_EVENT, enqueue_writes, write_event
from settings import Settings
from store import unit_of_work
from tests.builders import NOW, a_person, a_session
from tests.fakes.radicale_server import PASSWORD, USER, RadicaleServer
from tests.integrations.events import HALFHOUR, event_in
from tests.integrations.mail_server import Inbox, mail_server
from tests.proofs.report import record
from tests.services.calendars import SEAL, save

MOVES, IMPORTS = 5, 10
pytestmark = pytest.mark.promise


def life() -> Iterator[MentoringSession]:
    """Yield a session as it is booked, after each of five moves, and cancelled."""
    session = a_session("s1", revision=1)
    yield session
    for _ in range(MOVES):
        assert session.starts_at
        moved = session.starts_at + timedelta(days=1, hours=1)
        session = transition(session, Action.MOVE, Side.MENTEE, NOW, starts_at=moved)
        yield session
    yield transition(session, Action.CANCEL, Side.MENTOR, NOW)


@pytest.fixture
def context(running: Context, radicale: RadicaleServer) -> Context:
    """Nora has connected her calendar."""
    kinds = build_calendar_kinds(Settings(caldav_hosts=radicale.host), running.clock)
    context = replace(running, seal=SEAL, calendar_kinds=kinds, caldav_hosts=(radicale.host,))
    connect_caldav(context, a_person("p1"), radicale.address, USER, PASSWORD)
    return context


def invited(context: Context, session: MentoringSession, method: Method) -> Mail:
    """Return the mail to Nora about the session as it is."""
    with unit_of_work(context.engine) as store:
        event = session_event(store, session, store.people.get("p1"))
    assert event is not None
    text = invitation(event, HALFHOUR, [Party("Nora", "p1@example.org")], method, NOW)
    return Mail(f"s1:{session.revision}", "p1@example.org", "Session", "Words", calendar=CalendarPart(text, method))


def ics_of(mail: EmailMessage) -> str:
    return str(mail.get_payload()[0].get_payload()[-1].get_content())  # type: ignore[index, union-attr]


@pytest.fixture
def inbox(context: Context) -> Iterator[list[str]]:
    """What seven mails over real SMTP carry, in order."""
    *booked, cancelled = life()
    with mail_server() as server:
        mailer = SmtpMailer(SmtpServer("127.0.0.1", server.port, Security.NONE), "h@example.org", lambda: NOW)
        for session in booked:
            mailer.send(invited(context, session, Method.REQUEST))
        mailer.send(invited(context, cancelled, Method.CANCEL))
        yield texts_in(server)


def texts_in(server: Inbox) -> list[str]:
    return [ics_of(mail) for mail in server.mails]


def test_by_mail_there_is_one_uid_a_rising_sequence_and_the_right_method(inbox: list[str]) -> None:
    events = [event_in(text) for text in inbox]
    assert {str(event["UID"]) for event in events} == {"s1@halfhour"}
    assert [event["SEQUENCE"] for event in events] == [1, 2, 3, 4, 5, 6, 7]
    assert [Calendar.from_ical(text)["METHOD"] for text in inbox] == ["REQUEST"] * 6 + ["CANCEL"]
    assert [event["STATUS"] for event in events] == ["CONFIRMED"] * 6 + ["CANCELLED"]
    starts = [event.start for event in events[:6]]
    assert starts == sorted(set(starts))
    record("R8 mail", "SMTP", {"moves": MOVES, "UIDs": 1, "SEQUENCE": "1 to 7", "METHOD": "REQUEST x6, CANCEL"})


def test_imported_ten_times_mails_make_one_event(inbox: list[str], radicale: RadicaleServer) -> None:
    for _ in range(IMPORTS):
        for text in inbox:
            kept = text.replace("METHOD:REQUEST\r\n", "").replace("METHOD:CANCEL\r\n", "")
            assert radicale.keep("by-mail", kept) in (200, 201, 204)
            assert radicale.keep("by-another-program", kept) == 409  # the server itself knows the UID
    (text,) = radicale.texts()
    assert event_in(text)["STATUS"] == "CANCELLED"
    record("R8", "Radicale", {"imports": IMPORTS * len(inbox), "events": 1})


def test_through_the_port_ten_times_there_is_one_event_and_at_last_none(
    context: Context, radicale: RadicaleServer
) -> None:
    *booked, cancelled = life()
    with unit_of_work(context.engine) as store:
        calendar = calendar_of(context, store, "p1")
        events = [session_event(store, session, store.people.get("p1")) for session in booked]
    event_id = ""
    for event in events:
        assert event is not None
        for _ in range(IMPORTS):
            event_id = calendar.put(event, event_id)
            (text,) = radicale.texts()
            assert (event_in(text)["SEQUENCE"], event_in(text).start) == (event.sequence, event.starts_at)
    for _ in range(IMPORTS):
        calendar.remove(event_id)
    assert radicale.texts() == []
    assert cancelled.revision == MOVES + 2


def test_by_jobs_the_calendar_follows_the_session(context: Context, radicale: RadicaleServer) -> None:
    *booked, cancelled = life()
    for session in booked:
        change(context, session)
        (text,) = radicale.texts()
        assert (event_in(text)["SEQUENCE"], event_in(text).start) == (session.revision, session.starts_at)
    change(context, cancelled)
    assert radicale.texts() == []


def test_an_invitation_by_mail_and_the_calendar_are_one_event(
    context: Context, inbox: list[str], radicale: RadicaleServer
) -> None:
    radicale.keep("from-the-mailbox", inbox[0].replace("METHOD:REQUEST\r\n", ""))
    *booked, cancelled = life()
    change(context, booked[-1])
    (text,) = radicale.texts()
    assert event_in(text)["SEQUENCE"] == 6
    change(context, cancelled)
    assert radicale.texts() == []


def change(context: Context, session: MentoringSession) -> None:
    """Keep the session, and let its calendars follow, each job twice as after a crash."""
    save(context, session)
    with unit_of_work(context.engine, write=True) as store:
        enqueue_writes(store, session, NOW)
    run_due(context, {WRITE_EVENT: write_event}, "w")
    write_event(context, {"session_id": "s1", "person_id": "p1"})
