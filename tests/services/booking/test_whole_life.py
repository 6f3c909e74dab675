"""A whole session against a real CalDAV server and a real mail server, over HTTP: from the request to its end."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest
from fastapi.testclient import TestClient
from icalendar import Calendar

from api import create_app
from compose import build_calendar_kinds, build_handlers
from domain.sessions import SessionStatus
from integrations.ical import Party
from integrations.smtp import Security, SmtpMailer, SmtpServer
from services.connect_calendar import connect_caldav
from services.context import Context
from services.jobs import run_due
from services.links import Links
from services.read_busy import read_busy
from settings import Settings
from store import unit_of_work
from tests.builders import NOW, a_person
from tests.fakes.radicale_server import PASSWORD, USER, RadicaleServer
from tests.integrations.events import event_in
from tests.integrations.mail_server import Inbox, mail_server
from tests.services.calendars import SEAL
from tests.web.conftest import login_cookie
from web.access import COOKIE

HOME = "http://127.0.0.1"
SECRET = "a-secret-of-the-tests-0123456789-abcdefghij"
AT = datetime(2026, 3, 9, 8, 20, tzinfo=UTC)
BUSY = AT + timedelta(minutes=60)
MOVED = AT + timedelta(minutes=120)
OWN_EVENT = f"""BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:own\r
BEGIN:VEVENT\r
UID:dentist\r
DTSTAMP:20260301T000000Z\r
DTSTART:{BUSY:%Y%m%dT%H%M%SZ}\r
DTEND:{BUSY + timedelta(minutes=30):%Y%m%dT%H%M%SZ}\r
SUMMARY:Dentist\r
END:VEVENT\r
END:VCALENDAR\r
"""


@dataclass
class World:
    """A running Halfhour whose clock is moved by hand, with its mail server and the mentor's calendar."""

    context: Context
    inbox: Inbox
    calendar: RadicaleServer
    now: list[datetime] = field(default_factory=lambda: [NOW])

    def __post_init__(self) -> None:
        self.context = replace(self.context, clock=lambda: self.now[-1])
        self.app = create_app(Settings(secret_key=SECRET, worker="off"), context=self.context)

    def client(self, person_id: str = "") -> TestClient:
        client = TestClient(self.app, base_url=HOME, follow_redirects=False)
        if person_id:
            client.cookies.set(COOKIE, login_cookie(self.app, person_id))
        return client

    def work(self, now: datetime | None = None) -> list[EmailMessage]:
        """Move the clock, run what is due, and return the mails that this sent."""
        before = len(self.inbox.mails)
        if now:
            self.now.append(now)
        run_due(self.context, build_handlers(), "w")
        return self.inbox.mails[before:]

    def events(self) -> list[datetime]:
        """Return when the mentor's calendar holds sessions of Halfhour."""
        found = [event_in(text) for text in self.calendar.texts()]
        return [event.start for event in found if str(event["UID"]) != "dentist"]


@pytest.fixture
def world(running: Context, radicale: RadicaleServer) -> Iterator[World]:
    radicale.keep("dentist", OWN_EVENT)
    with mail_server() as inbox:
        mailer = SmtpMailer(SmtpServer("127.0.0.1", inbox.port, Security.NONE), "h@example.org", lambda: NOW)
        context = replace(
            running,
            mailer=mailer,
            seal=SEAL,
            calendar_kinds=build_calendar_kinds(Settings(caldav_hosts=radicale.host), running.clock),
            caldav_hosts=(radicale.host,),
            links=Links(SECRET, HOME, running.clock),
            organizer=Party("Halfhour", "h@example.org"),
        )
        connect_caldav(context, a_person("m1"), radicale.address, USER, PASSWORD)
        read_busy(context, {"person_id": "m1"})
        yield World(context, inbox, radicale)


def receivers(mails: list[EmailMessage]) -> set[str]:
    return {str(mail["To"]) for mail in mails}


