"""A calendar is connected by agreeing at its provider: once, soon, and by the person who began."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from domain.calendars import CalendarKind
from domain.errors import InvalidInput, NotFound, NotReady
from domain.people import Person
from integrations.calendar import CalendarFailed
from services.calendar_consent import CONSENT_MINUTES, Consent, begin_consent, finish_consent
from services.cloud_calendars import tokens_of
from services.connect_calendar import disconnect
from services.context import Context
from services.erase_person import erase_person
from services.revoke_consent import revoke_consent
from services.sealed import Seal
from store import unit_of_work
from tests.builders import NOW
from tests.fakes.google_server import EMAIL, GoogleServer
from tests.fakes.http_server import Answer
from tests.fakes.http_server import running as running_server
from tests.integrations.accounts import google_oauth

GOOGLE = CalendarKind.GOOGLE
BACK = "https://halfhour.example.org/calendar/google/callback"
SEAL = Seal("a-secret-of-the-tests-0123456789-abcdefghij")


@pytest.fixture
def server() -> Iterator[GoogleServer]:
    with running_server(GoogleServer()) as server:
        yield server


@pytest.fixture
def context(running: Context, server: GoogleServer) -> Context:
    return replace(running, seal=SEAL, calendar_consents={GOOGLE: google_oauth(server)})


@pytest.fixture
def person(context: Context) -> Person:
    return of(context, "p1")


def of(context: Context, person_id: str) -> Person:
    with unit_of_work(context.engine) as store:
        return store.people.get(person_id)


def begun(context: Context, person: Person) -> str:
    """Return the state that a person was sent to the provider with."""
    (state,) = parse_qs(urlsplit(begin_consent(context, person, GOOGLE, BACK)).query)["state"]
    return state


def finish(context: Context, person: Person, state: str, code: str = "a-code") -> None:
    finish_consent(context, person, GOOGLE, Consent(code, state))


def test_a_person_who_agreed_is_connected_with_tokens_sealed(context: Context, person: Person) -> None:
    finish(context, person, begun(context, person))
    with unit_of_work(context.engine) as store:
        connection = store.calendars.of("p1")
    assert connection is not None
    assert (connection.kind, connection.account, connection.calendar) == (GOOGLE, EMAIL, EMAIL)
    assert b"refresh-1" not in connection.credentials
    assert tokens_of(SEAL.unseal("p1", connection.credentials)).refresh_token == "refresh-1"


def test_the_code_is_exchanged_with_what_the_browser_never_saw(
    context: Context, person: Person, server: GoogleServer
) -> None:
    state = begun(context, person)
    finish(context, person, state)
    assert len(server.asked[0].form["code_verifier"]) == 64
    assert server.asked[0].form["code_verifier"] not in state
    assert server.asked[0].form["redirect_uri"] == BACK


def test_a_state_is_used_once(context: Context, person: Person, server: GoogleServer) -> None:
    state = begun(context, person)
    finish(context, person, state)
    for _ in range(3):
        with pytest.raises(InvalidInput, match="state must be used once"):
            finish(context, person, state)
    assert len(server.asked) == 1


def test_a_state_is_used_even_when_the_exchange_fails(context: Context, person: Person, server: GoogleServer) -> None:
    state = begun(context, person)
    server.play(Answer(503))
    with pytest.raises(CalendarFailed, match=r"google\.503"):
        finish(context, person, state)
    with pytest.raises(InvalidInput, match="state must be used once"):
        finish(context, person, state)


def test_a_state_is_for_the_person_who_began(context: Context, person: Person, server: GoogleServer) -> None:
    with pytest.raises(InvalidInput, match="state must be your own"):
        finish(context, of(context, "m1"), begun(context, person))
    assert server.asked == []


@pytest.mark.parametrize("minutes", [CONSENT_MINUTES + 1, 60, 60 * 24 * 365])
def test_a_state_is_good_for_ten_minutes(minutes: int, context: Context, person: Person, server: GoogleServer) -> None:
    state = begun(context, person)
    later = replace(context, clock=lambda: NOW + timedelta(minutes=minutes))
    with pytest.raises(InvalidInput, match="state must be from the last 10 minutes"):
        finish(later, person, state)
    assert server.asked == []


@pytest.mark.parametrize("state", ["", "x", "é", "a.b.c", "gAAAAA" * 20])
def test_a_forged_state_reaches_nobody(state: str, context: Context, person: Person, server: GoogleServer) -> None:
    with pytest.raises(InvalidInput, match="state must"):
        finish(context, person, state)
    assert server.asked == []


def test_sealed_credentials_are_no_state(context: Context, person: Person, server: GoogleServer) -> None:
    state = SEAL.seal("p1", {"password": "x"}).decode()
    with pytest.raises(InvalidInput, match="state must"):
        finish(context, person, state)


def test_a_state_of_one_provider_is_none_of_another(context: Context, person: Person, server: GoogleServer) -> None:
    both = replace(context, calendar_consents={**context.calendar_consents, CalendarKind.GRAPH: google_oauth(server)})
    with pytest.raises(InvalidInput, match="state must"):
        finish_consent(both, person, CalendarKind.GRAPH, Consent("a-code", begun(context, person)))


def test_a_code_that_google_refuses_connects_nothing(context: Context, person: Person) -> None:
    with pytest.raises(CalendarFailed, match=r"google\.400"):
        finish(context, person, begun(context, person), "another-code")
    with unit_of_work(context.engine) as store:
        assert store.calendars.of("p1") is None


def test_what_is_not_set_up_does_not_exist(context: Context, person: Person) -> None:
    with pytest.raises(NotFound, match="calendar must exist"):
        begin_consent(context, person, CalendarKind.GRAPH, BACK)


def test_without_a_secret_nothing_begins(context: Context, person: Person) -> None:
    with pytest.raises(NotReady, match="HALFHOUR_SECRET_KEY"):
        begin_consent(replace(context, seal=Seal("")), person, GOOGLE, BACK)


def test_a_permission_is_given_back(context: Context, person: Person, server: GoogleServer) -> None:
    finish(context, person, begun(context, person))
    with unit_of_work(context.engine) as store:
        connection = store.calendars.of("p1")
    assert connection is not None
    revoke_consent(context, connection)
    assert server.refresh_tokens == set()
    server.play(Answer(503))
    revoke_consent(context, connection)  # nobody is kept connected by a provider that does not answer
    revoke_consent(replace(context, calendar_consents={}), connection)


def test_whoever_disconnects_gives_the_permission_back(context: Context, person: Person, server: GoogleServer) -> None:
    finish(context, person, begun(context, person))
    assert disconnect(context, person) == 0
    assert server.refresh_tokens == set()


def test_whoever_is_erased_gives_the_permission_back(context: Context, person: Person, server: GoogleServer) -> None:
    finish(context, person, begun(context, person))
    erase_person(context, person.id)
    assert server.refresh_tokens == set()
