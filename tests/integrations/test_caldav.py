"""A calendar on a real CalDAV server: what is written there, and what two who write at once leave."""

import ssl
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from icalendar import Alarm, Calendar

from integrations.caldav import CalDavCalendar
from integrations.caldav_http import CalDavConnection
from integrations.calendar import CalendarFailed, Method
from tests.builders import NOW
from tests.contracts.calendar_contract import CalendarContract
from tests.fakes.http_server import Answer, HttpServer, running_http_server
from tests.fakes.radicale_server import CALENDAR, PASSWORD, USER, RadicaleServer, running_radicale
from tests.integrations.events import AT, an_event, an_invitation, event_in
from tests.integrations.mail_server import a_certificate

DAY, TWENTY = timedelta(days=1), timedelta(minutes=20)


def calendar_on(host: str, address: str, password: str = PASSWORD) -> CalDavCalendar:
    connection = CalDavConnection([host], USER, password, lambda: NOW)
    return CalDavCalendar(
        connection, address, zone="Europe/Berlin", own_addresses=["Nora@example.org"], clock=lambda: NOW
    )


@pytest.fixture
def calendar(radicale: RadicaleServer) -> CalDavCalendar:
    return calendar_on(radicale.host, radicale.calendar)


class TestCalDavCalendar(CalendarContract):
    @pytest.fixture
    def calendar(self, radicale: RadicaleServer) -> CalDavCalendar:
        return calendar_on(radicale.host, radicale.calendar)


def test_what_is_put_lies_there_once_and_changes(calendar: CalDavCalendar, radicale: RadicaleServer) -> None:
    event_id = calendar.put(an_event())
    later = AT + timedelta(hours=2)
    calendar.put(an_event(sequence=1, starts_at=later, ends_at=later + TWENTY), event_id)
    (text,) = radicale.texts()
    event = event_in(text)
    assert (event["UID"], event["SEQUENCE"], event.start, event.end) == ("s1@halfhour", 1, later, later + TWENTY)
    calendar.remove(event_id)
    assert radicale.texts() == []


def test_what_other_programs_keep_makes_busy(calendar: CalDavCalendar, radicale: RadicaleServer) -> None:
    assert radicale.keep("dentist", foreign(an_invitation(), "dentist@example.org")) == 201
    assert calendar.busy(AT - DAY, AT + DAY) == [(AT, AT + TWENTY)]
    assert calendar.busy(AT + TWENTY, AT + DAY) == []


def test_an_event_that_a_mailbox_put_there_is_changed_and_not_doubled(
    calendar: CalDavCalendar, radicale: RadicaleServer
) -> None:
    assert radicale.keep("from-the-mailbox", foreign(an_invitation(), "s1@halfhour")) == 201
    assert calendar.put(an_event(sequence=3)) == f"{CALENDAR}from-the-mailbox.ics"
    (text,) = radicale.texts()
    assert event_in(text)["SEQUENCE"] == 3


def test_alarms_of_the_owner_outlive_a_move(calendar: CalDavCalendar, radicale: RadicaleServer) -> None:
    event_id = calendar.put(an_event())
    (text,) = radicale.texts()
    radicale.keep("s1-halfhour", with_alarm(text))
    calendar.put(an_event(sequence=1), event_id)
    (kept,) = radicale.texts()
    assert [alarm["TRIGGER"].dt for alarm in Calendar.from_ical(kept).walk("VALARM")] == [timedelta(minutes=-10)]


def test_neither_the_calendar_nor_anything_outside_of_it_is_deleted(
    calendar: CalDavCalendar, radicale: RadicaleServer
) -> None:
    calendar.put(an_event())
    for path in ("", CALENDAR, "/nora/", "/", "/nora/other/x.ics", f"{CALENDAR}..", f"{CALENDAR}../work", "x.ics"):
        calendar.remove(path)
    assert len(radicale.texts()) == 1


def test_an_event_of_an_earlier_calendar_is_put_anew(calendar: CalDavCalendar, radicale: RadicaleServer) -> None:
    assert calendar.put(an_event(), "/nora/other/s1-halfhour.ics") == f"{CALENDAR}s1-halfhour.ics"


def test_a_change_between_reading_and_writing_is_read_anew() -> None:
    with running_http_server() as server:
        event, text = an_event(sequence=2), an_invitation().encode()
        server.play(Answer(200, body=text, headers={"etag": '"1"'}), Answer(412))
        server.play(Answer(200, body=text, headers={"etag": '"2"'}), Answer(204))
        assert scripted(server).put(event) == "/cal/s1-halfhour.ics"
        assert [asked.headers.get("if-match") for asked in server.asked] == [None, '"1"', None, '"2"']


def test_a_new_event_never_overwrites_one() -> None:
    with running_http_server() as server:
        server.play(Answer(404), Answer(201))
        scripted(server).put(an_event())
        assert server.asked[-1].headers["if-none-match"] == "*"


def test_a_weak_tag_is_not_compared() -> None:
    with running_http_server() as server:
        server.play(Answer(200, body=an_invitation().encode(), headers={"etag": 'W/"1"'}), Answer(204))
        scripted(server).put(an_event())
        assert "if-match" not in server.asked[-1].headers


def test_who_never_gets_to_write_tries_again_later() -> None:
    with running_http_server() as server:
        server.play(*[Answer(404), Answer(412)] * 4)
        assert failure(lambda: scripted(server).put(an_event())) == ("caldav.412", True)


@pytest.mark.parametrize("status", [400, 403, 409])
def test_a_refusal_to_write_is_no_second_event(status: int) -> None:
    nothing = b'<multistatus xmlns="DAV:"/>'
    with running_http_server() as server:
        server.play(Answer(404), Answer(status), Answer(207, body=nothing))
        assert failure(lambda: scripted(server).put(an_event())) == (f"caldav.{status}", False)


def test_a_wrong_password_is_said(radicale: RadicaleServer) -> None:
    wrong = calendar_on(radicale.host, radicale.calendar, "wrong")
    assert failure(lambda: wrong.busy(AT, AT + DAY)) == ("caldav.401", False)


def test_over_tls_a_trusted_certificate_lets_through_and_another_does_not(tmp_path: Path) -> None:
    certificate = a_certificate(tmp_path)
    own = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    own.load_cert_chain(certificate)
    with running_radicale(tmp_path, own) as server:
        address, trusting = f"https://{server.host}/", ssl.create_default_context(cafile=str(certificate))
        trusted = CalDavConnection([server.host], USER, PASSWORD, lambda: NOW, trusting)
        assert trusted.ask("PROPFIND", address, headers={"depth": "0"}).status == 207
        other = CalDavConnection([server.host], USER, PASSWORD, lambda: NOW)
        assert failure(lambda: other.ask("PROPFIND", address)) == ("caldav.unreachable", True)


def foreign(text: str, uid: str) -> str:
    """Return an invitation as another program keeps it."""
    return text.replace("s1@halfhour", uid).replace(f"METHOD:{Method.REQUEST}\r\n", "")


def with_alarm(text: str) -> str:
    calendar, alarm = Calendar.from_ical(text), Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", "Soon")
    alarm.add("trigger", timedelta(minutes=-10))
    calendar.walk("VEVENT")[0].add_component(alarm)
    return str(calendar.to_ical(), "utf-8")


def scripted(server: HttpServer) -> CalDavCalendar:
    return calendar_on(f"127.0.0.1:{server.port}", f"{server.address}/cal/")


def failure(act: Callable[[], object]) -> tuple[str, bool]:
    with pytest.raises(CalendarFailed) as fault:
        act()
    return fault.value.code, fault.value.may_retry