def words_of(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def invitation_in(mails: list[EmailMessage], to: str) -> Calendar:
    (mail,) = [mail for mail in mails if str(mail["To"]) == to]
    (part,) = [p for p in mail.walk() if p.get_content_type() == "text/calendar" and not p.is_attachment()]
    return Calendar.from_ical(part.get_content())


def test_from_the_request_to_the_feedback(world: World) -> None:
    mentee, mentor = world.client("p1"), world.client("m1")
    body = {"topic_id": "delegate-work", "mentor_id": "m1", "need": "I do everything myself"}

    # the mentor's own calendar blocks a slot
    refused = mentee.post("/api/v1/sessions", json=body | {"starts_at": BUSY.isoformat()})
    assert refused.status_code == 422
    times = mentee.get("/api/v1/mentors/m1/times").json()["times"]
    assert not [time for time in times if BUSY <= datetime.fromisoformat(time) < BUSY + timedelta(minutes=30)]

    # the mentee asks, the mentor answers with one tap from the mail
    asked = mentee.post("/api/v1/sessions", json=body | {"starts_at": AT.isoformat()})
    assert asked.status_code == 201
    session_id = asked.json()["session_id"]
    (request,) = world.work()
    assert str(request["To"]) == "m1@example.org"
    (link,) = re.findall(rf"{HOME}(/answer/\S+)", words_of(request))
    nobody = world.client()
    assert nobody.get(link).status_code == 200
    assert nobody.post(link, data={"action": "accept", "revision": "0"}).status_code == 303

    # both are invited: the mentee by mail, the mentor in the connected calendar
    invited = world.work()
    assert receivers(invited) == {"p1@example.org", "m1@example.org"}
    first = invitation_in(invited, "p1@example.org")
    assert first["METHOD"] == "REQUEST"
    assert world.events() == [AT]

    # the mentee moves it: one event, one UID, a higher sequence
    move = {"revision": 1, "starts_at": MOVED.isoformat()}
    assert mentee.post(f"/api/v1/sessions/{session_id}/move", json=move).status_code == 200
    second = invitation_in(world.work(), "p1@example.org")
    old, new = first.walk("VEVENT")[0], second.walk("VEVENT")[0]
    assert (new["UID"], new.start) == (old["UID"], MOVED)
    assert new["SEQUENCE"] > old["SEQUENCE"]
    assert world.events() == [MOVED]

    # a day and an hour before, both are reminded; at the old time nothing is sent
    assert world.work(AT - timedelta(hours=24)) == []
    assert receivers(world.work(MOVED - timedelta(hours=24))) == {"p1@example.org", "m1@example.org"}
    agenda = world.work(MOVED - timedelta(hours=2))
    assert receivers(agenda) == {"m1@example.org"}
    assert receivers(world.work(MOVED - timedelta(hours=1))) == {"p1@example.org", "m1@example.org"}

    # it is held by itself once it is over, and both are asked how it was
    asked_how = world.work(MOVED + timedelta(minutes=31))
    assert receivers(asked_how) == {"p1@example.org", "m1@example.org"}
    with unit_of_work(world.context.engine) as store:
        assert store.sessions.get(session_id).status is SessionStatus.HELD
    assert world.events() == [MOVED]

    # both say how it was; after two weeks the mentee is asked whether it helped, and then it is over
    page = f"/sessions/{session_id}/feedback"
    said = {"rating": "5", "still_open": "how to check without hovering", "level_before": "1", "level_after": "2"}
    said |= {"step": "Hand over the report by Friday", "due": "2026-03-20", "seen": ""}
    assert mentee.post(page, data=said).status_code == 303
    step = {name: said[name] for name in ("step", "due")}
    assert mentor.post(page, data={"rating": "4", "still_open": "", **step, "seen": said["step"]}).status_code == 303
    with unit_of_work(world.context.engine) as store:
        ratings = {one.author_id: one.rating for one in store.feedback.of_session(session_id)}
        assert store.sessions.get(session_id).next_step == "Hand over the report by Friday"
    assert ratings == {"p1": 5, "m1": 4}
    helped = world.work(MOVED + timedelta(days=15))
    assert {"p1@example.org"} <= receivers(helped)
    signed_in_again = world.client("p1")  # after so long a login has ended
    answer = signed_in_again.post(f"/sessions/{session_id}/follow-up", data={"answer": "done"})
    assert answer.status_code == 303
    with unit_of_work(world.context.engine) as store:
        assert store.sessions.get(session_id).status is SessionStatus.FOLLOWED_UP
    assert "p1@example.org" not in receivers(world.work(MOVED + timedelta(days=40)))
