"""Tokens are kept sealed, and renewed by one at a time."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from domain.calendars import CalendarConnection, CalendarKind
from integrations.calendar import CalendarFailed
from integrations.graph import GraphCalendar
from integrations.oauth import Tokens
from integrations.provider_api import Refused
from services.calendar_kinds import OpenedConnection
from services.cloud_calendars import StoredTokens, credentials_of, tokens_of
from services.context import Context
from services.sealed import Seal
from store import unit_of_work
from tests.builders import NOW
from tests.fakes.graph_server import GraphServer
from tests.fakes.http_server import running as running_server
from tests.integrations.accounts import graph_account

STALE = Tokens("access-1", "refresh-1", NOW + timedelta(hours=1), "nora@example.org")
FRESH = replace(STALE, access_token="access-2", refresh_token="refresh-2")
OTHER = replace(STALE, access_token="access-9", refresh_token="refresh-9")
SEAL = Seal("a-secret-of-the-tests-0123456789-abcdefghij")


def connected(context: Context, tokens: Tokens = STALE) -> OpenedConnection:
    """Return the connection of p1, kept with these tokens."""
    sealed = SEAL.seal("p1", credentials_of(tokens))
    connection = CalendarConnection("p1", CalendarKind.GRAPH, "nora@example.org", "primary", sealed, NOW)
    with unit_of_work(context.engine, write=True) as store:
        store.calendars.connect(connection)
        person = store.people.get("p1")
    return OpenedConnection(person, connection, context.engine, SEAL)


@pytest.fixture
def opened(running: Context) -> OpenedConnection:
    return connected(running)


@pytest.fixture
def server() -> Iterator[GraphServer]:
    with running_server(GraphServer()) as server:
        yield server


def test_what_is_sealed_comes_back() -> None:
    assert tokens_of(credentials_of(STALE)) == STALE


@pytest.mark.parametrize("credentials", [{}, {"password": "x"}, {**credentials_of(STALE), "expires_at": "soon"}])
def test_credentials_of_another_shape_ask_to_connect_anew(credentials: dict[str, str]) -> None:
    with pytest.raises(CalendarFailed) as fault:
        tokens_of(credentials)
    assert (fault.value.code, fault.value.may_retry) == ("calendar.sealed", False)


def test_renewed_tokens_are_kept(opened: OpenedConnection) -> None:
    assert StoredTokens(opened).renew(STALE, lambda stale: FRESH) == FRESH
    assert StoredTokens(opened).load() == FRESH


def test_whoever_comes_second_takes_what_the_first_renewed(opened: OpenedConnection) -> None:
    StoredTokens(opened).renew(STALE, lambda stale: FRESH)
    assert StoredTokens(opened).renew(STALE, lambda stale: OTHER) == FRESH


def test_of_two_processes_the_quicker_one_counts(running: Context, opened: OpenedConnection) -> None:
    def refresh(stale: Tokens) -> Tokens:
        connected(running, OTHER)  # another process, meanwhile
        return FRESH

    assert StoredTokens(opened).renew(STALE, refresh) == OTHER


def test_a_token_that_another_process_used_up_is_no_fault(running: Context, opened: OpenedConnection) -> None:
    def refresh(stale: Tokens) -> Tokens:
        connected(running, OTHER)
        raise Refused("graph", 401)

    assert StoredTokens(opened).renew(STALE, refresh) == OTHER


def test_a_refusal_that_nobody_else_mends_stays_one(opened: OpenedConnection) -> None:
    def refresh(stale: Tokens) -> Tokens:
        raise Refused("graph", 401)

    with pytest.raises(CalendarFailed, match=r"graph\.401"):
        StoredTokens(opened).renew(STALE, refresh)


def test_eight_threads_renew_once(opened: OpenedConnection, server: GraphServer) -> None:
    server.good_tokens.clear()
    calendar = GraphCalendar(graph_account(server, StoredTokens(opened)))
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: calendar.busy(NOW, NOW + timedelta(days=1)), range(8)))
    assert found == [[]] * 8
    assert sum(asked.path.endswith("/token") for asked in server.asked) == 1
