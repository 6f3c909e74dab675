"""The life of a session in the calendars of Google and Microsoft, with a call by Meet: one event each, never two."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.calendars import CalendarKind
from services.arrange_room import arrange_room
from services.booking import answer, change
from services.booking.desk import Asked, Receipt
from services.booking.jobs import ARRANGE
from services.booking.request import Wish, request_session
from services.cloud_calendars import credentials_of
from services.cloud_kinds import CloudCalendars
from services.connect_calendar import keep_connection
from services.context import Context
from services.jobs import run_due
from services.read_busy import READ_BUSY, read_busy
from services.sealed import Seal
from services.write_event import WRITE_EVENT, write_event
from store import unit_of_work
from tests.fakes.google_server import EMAIL, GoogleServer, refusal
from tests.fakes.graph_server import GraphServer
from tests.fakes.http_server import running as running_server
from tests.integrations.accounts import TOKENS, an_api, at_now, google_oauth, graph_oauth

AT = datetime(2026, 3, 9, 8, 20, tzinfo=UTC)
MOVES = [AT + timedelta(minutes=20 * number) for number in range(1, 6)]
HANDLERS = {ARRANGE: arrange_room, WRITE_EVENT: write_event, READ_BUSY: read_busy}
SEAL = Seal("a-secret-of-the-tests-0123456789-abcdefghij")


@pytest.fixture
def google() -> Iterator[GoogleServer]:
    with running_server(GoogleServer()) as server:
        yield server


@pytest.fixture
def microsoft() -> Iterator[GraphServer]:
    with running_server(GraphServer()) as server:
        yield server


@pytest.fixture
def context(running: Context, google: GoogleServer, microsoft: GraphServer) -> Context:
    """Mentor m1 keeps a calendar at Google, mentee p1 one at Microsoft; calls are by Meet."""
    at_google = CloudCalendars(CalendarKind.GOOGLE, an_api("google", google.address), google_oauth(google), at_now)
    at_microsoft = CloudCalendars(CalendarKind.GRAPH, an_api("graph", microsoft.base), graph_oauth(microsoft), at_now)
    kinds = {cloud.kind: cloud.open for cloud in (at_google, at_microsoft)}
    context = replace(running, seal=SEAL, calendar_kinds=kinds, call_rooms=at_google.rooms)
    for person_id, kind in (("m1", CalendarKind.GOOGLE), ("p1", CalendarKind.GRAPH)):
        with unit_of_work(context.engine) as store:
            person = store.people.get(person_id)
        keep_connection(context, person, kind, EMAIL, "primary", credentials_of(TOKENS))
    return context


def work(context: Context) -> None:
    """Do what is due, and make sure that nothing was given up."""
    run_due(context, HANDLERS, "w1")
    with unit_of_work(context.engine) as store:
        assert store.jobs.dead() == []


def asked(receipt: Receipt, person_id: str) -> Asked:
    return Asked(person_id, "", None, receipt.revision)


def booked(context: Context) -> Receipt:
    receipt = request_session(context, "p1", Wish("delegate-work", "m1", starts_at=AT))
    return answer.accept(context, receipt.session_id, asked(receipt, "m1"))


def starts(google: GoogleServer, microsoft: GraphServer) -> tuple[list[str], list[str]]:
    """Return when the events in both calendars begin."""
    hers = [event["start"]["dateTime"] for event in google.live()]
    return hers, [f"{event['start']['dateTime']}Z" for event in microsoft.events.values()]


def test_a_booked_session_is_in_both_calendars_with_one_link(
    context: Context, google: GoogleServer, microsoft: GraphServer
) -> None:
    booked(context)
    work(context)
    (hers,), (his,) = google.live(), microsoft.events.values()
    assert hers["hangoutLink"].startswith("https://meet.example/")
    assert hers["location"] == his["location"]["displayName"] == hers["hangoutLink"]
    assert starts(google, microsoft) == (["2026-03-09T08:20:00Z"], ["2026-03-09T08:20:00Z"])


def test_five_moves_and_a_cancel_leave_nothing_twice_and_then_nothing(
    context: Context, google: GoogleServer, microsoft: GraphServer
) -> None:
    receipt = booked(context)
    work(context)
    link = google.live()[0]["hangoutLink"]
    for at in MOVES:
        receipt = change.move(context, receipt.session_id, at, asked(receipt, "p1"))
        work(context)
        written = at.isoformat().replace("+00:00", "Z")
        assert starts(google, microsoft) == ([written], [written])
        assert google.live()[0]["hangoutLink"] == link
    change.cancel(context, receipt.session_id, asked(receipt, "p1"))
    work(context)
    assert starts(google, microsoft) == ([], [])


def test_what_the_calendars_say_makes_busy_and_own_events_do_not(
    context: Context, google: GoogleServer, microsoft: GraphServer
) -> None:
    booked(context)
    work(context)
    google.busy_elsewhere = [(AT + timedelta(hours=3), AT + timedelta(hours=4))]
    microsoft.meet(AT + timedelta(hours=5), AT + timedelta(hours=6))
    for person_id in ("m1", "p1"):
        read_busy(context, {"person_id": person_id})
    with unit_of_work(context.engine) as store:
        busy = [store.availability.busy_times(person_id, at_now()) for person_id in ("m1", "p1")]
    assert [[start - AT for start, _ in times] for times in busy] == [[timedelta(hours=3)], [timedelta(hours=5)]]


def test_a_provider_that_cannot_now_is_tried_again_and_nothing_is_doubled(
    context: Context, google: GoogleServer, microsoft: GraphServer
) -> None:
    work(context)  # the first reading of both calendars
    booked(context)
    google.play(*[refusal(503, "backendError", retry_after="60")] * 2, at="/events")
    run_due(context, HANDLERS, "w1")
    later = replace(context, clock=lambda: at_now() + timedelta(minutes=5))
    run_due(later, HANDLERS, "w1")
    assert len(google.live()) == len(microsoft.events) == 1
    assert google.live()[0]["location"] == google.live()[0]["hangoutLink"]
