"""Connecting a calendar on a real server: tried first, sealed, read and written; and leaving it without a trace."""

from dataclasses import replace
from datetime import timedelta

import pytest

from compose import build_calendar_kinds
from domain.calendars import CalendarKind
from domain.errors import InvalidInput, NotReady
from domain.people import Person
from domain.sessions import SessionStatus
from integrations.calendar import CalendarFailed, NullCalendar
from services.calendars import calendar_of
from services.connect_calendar import connect_caldav, disconnect, keep_connection
from services.context import Context
from services.jobs import run_due
from services.read_busy import READ_BUSY, read_busy
from services.sealed import Seal
from services.write_event import WRITE_EVENT, write_event
from settings import Settings
from store import unit_of_work
from tests.builders import NOW, a_person, a_session
from tests.fakes.calendars import FakeCalendar
from tests.fakes.radicale_server import PASSWORD, USER, RadicaleServer
from tests.integrations.events import an_invitation, event_in
from tests.services.calendars import SEAL, UNREACHABLE, connection_of, save, with_calendars

HANDLERS = {READ_BUSY: read_busy, WRITE_EVENT: write_event}


@pytest.fixture
def context(running: Context, radicale: RadicaleServer) -> Context:
    """Nora's server is allowed."""
    kinds = build_calendar_kinds(Settings(caldav_hosts=radicale.host), running.clock)
    return replace(running, seal=SEAL, calendar_kinds=kinds, caldav_hosts=(radicale.host,))


@pytest.fixture
def nora() -> Person:
    return a_person("p1")


def connect(context: Context, person: Person, radicale: RadicaleServer, **changes: str) -> None:
    fields = {"address": radicale.address, "account": USER, "password": PASSWORD, **changes}
    connect_caldav(context, person, **fields)


def test_a_connected_calendar_is_read_and_written(context: Context, nora: Person, radicale: RadicaleServer) -> None:
    radicale.keep("dentist", an_invitation().replace("s1@halfhour", "x@y").replace("METHOD:REQUEST\r\n", ""))
    start = NOW + timedelta(days=1)
    save(context, a_session("s1", starts_at=start))
    connect(context, nora, radicale)
    run_due(context, HANDLERS, "w")
    found = connection_of(context, "p1")
    assert (found.kind, found.account, found.calendar) == (CalendarKind.CALDAV, USER, radicale.calendar)
    assert (found.connected_at, found.read_at, found.last_error) == (NOW, NOW, "")
    with unit_of_work(context.engine) as store:
        assert len(store.availability.busy_times("p1", NOW)) == 1
    assert [event_in(text).start for text in radicale.texts() if "s1@halfhour" in text] == [start]


def test_the_password_is_kept_sealed(context: Context, nora: Person, radicale: RadicaleServer) -> None:
    connect(context, nora, radicale)
    sealed = connection_of(context, "p1").credentials
    assert PASSWORD.encode() not in sealed
    assert SEAL.unseal("p1", sealed) == {"password": PASSWORD}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"password": "wrong"}, "caldav.401"),
        ({"account": "somebody"}, "caldav.401"),
        ({"account": "nora:x"}, "caldav.401"),
    ],
)
def test_what_does_not_work_is_not_kept(
    context: Context, nora: Person, radicale: RadicaleServer, changes: dict[str, str], code: str
) -> None:
    with pytest.raises(CalendarFailed) as fault:
        connect(context, nora, radicale, **changes)
    assert fault.value.code == code
    with unit_of_work(context.engine) as store:
        assert store.calendars.of("p1") is None


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"address": ""}, "address"),
        ({"address": "https://evil.example/"}, "address"),
        ({"address": "http://169.254.169.254/latest"}, "address"),
        ({"account": ""}, "account"),
        ({"password": ""}, "password"),
        ({"password": "x" * 501}, "password"),
    ],
)
def test_a_field_that_cannot_be_is_named(
    context: Context, nora: Person, radicale: RadicaleServer, changes: dict[str, str], field: str
) -> None:
    with pytest.raises(InvalidInput) as fault:
        connect(context, nora, radicale, **changes)
    assert fault.value.name == field


@pytest.mark.parametrize("change", [{"seal": Seal("")}, {"caldav_hosts": ()}])
def test_without_a_secret_or_a_host_nothing_is_connected(
    context: Context, nora: Person, radicale: RadicaleServer, change: dict[str, object]
) -> None:
    with pytest.raises(NotReady, match="HALFHOUR_CALDAV_HOSTS and HALFHOUR_SECRET_KEY"):
        connect(replace(context, **change), nora, radicale)  # type: ignore[arg-type]


def test_who_lets_a_calendar_go_finds_no_coming_session_there(
    context: Context, nora: Person, radicale: RadicaleServer
) -> None:
    save(context, a_session("past", starts_at=NOW + timedelta(hours=1)))
    save(context, a_session("s1"))
    connect(context, nora, radicale)
    run_due(context, HANDLERS, "w")
    assert len(radicale.texts()) == 2
    later = replace(context, clock=lambda: NOW + timedelta(days=1))
    assert disconnect(later, nora) == 0
    assert [event_in(text)["UID"] for text in radicale.texts()] == ["past@halfhour"]
    with unit_of_work(context.engine) as store:
        assert store.calendars.of("p1") is None
        assert isinstance(calendar_of(context, store, "p1"), NullCalendar)
    assert disconnect(later, nora) == 0


def test_who_wants_to_leave_is_not_held(running: Context, nora: Person) -> None:
    mine = FakeCalendar()
    context = with_calendars(running, p1=mine)
    for number in range(3):
        save(context, a_session(f"s{number}", starts_at=NOW + timedelta(days=number + 1)))
        write_event(context, {"session_id": f"s{number}", "person_id": "p1"})
    mine.after_write = lambda: setattr(mine, "failure", UNREACHABLE)
    assert disconnect(context, nora) == 2
    with unit_of_work(context.engine) as store:
        assert store.calendars.of("p1") is None


def test_another_calendar_takes_the_place_of_the_first(running: Context, nora: Person) -> None:
    first, second = FakeCalendar(), FakeCalendar()
    context = with_calendars(running, p1=first)
    save(context, a_session("s1"))
    write_event(context, {"session_id": "s1", "person_id": "p1"})
    context = replace(context, calendar_kinds={**context.calendar_kinds, CalendarKind.GRAPH: second.open})
    keep_connection(context, nora, CalendarKind.GRAPH, "nora", "own", {"token": "1"})
    run_due(context, HANDLERS, "w")
    assert (len(first.events), len(second.events)) == (0, 1)


def test_a_calendar_connected_anew_catches_up(running: Context, nora: Person) -> None:
    mine = FakeCalendar()
    context = with_calendars(running, p1=mine)
    save(context, a_session("s1", revision=1))
    write_event(context, {"session_id": "s1", "person_id": "p1"})
    save(context, a_session("s1", revision=2, status=SessionStatus.CANCELLED))  # while its password was refused
    again = replace(context, clock=lambda: NOW + timedelta(hours=1))
    keep_connection(again, nora, CalendarKind.GOOGLE, "nora", "own", {"token": "2"})
    run_due(again, HANDLERS, "w")
    assert mine.events == {}


def test_a_kind_that_is_not_set_up_any_more_is_said(running: Context) -> None:
    context = replace(with_calendars(running, p1=FakeCalendar()), calendar_kinds={})
    with unit_of_work(context.engine) as store, pytest.raises(CalendarFailed, match=r"google\.not_set_up"):
        calendar_of(context, store, "p1")


def test_credentials_are_renewed_by_one(running: Context) -> None:
    mine = FakeCalendar()
    context = with_calendars(running, p1=mine)
    with unit_of_work(context.engine) as store:
        calendar_of(context, store, "p1")
    (opened,) = mine.opened
    first = opened.credentials()
    assert first == {"token": "first"}
    assert opened.keep({"token": "second"}, instead_of=first)
    assert not opened.keep({"token": "third"}, instead_of=first)
    assert opened.credentials() == {"token": "second"}
    with unit_of_work(context.engine, write=True) as store:
        store.calendars.disconnect("p1")
    assert not opened.keep({"token": "third"}, instead_of={"token": "second"})
